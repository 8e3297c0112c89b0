//! The accounts: filters in the address, the rows read so far, and what is done about one of them.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use portico_contract::admin::AdminUser;
use portico_contract::ids::UserId;
use portico_contract::paging::Page;

use super::model::{Action, UserFilter, refusal};
use crate::api::query::Query;
use crate::api::{ApiError, Client, admin, use_client};
use crate::app::routes::Route;
use crate::i18n::texts::admin as words;
use crate::i18n::{I18n, use_i18n};
use crate::platform::{clock, location, task};
use crate::ui::{GridLayout, GridSelection, Toast, Toasts, Tone, use_toasts};

/// Rows of one request.
const PAGE_ROWS: u16 = 100;

/// Milliseconds of quiet after which a search text is searched for.
const TYPING_PAUSE_MS: u32 = 200;

/// Goes to the list with filters; the flag says whether the place in the history is kept.
type Go = Box<dyn Fn(&UserFilter, bool)>;

/// The list of accounts. Cheap to copy; in the context of its page.
#[derive(Clone, Copy)]
pub struct Users {
    /// The filters in force, from the address.
    pub filter: Memo<UserFilter>,
    /// What stands in the search box.
    pub typed: RwSignal<String>,
    /// The rows read so far.
    pub rows: Query<Page<AdminUser>>,
    /// The rows selected.
    pub selection: GridSelection<UserId>,
    /// Which columns are shown, and how wide.
    pub layout: RwSignal<GridLayout>,
    /// What is to be done to whom, once the person has said yes.
    pub asked: RwSignal<Option<(Action, AdminUser)>>,
    /// Whose mail address is to become another one.
    pub readdressed: RwSignal<Option<AdminUser>>,
    /// It is being done.
    pub pending: RwSignal<bool>,
    client: Client,
    i18n: I18n,
    toasts: Toasts,
    loading_more: StoredValue<bool>,
    turn: StoredValue<u32>,
    sent: StoredValue<String>,
    go: StoredValue<Go, LocalStorage>,
}

impl Users {
    /// The list that the address describes.
    pub fn new() -> Self {
        let client = use_client();
        let query = use_query_map();
        let filter = Memo::new(move |_| query.with(|query| UserFilter::from_query(|name| query.get(name))));
        let typed = filter.with_untracked(|filter| filter.q.clone());
        let users = Self {
            filter,
            typed: RwSignal::new(typed.clone()),
            // Whoever is looked at beside it, it is the same list.
            rows: Query::keeping(
                move || filter.with(UserFilter::list),
                move |filter| async move { admin::list_users(client, &filter.request(None, PAGE_ROWS)).await },
            ),
            selection: GridSelection::new(),
            layout: RwSignal::new(GridLayout::default()),
            asked: RwSignal::new(None),
            readdressed: RwSignal::new(None),
            pending: RwSignal::new(false),
            client,
            i18n: use_i18n(),
            toasts: use_toasts(),
            loading_more: StoredValue::new(false),
            turn: StoredValue::new(0),
            sent: StoredValue::new(typed),
            go: StoredValue::new_local(go()),
        };
        users.follow_history();
        users
    }

    /// Takes over a change of the search text that the person did not type: Back, Forward or a link.
    fn follow_history(self) {
        Effect::new(move |_| {
            let q = self.filter.with(|filter| filter.q.clone());
            if self.sent.with_value(|sent| *sent != q) {
                self.sent.set_value(q.clone());
                self.typed.set(q);
            }
        });
    }

    /// Changes the filters; the address follows and the rows follow the address.
    pub fn change(self, change: impl FnOnce(&mut UserFilter)) {
        let mut filter = self.filter.get_untracked();
        change(&mut filter);
        self.visit(&filter, false);
    }

    /// Takes every filter away.
    pub fn clear(self) {
        self.typed.set(String::new());
        self.change(|filter| *filter = UserFilter::default());
    }

    /// Searches for what is typed once the typing pauses.
    pub fn search(self, text: String) {
        self.typed.set(text);
        let turn = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        task::detached(async move {
            clock::sleep(TYPING_PAUSE_MS).await;
            if turn.is_none() || self.turn.try_get_value() != turn {
                return;
            }
            let (Some(q), Some(mut filter)) =
                (self.typed.try_get_untracked(), self.filter.try_get_untracked())
            else {
                return;
            };
            q.trim().clone_into(&mut filter.q);
            self.visit(&filter, true);
        });
    }

    fn visit(self, filter: &UserFilter, replace: bool) {
        self.sent.set_value(filter.q.clone());
        self.go.with_value(|go| go(filter, replace));
    }

    /// Where the account `id` is looked at beside the list.
    pub fn path_to(self, id: UserId) -> String {
        let filter = self.filter.get();
        path(&UserFilter {
            user: Some(id),
            ..filter
        })
    }

    /// Reads the next page, unless there is none or it is on its way.
    pub fn load_more(self) {
        let Some(Some(next)) = self.rows.with_untracked(|page| page.next.clone()) else {
            return;
        };
        if self.loading_more.get_value() {
            return;
        }
        self.loading_more.set_value(true);
        let filter = self.filter.with_untracked(UserFilter::list);
        task::detached(async move {
            let answer =
                admin::list_users(self.client, &filter.request(Some(next.0.clone()), PAGE_ROWS)).await;
            let now = self.filter.try_with_untracked(UserFilter::list);
            self.loading_more.try_set_value(false);
            if now != Some(filter) {
                return;
            }
            match answer {
                Ok(more) => self.rows.update(|page| {
                    if page.next.as_ref() == Some(&next) {
                        page.items.extend(more.items);
                        page.next = more.next;
                        page.total = more.total;
                    }
                }),
                Err(error) => self.rows.fail(error),
            }
        });
    }

    /// The mail addresses of the accounts selected, one a line.
    pub fn selected_addresses(self) -> Vec<String> {
        let addresses = |page: &Page<AdminUser>| {
            let chosen = page
                .items
                .iter()
                .filter(|row| untrack(|| self.selection.has(row.id)));
            chosen.map(|row| row.email.clone()).collect()
        };
        self.rows.with_untracked(addresses).unwrap_or_default()
    }

    /// Does what was asked for. Nothing of it shows before the backend has done it: a mail cannot be taken back.
    pub fn act(self) {
        if self.pending.get_untracked() {
            return;
        }
        if let Some((action, user)) = self.asked.get_untracked() {
            self.pending.set(true);
            self.run(action, user.id);
        }
    }

    fn run(self, action: Action, id: UserId) {
        task::detached(async move {
            let outcome = admin::act(self.client, &action.path(id)).await;
            self.pending.try_set(false);
            self.asked.try_set(None);
            match outcome {
                Ok(now) => {
                    let text = self.i18n.message(&action.done(now.name.clone()));
                    let mut toast = Toast::new(Tone::Success, text);
                    if let Some(inverse) = action.inverse() {
                        let undo = Callback::new(move |()| self.run(inverse, id));
                        toast = toast.action(self.i18n.text(words::UNDO), undo);
                    }
                    self.toasts.show(toast);
                    self.replace(now);
                }
                Err(error) => {
                    self.toasts.show(Toast::new(Tone::Danger, self.explain(&error)));
                    // What is on the screen may be out of date.
                    self.rows.reload();
                }
            }
        });
    }

    /// Why something was not done, in words.
    pub fn explain(self, error: &ApiError) -> String {
        match error {
            ApiError::Refused { code, .. } => self.i18n.text(refusal(*code)),
            error => error.explain(self.i18n).in_a_line(self.i18n),
        }
    }

    /// Shows `user` as it is now.
    pub fn replace(self, user: AdminUser) {
        self.rows.update(|page| {
            if let Some(row) = page.items.iter_mut().find(|row| row.id == user.id) {
                *row = user;
            }
        });
    }
}

/// The list of accounts of the page one is on, from context.
pub fn use_users() -> Users {
    expect_context()
}

fn path(filter: &UserFilter) -> String {
    format!(
        "{}{}",
        Route::AdminUsers.path(),
        location::encode_query(&filter.to_query())
    )
}

fn go() -> Go {
    let navigate = use_navigate();
    Box::new(move |filter, replace| {
        let options = NavigateOptions {
            replace,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&path(filter), options);
    })
}

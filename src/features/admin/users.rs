//! The accounts: what is found, and what is done about one of them.

use leptos::prelude::*;
use portico_contract::admin::AdminUser;
use portico_contract::ids::UserId;
use portico_contract::paging::Page;

use super::action::Action;
use super::model::{UserFilter, refusal};
use crate::api::listing::{Filter, Listing, address};
use crate::api::{ApiError, Client, admin, use_client};
use crate::app::routes::Route;
use crate::i18n::texts::admin as words;
use crate::i18n::{I18n, use_i18n};
use crate::platform::task;
use crate::ui::{GridLayout, GridSelection, Toast, Toasts, Tone, use_toasts};

/// Rows of one request.
const PAGE_ROWS: u16 = 100;

impl Filter for UserFilter {
    type Row = AdminUser;

    fn path() -> String {
        Route::AdminUsers.path()
    }

    fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        Self::from_query(get)
    }

    fn to_query(&self) -> Vec<(String, String)> {
        self.to_query()
    }

    fn search_text(&self) -> &str {
        &self.q
    }

    fn search_for(&mut self, text: &str) {
        text.clone_into(&mut self.q);
    }

    fn cleared(&self) -> Self {
        Self::default()
    }

    /// Whoever is looked at beside it, it is the same list.
    fn of_rows(&self) -> Self {
        self.list()
    }

    async fn read(&self, client: Client, cursor: Option<String>) -> Result<Page<AdminUser>, ApiError> {
        admin::list_users(client, &self.request(cursor, PAGE_ROWS)).await
    }
}

/// The list of accounts. Cheap to copy; in the context of its page.
#[derive(Clone, Copy)]
pub struct Users {
    /// What is found, and by which filters.
    pub found: Listing<UserFilter>,
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
}

impl Users {
    /// The list that the address describes.
    pub fn new() -> Self {
        Self {
            found: Listing::new(0),
            selection: GridSelection::new(),
            layout: RwSignal::new(GridLayout::default()),
            asked: RwSignal::new(None),
            readdressed: RwSignal::new(None),
            pending: RwSignal::new(false),
            client: use_client(),
            i18n: use_i18n(),
            toasts: use_toasts(),
        }
    }

    /// Where the account `id` is looked at beside the list.
    pub fn path_to(self, id: UserId) -> String {
        let filter = self.found.filter.get();
        address(&UserFilter {
            user: Some(id),
            ..filter
        })
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
        self.found.rows.with_untracked(addresses).unwrap_or_default()
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
            // Somebody else may be asked about by now, above all when something was undone.
            let _ = self.asked.try_update(|asked| {
                if asked
                    .as_ref()
                    .is_some_and(|(now, user)| (*now, user.id) == (action, id))
                {
                    *asked = None;
                }
            });
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
                    self.found.rows.reload();
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
        self.found.rows.update(|page| {
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

//! The customer list: its filters in the address, the rows read so far, and the next page when it is wanted.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use portico_contract::customer::{CustomerFacets, CustomerSummary};
use portico_contract::paging::Page;

use super::model::ListFilter;
use crate::api::query::Query;
use crate::api::{ApiError, Client, customers, use_client};
use crate::app::routes::Route;
use crate::platform::{clock, location, task};

/// Rows of one request: a few screens.
const PAGE_ROWS: u16 = 100;

/// Milliseconds of quiet after which a search text is searched for.
const TYPING_PAUSE_MS: u32 = 200;

/// The customer list. Cheap to copy.
#[derive(Clone, Copy)]
pub struct CustomerList {
    client: Client,
    /// The filters in force, from the address.
    pub filter: Memo<ListFilter>,
    /// What stands in the search box.
    pub typed: RwSignal<String>,
    /// The rows read so far.
    pub rows: Query<Page<CustomerSummary>>,
    /// What can be filtered by.
    pub facets: Query<CustomerFacets>,
    loading_more: StoredValue<bool>,
    typing: StoredValue<u32>,
    sent: StoredValue<String>,
    go: StoredValue<Go, LocalStorage>,
}

/// Goes to the list with filters; the flag says whether the place in the history is kept.
type Go = Box<dyn Fn(&ListFilter, bool)>;

impl CustomerList {
    /// The list that the address describes.
    pub fn new() -> Self {
        let client = use_client();
        let query = use_query_map();
        let filter = Memo::new(move |_| query.with(|query| ListFilter::from_query(|name| query.get(name))));
        let typed = filter.with_untracked(|filter| filter.q.clone());
        let list = Self {
            client,
            filter,
            typed: RwSignal::new(typed.clone()),
            rows: Query::keeping(
                move || filter.get(),
                move |filter| async move {
                    customers::list_customers(client, &filter.request(None, PAGE_ROWS)).await
                },
            ),
            facets: Query::new(|| (), move |()| customers::customer_facets(client)),
            loading_more: StoredValue::new(false),
            typing: StoredValue::new(0),
            sent: StoredValue::new(typed),
            go: StoredValue::new_local(go()),
        };
        list.follow_history();
        list
    }

    /// Takes over a change of the search text that the person did not type: Back, Forward or a link.
    fn follow_history(self) {
        // An effect that writes a signal: the search box is the person's, the address only sometimes its source.
        Effect::new(move |_| {
            let q = self.filter.with(|filter| filter.q.clone());
            if self.sent.with_value(|sent| *sent != q) {
                self.sent.set_value(q.clone());
                self.typed.set(q);
            }
        });
    }

    /// Changes the filters; the address follows and the rows follow the address.
    pub fn change(self, change: impl FnOnce(&mut ListFilter)) {
        let mut filter = self.filter.get_untracked();
        change(&mut filter);
        self.visit(&filter, false);
    }

    /// Takes every filter away; the order stays.
    pub fn clear(self) {
        self.typed.set(String::new());
        self.change(|filter| {
            *filter = ListFilter {
                sort: filter.sort,
                ..ListFilter::default()
            }
        });
    }

    /// Searches for what is typed once the typing pauses.
    pub fn search(self, text: String) {
        self.typed.set(text);
        let turn = self.typing.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        task::detached(async move {
            clock::sleep(TYPING_PAUSE_MS).await;
            if turn.is_none() || self.typing.try_get_value() != turn {
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

    fn visit(self, filter: &ListFilter, replace: bool) {
        self.sent.set_value(filter.q.clone());
        self.go.with_value(|go| go(filter, replace));
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
        let filter = self.filter.get_untracked();
        task::detached(async move {
            let answer =
                customers::list_customers(self.client, &filter.request(Some(next.0.clone()), PAGE_ROWS))
                    .await;
            // The screen may be gone, or show something else by now.
            let current = self.filter.try_get_untracked().is_some_and(|now| now == filter);
            self.loading_more.try_set_value(false);
            match answer {
                Ok(more) if current => self.rows.update(|page| append(page, &next.0, more)),
                Ok(_) => {}
                Err(error) => self.report(error, current),
            }
        });
    }

    /// A page that could not be read: the rows stay, the next scroll tries again.
    fn report(self, error: ApiError, current: bool) {
        if current {
            self.rows.fail(error);
        }
    }
}

/// Adds `more` to `page`, if it still ends where `more` was asked to start.
fn append(page: &mut Page<CustomerSummary>, asked: &str, more: Page<CustomerSummary>) {
    if page.next.as_ref().is_some_and(|next| next.0 == asked) {
        page.items.extend(more.items);
        page.next = more.next;
        page.total = more.total;
    }
}

fn go() -> Go {
    let navigate = use_navigate();
    Box::new(move |filter, replace| {
        let path = format!(
            "{}{}",
            Route::Customers.path(),
            location::encode_query(&filter.to_query())
        );
        navigate(
            &path,
            NavigateOptions {
                replace,
                scroll: false,
                ..NavigateOptions::default()
            },
        );
    })
}

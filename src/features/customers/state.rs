//! The customer list: its filters in the address, the rows read so far, and the next page when it is wanted.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use portico_contract::customer::{CustomerFacets, CustomerSummary};
use portico_contract::ids::CustomerId;
use portico_contract::paging::Page;

use super::model::{ListFilter, Place, sort_by};
use crate::api::query::Query;
use crate::api::{ApiError, Client, customers, use_client};
use crate::app::routes::Route;
use crate::platform::{clock, location, storage, task};
use crate::ui::{GridLayout, GridSelection};

/// Rows of one request: a few screens.
const PAGE_ROWS: u16 = 100;

/// Milliseconds of quiet after which a search text is searched for.
const TYPING_PAUSE_MS: u32 = 200;

/// Milliseconds of rest after which the place in the list is noted.
const SCROLLING_PAUSE_MS: u32 = 200;

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
    /// The rows selected.
    pub selection: GridSelection<CustomerId>,
    /// Which columns are shown, and how wide. This device remembers it.
    pub layout: RwSignal<GridLayout>,
    /// How far the list was scrolled when somebody was here last.
    pub initial_top: f64,
    loading_more: StoredValue<bool>,
    turns: StoredValue<Turns>,
    sent: StoredValue<String>,
    go: StoredValue<Go, LocalStorage>,
}

/// How often something was done for which a pause is waited.
#[derive(Clone, Copy, Default)]
struct Turns {
    typing: u32,
    scrolling: u32,
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
        let place = location::noted()
            .and_then(|text| Place::from_text(&text))
            .unwrap_or_default();
        let start = filter.get_untracked();
        let list = Self {
            client,
            filter,
            typed: RwSignal::new(typed.clone()),
            rows: Query::keeping(
                move || filter.get(),
                move |filter| {
                    // Who comes back finds as many rows as there were.
                    let rows = if filter == start { place.rows } else { 0 };
                    async move { read(client, &filter, rows).await }
                },
            ),
            facets: Query::new(|| (), move |()| customers::customer_facets(client)),
            selection: GridSelection::new(),
            layout: RwSignal::new(remembered_layout()),
            initial_top: place.top,
            loading_more: StoredValue::new(false),
            turns: StoredValue::new(Turns::default()),
            sent: StoredValue::new(typed),
            go: StoredValue::new_local(go()),
        };
        list.follow_history();
        let layout = list.layout;
        let remember = move |layout: &GridLayout, _: Option<&GridLayout>, _: Option<()>| {
            storage::set(storage::Key::CustomerColumns, &layout.to_text());
        };
        Effect::watch(move || layout.get(), remember, false);
        list
    }

    /// Notes how far the list is scrolled, once it comes to rest, for whoever comes back.
    pub fn scrolled(self, top: f64) {
        let turn = self.turn(|turns| &mut turns.scrolling);
        task::detached(async move {
            clock::sleep(SCROLLING_PAUSE_MS).await;
            if turn.is_none() || self.turns.try_get_value().map(|turns| turns.scrolling) != turn {
                return;
            }
            if let Some(rows) = self.rows.with_untracked(|page| page.items.len()) {
                location::note(&Place { top, rows }.to_text());
            }
        });
    }

    /// Sorts by `column`, or the other way round if it is sorted by that already and the backend knows how.
    pub fn sort_by(self, column: &str) {
        self.change(|filter| filter.sort = sort_by(column, filter.sort));
    }

    /// The names of the customers selected, one a line.
    pub fn selected_names(self) -> Vec<String> {
        let names = |page: &Page<CustomerSummary>| {
            let chosen = page
                .items
                .iter()
                .filter(|row| untrack(|| self.selection.has(row.id)));
            chosen.map(|row| row.name.clone()).collect()
        };
        self.rows.with_untracked(names).unwrap_or_default()
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
        let turn = self.turn(|turns| &mut turns.typing);
        task::detached(async move {
            clock::sleep(TYPING_PAUSE_MS).await;
            if turn.is_none() || self.turns.try_get_value().map(|turns| turns.typing) != turn {
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

    /// Counts on, so that whoever waits can see whether something newer came.
    fn turn(self, of: impl FnOnce(&mut Turns) -> &mut u32) -> Option<u32> {
        self.turns.try_update_value(|turns| {
            let turn = of(turns);
            *turn = turn.wrapping_add(1);
            *turn
        })
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

/// The first rows of the list, at least `rows` of them if there are as many.
async fn read(client: Client, filter: &ListFilter, rows: usize) -> Result<Page<CustomerSummary>, ApiError> {
    let mut page = customers::list_customers(client, &filter.request(None, PAGE_ROWS)).await?;
    while let Some(next) = page.next.clone().filter(|_| page.items.len() < rows) {
        let more =
            customers::list_customers(client, &filter.request(Some(next.0.clone()), PAGE_ROWS)).await?;
        append(&mut page, &next.0, more);
    }
    Ok(page)
}

/// What this device remembers of the columns.
fn remembered_layout() -> GridLayout {
    storage::get(storage::Key::CustomerColumns)
        .map(|text| GridLayout::from_text(&text))
        .unwrap_or_default()
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

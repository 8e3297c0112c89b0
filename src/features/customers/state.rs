//! The customer list: what is found, what can be filtered by, how it is shown, and where somebody was in it.

use leptos::prelude::*;
use portico_contract::customer::{CustomerFacets, CustomerSummary};
use portico_contract::ids::CustomerId;
use portico_contract::paging::Page;

use super::model::{ListFilter, Place, sort_by};
use crate::api::listing::{Filter, Listing};
use crate::api::query::Query;
use crate::api::{ApiError, Client, customers, use_client};
use crate::app::routes::Route;
use crate::platform::{clock, location, storage, task};
use crate::ui::{GridLayout, GridSelection};

/// Rows of one request: a few screens.
const PAGE_ROWS: u16 = 100;

/// Milliseconds of rest after which the place in the list is noted.
const SCROLLING_PAUSE_MS: u32 = 200;

impl Filter for ListFilter {
    type Row = CustomerSummary;

    fn path() -> String {
        Route::Customers.path()
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

    /// The order stays.
    fn cleared(&self) -> Self {
        Self {
            sort: self.sort,
            ..Self::default()
        }
    }

    async fn read(&self, client: Client, cursor: Option<String>) -> Result<Page<CustomerSummary>, ApiError> {
        customers::list_customers(client, &self.request(cursor, PAGE_ROWS)).await
    }
}

/// The customer list. Cheap to copy.
#[derive(Clone, Copy)]
pub struct CustomerList {
    /// What is found, and by which filters.
    pub found: Listing<ListFilter>,
    /// What can be filtered by.
    pub facets: Query<CustomerFacets>,
    /// The rows selected.
    pub selection: GridSelection<CustomerId>,
    /// Which columns are shown, and how wide. This device remembers it.
    pub layout: RwSignal<GridLayout>,
    /// How far the list was scrolled when somebody was here last.
    pub initial_top: f64,
    /// How often the list was scrolled.
    scrolls: StoredValue<u32>,
}

impl CustomerList {
    /// The list that the address describes.
    pub fn new() -> Self {
        let client = use_client();
        let place = location::noted()
            .and_then(|text| Place::from_text(&text))
            .unwrap_or_default();
        let list = Self {
            found: Listing::new(place.rows),
            facets: Query::new(|| (), move |()| customers::customer_facets(client)),
            selection: GridSelection::new(),
            layout: RwSignal::new(remembered_layout()),
            initial_top: place.top,
            scrolls: StoredValue::new(0),
        };
        let layout = list.layout;
        let remember = move |layout: &GridLayout, _: Option<&GridLayout>, _: Option<()>| {
            storage::set(storage::Key::CustomerColumns, &layout.to_text());
        };
        Effect::watch(move || layout.get(), remember, false);
        list
    }

    /// Notes how far the list is scrolled, once it comes to rest, for whoever comes back.
    pub fn scrolled(self, top: f64) {
        let turn = self.scrolls.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        task::detached(async move {
            clock::sleep(SCROLLING_PAUSE_MS).await;
            if turn.is_none() || self.scrolls.try_get_value() != turn {
                return;
            }
            if let Some(rows) = self.found.rows.with_untracked(|page| page.items.len()) {
                location::note(&Place { top, rows }.to_text());
            }
        });
    }

    /// Sorts by `column`, or the other way round if it is sorted by that already and the backend knows how.
    pub fn sort_by(self, column: &str) {
        self.found
            .change(|filter| filter.sort = sort_by(column, filter.sort));
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
        self.found.rows.with_untracked(names).unwrap_or_default()
    }
}

/// What this device remembers of the columns.
fn remembered_layout() -> GridLayout {
    storage::get(storage::Key::CustomerColumns)
        .map(|text| GridLayout::from_text(&text))
        .unwrap_or_default()
}

//! A list that is searched, filtered and read page by page: its filter in the address, what stands in the search box, the
//! rows read so far, and the next page when it is wanted.

use std::future::Future;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use portico_contract::paging::{Cursor, Page};

use super::client::{Client, use_client};
use super::error::ApiError;
use super::query::Query;
use crate::platform::{clock, location, task};

/// Milliseconds of quiet after which a search text is searched for.
const TYPING_PAUSE_MS: u32 = 200;

/// What a list is narrowed by. It lives in the address, so that a list can be linked and found again by Back.
pub trait Filter: Clone + PartialEq + Send + Sync + 'static {
    /// One row of the list.
    type Row: Clone + Send + Sync + 'static;

    /// The address of the list, without parameters.
    fn path() -> String;

    /// Reads it from the parameters of an address. What makes no sense is as if it were not there.
    fn from_query(get: impl Fn(&str) -> Option<String>) -> Self;

    /// The parameters of the address, without those that say nothing.
    fn to_query(&self) -> Vec<(String, String)>;

    /// The text that is searched for.
    fn search_text(&self) -> &str;

    /// Searches for `text`, which is trimmed.
    fn search_for(&mut self, text: &str);

    /// What stays when everything that narrows is taken away.
    #[must_use]
    fn cleared(&self) -> Self;

    /// The part of it that decides which rows there are.
    #[must_use]
    fn of_rows(&self) -> Self {
        self.clone()
    }

    /// Reads the page that starts at `cursor`, or the first one.
    fn read(
        &self,
        client: Client,
        cursor: Option<String>,
    ) -> impl Future<Output = Result<Page<Self::Row>, ApiError>>;
}

/// Goes to an address; the flag says whether the place in the history is kept.
type Go = Box<dyn Fn(&str, bool)>;

/// The list. Cheap to copy.
#[derive(Clone)]
pub struct Listing<F: Filter> {
    /// The filter in force, from the address.
    pub filter: Memo<F>,
    /// What stands in the search box.
    pub typed: RwSignal<String>,
    /// The rows read so far.
    pub rows: Query<Page<F::Row>>,
    client: Client,
    loading_more: StoredValue<bool>,
    turn: StoredValue<u32>,
    sent: StoredValue<String>,
    go: StoredValue<Go, LocalStorage>,
}

impl<F: Filter> Copy for Listing<F> {}

impl<F: Filter> Listing<F> {
    /// The list that the address describes. As long as it shows what it shows now, at least `known` rows are
    /// read at once, if there are as many: who comes back finds as many as there were.
    pub fn new(known: usize) -> Self {
        let client = use_client();
        let query = use_query_map();
        let filter = Memo::new(move |_| query.with(|query| F::from_query(|name| query.get(name))));
        let start = filter.with_untracked(F::of_rows);
        let typed = filter.with_untracked(|filter| filter.search_text().to_owned());
        let listing = Self {
            filter,
            typed: RwSignal::new(typed.clone()),
            rows: Query::keeping(
                move || filter.with(F::of_rows),
                move |filter| {
                    let known = if filter == start { known } else { 0 };
                    async move { read(client, &filter, known).await }
                },
            ),
            client,
            loading_more: StoredValue::new(false),
            turn: StoredValue::new(0),
            sent: StoredValue::new(typed),
            go: StoredValue::new_local(go()),
        };
        listing.follow_history();
        listing
    }

    /// Takes over a change of the search text that the person did not type: Back, Forward or a link.
    fn follow_history(self) {
        // An effect that writes a signal: the search box is the person's, the address only sometimes its source.
        Effect::new(move |_| {
            let text = self.filter.with(|filter| filter.search_text().to_owned());
            if self.sent.with_value(|sent| *sent != text) {
                self.sent.set_value(text.clone());
                self.typed.set(text);
            }
        });
    }

    /// Changes the filter; the address follows and the rows follow the address.
    pub fn change(self, change: impl FnOnce(&mut F)) {
        let mut filter = self.filter.get_untracked();
        change(&mut filter);
        self.visit(&filter, false);
    }

    /// Takes away everything that narrows the list.
    pub fn clear(self) {
        self.typed.set(String::new());
        self.change(|filter| *filter = filter.cleared());
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
            let (Some(text), Some(mut filter)) =
                (self.typed.try_get_untracked(), self.filter.try_get_untracked())
            else {
                return;
            };
            filter.search_for(text.trim());
            self.visit(&filter, true);
        });
    }

    fn visit(self, filter: &F, replace: bool) {
        self.sent.set_value(filter.search_text().to_owned());
        self.go.with_value(|go| go(&address(filter), replace));
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
        let filter = self.filter.with_untracked(F::of_rows);
        task::detached(async move {
            let answer = filter.read(self.client, Some(next.0.clone())).await;
            // The screen may be gone, or show something else by now.
            let now = self.filter.try_with_untracked(F::of_rows);
            self.loading_more.try_set_value(false);
            if now != Some(filter) {
                return;
            }
            match answer {
                Ok(more) => self.rows.update(|page| append(page, &next, more)),
                // The rows stay, the next scroll tries again.
                Err(error) => self.rows.fail(error),
            }
        });
    }
}

/// The address of the list as `filter` narrows it.
pub fn address<F: Filter>(filter: &F) -> String {
    format!("{}{}", F::path(), location::encode_query(&filter.to_query()))
}

/// Adds `more` to `page`, if it still ends where `more` was asked to start.
pub fn append<T>(page: &mut Page<T>, asked: &Cursor, more: Page<T>) {
    if page.next.as_ref() == Some(asked) {
        page.items.extend(more.items);
        page.next = more.next;
        page.total = more.total;
    }
}

/// The first rows of the list, at least `known` of them if there are as many.
async fn read<F: Filter>(client: Client, filter: &F, known: usize) -> Result<Page<F::Row>, ApiError> {
    let mut page = filter.read(client, None).await?;
    while let Some(next) = page.next.clone().filter(|_| page.items.len() < known) {
        let more = filter.read(client, Some(next.0.clone())).await?;
        append(&mut page, &next, more);
    }
    Ok(page)
}

fn go() -> Go {
    let navigate = use_navigate();
    Box::new(move |address, replace| {
        let options = NavigateOptions {
            replace,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(address, options);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(items: &[u8], next: Option<&str>) -> Page<u8> {
        Page {
            items: items.to_vec(),
            next: next.map(|next| Cursor(next.to_owned())),
            total: 9,
        }
    }

    #[test]
    fn a_page_is_added_where_it_was_asked_for_and_only_once() {
        let asked = Cursor("b".to_owned());
        let mut shown = page(&[1, 2], Some("b"));
        append(&mut shown, &asked, page(&[3], Some("c")));
        assert_eq!(shown, page(&[1, 2, 3], Some("c")));
        append(&mut shown, &asked, page(&[3], Some("c")));
        assert_eq!(
            shown,
            page(&[1, 2, 3], Some("c")),
            "the list was read anew meanwhile"
        );
    }
}

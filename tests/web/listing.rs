use leptos::prelude::*;
use leptos_router::components::Router;
use portico::api::listing::{Filter, Listing};
use portico::api::{ApiError, Client};
use portico::platform::clock;
use portico_contract::paging::{Cursor, Page as Rows};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, settle, until};

/// Milliseconds until a further page is there.
const ON_ITS_WAY_MS: u32 = 100;

/// What is searched for, in a list of two pages of one row each.
#[derive(Clone, PartialEq)]
struct Words(String);

impl Filter for Words {
    type Row = String;

    fn path() -> String {
        web_sys::window().unwrap().location().pathname().unwrap()
    }

    fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        Self(get("q").unwrap_or_default())
    }

    fn to_query(&self) -> Vec<(String, String)> {
        let words = (!self.0.is_empty()).then(|| ("q".to_owned(), self.0.clone()));
        words.into_iter().collect()
    }

    fn search_text(&self) -> &str {
        &self.0
    }

    fn search_for(&mut self, text: &str) {
        text.clone_into(&mut self.0);
    }

    fn cleared(&self) -> Self {
        Self(String::new())
    }

    async fn read(&self, _: Client, cursor: Option<String>) -> Result<Rows<String>, ApiError> {
        let next = cursor.is_none().then(|| Cursor("next".to_owned()));
        if cursor.is_some() {
            clock::sleep(ON_ITS_WAY_MS).await;
        }
        Ok(Rows {
            items: vec![format!("{} {}", self.0, cursor.unwrap_or_default())],
            next,
            total: 2,
        })
    }
}

/// The list, of which `known` rows were there when somebody left it.
async fn listing(known: usize) -> (Page, Listing<Words>) {
    let handle = StoredValue::new(None::<Listing<Words>>);
    let page = Page::show(move || {
        provide_context(Client::new("/api".to_owned()));
        let list = move || {
            handle.set_value(Some(Listing::new(known)));
        };
        view! { <Router>{list()}</Router> }
    });
    let list = handle.get_value().unwrap();
    until("the first rows are read", || !rows(&list).is_empty()).await;
    (page, list)
}

fn rows(list: &Listing<Words>) -> Vec<String> {
    let rows = list.rows.with_untracked(|page| page.items.clone());
    rows.unwrap_or_default()
}

fn query() -> String {
    web_sys::window().unwrap().location().search().unwrap()
}

#[wasm_bindgen_test]
async fn what_is_typed_is_searched_for_and_stands_in_the_address() {
    let (_page, list) = listing(0).await;
    list.search("Nord".to_owned());
    list.search(" Nordlicht ".to_owned());
    assert_eq!(query(), "", "whoever types has not finished");
    until("it is searched for", || rows(&list) == ["Nordlicht "]).await;
    assert_eq!(query(), "?q=Nordlicht");
    assert_eq!(
        list.typed.get_untracked(),
        " Nordlicht ",
        "nobody types for the person"
    );
    list.change(|filter| filter.search_for("Kiel"));
    until("the rows follow the address", || rows(&list) == ["Kiel "]).await;
    list.clear();
    until("nothing is searched for", || rows(&list) == [" "]).await;
    assert_eq!((query(), list.typed.get_untracked()), Default::default());
}

#[wasm_bindgen_test]
async fn a_further_page_is_added_once_and_never_to_another_list() {
    let (_page, list) = listing(0).await;
    list.load_more();
    list.load_more();
    until("both pages are there", || rows(&list) == [" ", " next"]).await;
    list.change(|filter| filter.search_for("Kiel"));
    until("another list is there", || rows(&list) == ["Kiel "]).await;
    list.load_more();
    list.change(|filter| filter.search_for("Ulm"));
    until("and another", || rows(&list) == ["Ulm "]).await;
    clock::sleep(2 * ON_ITS_WAY_MS).await;
    settle().await;
    assert_eq!(rows(&list), ["Ulm "], "what was on its way was of another list");
    list.clear();
    until("the address is as it was", || query().is_empty()).await;
}

#[wasm_bindgen_test]
async fn who_comes_back_finds_as_many_rows_as_there_were() {
    let (_page, list) = listing(2).await;
    assert_eq!(rows(&list), [" ", " next"]);
}

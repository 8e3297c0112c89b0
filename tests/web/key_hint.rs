use leptos::prelude::*;
use portico::ui::{KeyCap, KeyHint, Keys};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;

fn keys(page: &Page) -> Vec<String> {
    page.all("kbd")
        .iter()
        .map(|key| key.text_content().unwrap_or_default())
        .collect()
}

#[wasm_bindgen_test]
fn each_key_stands_for_itself() {
    let page = Page::show(|| {
        view! { <KeyHint keys=Keys::Together(&[KeyCap::Escape, KeyCap::Function(6), KeyCap::Character('k')])/> }
    });
    assert_eq!(keys(&page), ["Esc", "F6", "K"]);
    assert!(!page.has(".key-hint__then"), "all are pressed at once");
}

#[wasm_bindgen_test]
fn a_sequence_says_that_one_follows_the_other() {
    let page = Page::show(|| {
        view! { <KeyHint keys=Keys::InTurn(&[KeyCap::Character('g'), KeyCap::Character('t')])/> }
    });
    assert_eq!(keys(&page), ["G", "T"]);
    assert_eq!(page.all(".key-hint__then").len(), 1);
}

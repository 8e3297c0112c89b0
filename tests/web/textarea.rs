use leptos::prelude::*;
use portico::ui::TextareaField;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, attribute, settle, type_into, value_of};

#[wasm_bindgen_test]
async fn it_says_what_is_left_only_when_little_is_and_cuts_nothing() {
    let value = RwSignal::new(String::new());
    let page = Page::show(move || view! { <TextareaField label="Note" value name="note" limit=100/> });
    let area = page.one("textarea[name=note]");
    assert_eq!(attribute(&page.one("label"), "for"), Some(area.id()));
    assert_eq!(attribute(&area, "maxlength"), None);
    let left = page.one(".textarea-field__left");
    let described = attribute(&area, "aria-describedby").unwrap();
    assert!(described.contains(&left.id()));
    type_into(&area, &"a".repeat(103));
    page.appears(".textarea-field__left[data-over]").await;
    assert_eq!(value.get_untracked().len(), 103);
    assert_eq!(value_of(&area).len(), 103);
    type_into(&area, &"a".repeat(99));
    page.vanishes("[data-over]").await;
}

#[wasm_bindgen_test]
async fn the_count_is_said_by_a_region_that_was_there_before() {
    let value = RwSignal::new(String::new());
    let page = Page::show(move || view! { <TextareaField label="Note" value name="note" limit=100/> });
    settle().await;
    assert_eq!(page.all("[aria-live=polite]").len(), 2);
}

#[wasm_bindgen_test]
async fn without_a_limit_there_is_nothing_to_count() {
    let value = RwSignal::new("text".to_owned());
    let page = Page::show(move || {
        view! { <TextareaField label="Note" value name="note" hint="For colleagues" readonly=true/> }
    });
    let area = page.one("textarea[readonly]");
    assert_eq!(
        attribute(&area, "aria-describedby"),
        Some(page.one(".field__hint").id())
    );
    assert!(!page.has("[aria-live]"));
}

//! A field for tags.

use js_sys::Reflect;
use leptos::prelude::*;
use portico::ui::TagInput;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{DataTransfer, HtmlElement};

use crate::page::{Page, attribute, has_focus, press, send, settle, type_into, until, value_of};

fn words(of: &[&str]) -> Vec<String> {
    of.iter().map(|&word| word.to_owned()).collect()
}

/// A field with `value` and something to go on to, and its input with the focus.
fn field(value: RwSignal<Vec<String>>) -> (Page, HtmlElement) {
    let page = Page::show(move || {
        let suggestions = Signal::stored(words(&["VIP", "Trade fair", "Trial"]));
        view! {
            <TagInput label="Tags" value name="tags" suggestions limit=4 longest=12 hint="What sets them apart"/>
            <button id="after" type="button"></button>
        }
    });
    let input = page.one("input[name=tags]");
    input.focus().unwrap();
    (page, input)
}

/// Waits until the tags shown are the value, and it is `expected`.
async fn holds(page: &Page, value: RwSignal<Vec<String>>, expected: &[&str]) {
    let shown = || -> Vec<String> {
        let tags = page.all("li .tag-input__words");
        tags.iter().map(|tag| tag.text_content().unwrap()).collect()
    };
    until(&expected.join(", "), || {
        shown() == expected && value.get_untracked() == expected
    })
    .await;
}

async fn is_empty(input: &HtmlElement) {
    until("the line is empty", || value_of(input).is_empty()).await;
}

#[wasm_bindgen_test]
async fn enter_and_every_comma_add_what_is_written() {
    let value = RwSignal::new(Vec::new());
    let (page, input) = field(value);
    assert!(press("Enter"), "with nothing written it sends the form");
    type_into(&input, "  Old   friend");
    assert!(!press("Enter"));
    holds(&page, value, &["Old friend"]).await;
    is_empty(&input).await;
    type_into(&input, "VIP,");
    holds(&page, value, &["Old friend", "VIP"]).await;
    type_into(&input, "展会，老");
    holds(&page, value, &["Old friend", "VIP", "展会"]).await;
    until("what follows is still being written", || value_of(&input) == "老").await;
    assert!(has_focus(&input));
}

#[wasm_bindgen_test]
async fn backspace_marks_the_last_and_then_removes_it() {
    let value = RwSignal::new(words(&["one", "two"]));
    let (page, input) = field(value);
    type_into(&input, "x");
    assert!(press("Backspace"), "it belongs to the text while there is any");
    assert!(!page.has("[data-marked]"));
    type_into(&input, "");
    is_empty(&input).await;
    press("Backspace");
    page.appears("[data-marked]").await;
    assert!(page.one("[data-marked]").text_content().unwrap().contains("two"));
    press("ArrowLeft");
    page.vanishes("[data-marked]").await;
    press("Backspace");
    page.appears("[data-marked]").await;
    send(
        &input,
        "KeyboardEvent",
        "keydown",
        &[("key", "Backspace".into()), ("repeat", true.into())],
    );
    assert_eq!(value.get_untracked().len(), 2, "held down it removes nothing");
    press("Backspace");
    holds(&page, value, &["one"]).await;
    assert!(!page.has("[data-marked]"));
}

#[wasm_bindgen_test]
async fn each_tag_has_a_button_that_removes_it_and_hands_the_focus_on() {
    let value = RwSignal::new(words(&["one", "two"]));
    let (page, input) = field(value);
    let removes = page.all("li button");
    removes[0].focus().unwrap();
    removes[0].click();
    holds(&page, value, &["two"]).await;
    assert!(has_focus(&removes[1]));
    removes[1].click();
    holds(&page, value, &[]).await;
    assert!(has_focus(&input));
}

#[wasm_bindgen_test]
async fn what_is_there_already_is_refused_with_a_word() {
    let value = RwSignal::new(words(&["VIP"]));
    let (page, input) = field(value);
    type_into(&input, "vip");
    press("Enter");
    page.appears("[aria-invalid=true]").await;
    let error = page.one(".field__error").id();
    assert!(attribute(&input, "aria-describedby").unwrap().contains(&error));
    assert_eq!(value.get_untracked(), ["VIP"]);
    type_into(&input, "n");
    page.vanishes("[aria-invalid=true]").await;
}

#[wasm_bindgen_test]
async fn what_is_too_long_or_too_much_stays_in_the_line() {
    let value = RwSignal::new(words(&["1", "2", "3"]));
    let (page, input) = field(value);
    type_into(&input, "more than twelve");
    press("Enter");
    page.appears(".field__error").await;
    assert_eq!(value_of(&input), "more than twelve");
    type_into(&input, "4,5,");
    holds(&page, value, &["1", "2", "3", "4"]).await;
    until("the fifth is not lost", || value_of(&input) == "5").await;
    assert!(page.has(".field__error"));
}

#[wasm_bindgen_test]
async fn several_are_pasted_at_once_and_one_is_left_to_be_edited() {
    let value = RwSignal::new(Vec::new());
    let (page, input) = field(value);
    let paste = |text: &str| {
        let data = DataTransfer::new().unwrap();
        data.set_data("text/plain", text).unwrap();
        send(
            &input,
            "ClipboardEvent",
            "paste",
            &[("clipboardData", data.into())],
        )
    };
    assert!(paste("VIP"), "the browser puts it into the line");
    assert!(!paste("VIP\nfair\tfair"));
    holds(&page, value, &["VIP", "fair"]).await;
}

#[wasm_bindgen_test]
async fn leaving_the_field_adds_what_is_written_and_is_told_once() {
    let (value, left) = (RwSignal::new(words(&["one"])), RwSignal::new(0));
    let page = Page::show(move || {
        let on_blur = Callback::new(move |()| left.update(|left| *left += 1));
        view! { <TagInput label="Tags" value name="tags" on_blur/> }
    });
    let input = page.one("input");
    assert_eq!(attribute(&input, "role"), None, "there is nothing to choose from");
    input.focus().unwrap();
    type_into(&input, "two");
    page.one("li button").focus().unwrap();
    assert_eq!(left.get_untracked(), 0, "it is still in the field");
    page.one("li button").blur().unwrap();
    assert_eq!(left.get_untracked(), 1);
    holds(&page, value, &["one", "two"]).await;
}

#[wasm_bindgen_test]
async fn suggestions_that_are_not_there_yet_are_offered() {
    let value = RwSignal::new(words(&["VIP"]));
    let (page, input) = field(value);
    assert_eq!(attribute(&input, "role").as_deref(), Some("combobox"));
    press("ArrowDown");
    page.appears("[role=listbox]").await;
    assert_eq!(page.all("[role=option]").len(), 2);
    press("Escape");
    page.vanishes("[role=listbox]").await;
    type_into(&input, "fa");
    until("the one that fits", || page.all("[role=option]").len() == 1).await;
    press("ArrowDown");
    page.appears("[aria-selected=true]").await;
    press("Enter");
    holds(&page, value, &["VIP", "Trade fair"]).await;
    is_empty(&input).await;
    assert!(!page.has("[role=listbox]"));
}

#[wasm_bindgen_test]
async fn an_input_method_is_not_interrupted() {
    let value = RwSignal::new(Vec::new());
    let (page, input) = field(value);
    Reflect::set(&input, &"value".into(), &"zhan,".into()).unwrap();
    send(&input, "InputEvent", "input", &[("isComposing", true.into())]);
    settle().await;
    assert!(value.get_untracked().is_empty());
    Reflect::set(&input, &"value".into(), &"展会，".into()).unwrap();
    send(&input, "InputEvent", "input", &[("isComposing", true.into())]);
    send(&input, "CompositionEvent", "compositionend", &[]);
    holds(&page, value, &["展会"]).await;
}

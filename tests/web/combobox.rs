//! Fields with choices that are found by typing.

use leptos::prelude::*;
use portico::ui::Combobox;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::page::{Page, attribute, has_focus, press, press_with, send, settle, type_into, until, value_of};

fn countries() -> Vec<(String, String)> {
    [
        ("cn", "China"),
        ("de", "Germany"),
        ("ma", "Morocco"),
        ("om", "Oman"),
    ]
    .map(|(value, words)| (value.to_owned(), words.to_owned()))
    .into()
}

/// A field for a country with something to go on to, and its input with the focus.
fn field(value: RwSignal<String>) -> (Page, HtmlElement) {
    let page = Page::show(move || {
        view! {
            <Combobox label="Country" value name="country" options=countries()/>
            <button id="after" type="button"></button>
        }
    });
    let input = page.one("input[role=combobox]");
    input.focus().unwrap();
    (page, input)
}

/// The words of the choices in the open list.
fn choices(page: &Page) -> Vec<String> {
    let options = page.all("[role=option]");
    options
        .iter()
        .map(|option| option.text_content().unwrap())
        .collect()
}

/// The words of the choice that the input says is meant.
fn meant(page: &Page, input: &HtmlElement) -> Option<String> {
    let id = attribute(input, "aria-activedescendant")?;
    let option = page.one(&format!("[role=option][aria-selected=true][id='{id}']"));
    option.text_content()
}

async fn means(page: &Page, input: &HtmlElement, words: &str) {
    until(words, || meant(page, input).as_deref() == Some(words)).await;
}

async fn shows(input: &HtmlElement, text: &str) {
    until(text, || value_of(input) == text).await;
}

#[wasm_bindgen_test]
async fn it_is_a_combobox_tied_to_its_label_its_list_and_its_notes() {
    let (value, error) = (RwSignal::new("de".to_owned()), RwSignal::new(None::<String>));
    let page = Page::show(move || {
        view! {
            <Combobox
                label="Country" value name="country" options=countries()
                hint="Where they pay taxes" error required=true
            />
        }
    });
    let input = page.one("input[role=combobox][name=country][aria-autocomplete=list]");
    shows(&input, "Germany").await;
    assert_eq!(attribute(&page.one("label"), "for"), Some(input.id()));
    assert_eq!(attribute(&input, "aria-required").as_deref(), Some("true"));
    assert_eq!(attribute(&input, "aria-expanded").as_deref(), Some("false"));
    assert_eq!(attribute(&input, "aria-controls"), None, "there is no list yet");
    error.set(Some("We do not sell there.".to_owned()));
    page.appears("input[aria-invalid=true]").await;
    let described = attribute(&input, "aria-describedby").unwrap();
    for note in [".field__error", ".field__hint"] {
        assert!(described.contains(&page.one(note).id()), "{note}");
    }
    input.click();
    page.appears("[aria-expanded=true]").await;
    let list = page.one("[role=listbox][aria-label=Country]");
    assert_eq!(attribute(&input, "aria-controls"), Some(list.id()));
    let (list, input) = (
        page.one(".listbox").get_bounding_client_rect(),
        page.one(".combobox").get_bounding_client_rect(),
    );
    assert!(
        (list.width() - input.width()).abs() < 1.0,
        "it is as wide as its field"
    );
}

#[wasm_bindgen_test]
async fn arrows_open_the_list_and_go_round_and_enter_takes_what_is_meant() {
    let value = RwSignal::new(String::new());
    let (page, input) = field(value);
    assert!(!press("ArrowDown"), "the cursor stays");
    means(&page, &input, "China").await;
    press("ArrowUp");
    means(&page, &input, "Oman").await;
    press("ArrowDown");
    press("ArrowDown");
    means(&page, &input, "Germany").await;
    assert!(has_focus(&input), "the focus stays in the text");
    assert!(value.get_untracked().is_empty(), "nothing is chosen on the way");
    assert!(!press("Enter"), "the form is not sent");
    page.vanishes("[role=listbox]").await;
    assert_eq!(value.get_untracked(), "de");
    shows(&input, "Germany").await;
    assert!(press("Enter"), "the next one sends it");
    press("ArrowDown");
    means(&page, &input, "Germany").await;
    press("Escape");
    page.vanishes("[role=listbox]").await;
    press("ArrowUp");
    means(&page, &input, "Germany").await;
}

#[wasm_bindgen_test]
async fn alt_with_an_arrow_opens_and_closes_and_means_nothing() {
    let (page, input) = field(RwSignal::new(String::new()));
    press_with("ArrowDown", "altKey");
    page.appears("[role=listbox]").await;
    assert_eq!(meant(&page, &input), None);
    press_with("ArrowUp", "altKey");
    page.vanishes("[role=listbox]").await;
}

#[wasm_bindgen_test]
async fn home_and_end_belong_to_the_text() {
    let (page, input) = field(RwSignal::new(String::new()));
    for key in ["Home", "End", "ArrowLeft", "ArrowRight"] {
        press("ArrowDown");
        until(key, || meant(&page, &input).is_some()).await;
        assert!(press(key), "the cursor moves");
        until(key, || meant(&page, &input).is_none()).await;
    }
}

#[wasm_bindgen_test]
async fn typing_finds_and_choosing_by_click_keeps_the_focus() {
    let value = RwSignal::new(String::new());
    let (page, input) = field(value);
    type_into(&input, "ma");
    until("only what fits is there", || {
        choices(&page) == ["Germany", "Oman"]
    })
    .await;
    assert_eq!(meant(&page, &input), None, "nothing is meant before an arrow");
    let option = page.all("[role=option]").remove(0);
    assert!(
        !send(&option, "MouseEvent", "mousedown", &[]),
        "a press must not take the focus from the text"
    );
    option.click();
    page.vanishes("[role=listbox]").await;
    assert_eq!(value.get_untracked(), "de");
    shows(&input, "Germany").await;
    assert!(has_focus(&input));
}

#[wasm_bindgen_test]
async fn what_fits_nothing_is_told_and_is_no_list() {
    let (page, input) = field(RwSignal::new(String::new()));
    type_into(&input, "atlantis");
    page.appears(".listbox__nothing").await;
    assert!(!page.has("[role=listbox]"));
    assert_eq!(attribute(&input, "aria-expanded").as_deref(), Some("false"));
}

#[wasm_bindgen_test]
async fn escape_closes_then_takes_back_and_then_is_left_to_others() {
    let value = RwSignal::new("de".to_owned());
    let (page, input) = field(value);
    shows(&input, "Germany").await;
    type_into(&input, "om");
    page.appears("[role=listbox]").await;
    assert!(!press("Escape"), "a dialog around it must not close");
    page.vanishes("[role=listbox]").await;
    assert_eq!(value_of(&input), "om");
    assert!(!press("Escape"));
    shows(&input, "Germany").await;
    assert!(press("Escape"));
    assert_eq!(value.get_untracked(), "de");
}

#[wasm_bindgen_test]
async fn leaving_keeps_a_choice_returns_to_one_or_takes_none() {
    let value = RwSignal::new("de".to_owned());
    let (page, input) = field(value);
    let after = page.one("#after");
    for (typed, then, shown) in [
        ("atlantis", "de", "Germany"),
        (" OMAN ", "om", "Oman"),
        ("  ", "", ""),
    ] {
        input.focus().unwrap();
        type_into(&input, typed);
        page.appears(".listbox").await;
        after.focus().unwrap();
        page.vanishes(".listbox").await;
        assert_eq!(value.get_untracked(), then, "{typed}");
        shows(&input, shown).await;
    }
}

#[wasm_bindgen_test]
async fn its_button_opens_and_closes_and_gives_the_focus_to_the_text() {
    let (page, input) = field(RwSignal::new(String::new()));
    page.one("#after").focus().unwrap();
    let button = page.one(".combobox__button[tabindex='-1']");
    button.click();
    page.appears("[role=listbox]").await;
    assert!(has_focus(&input));
    assert!(!send(&button, "MouseEvent", "mousedown", &[]));
    button.click();
    page.vanishes("[role=listbox]").await;
}

#[wasm_bindgen_test]
async fn any_text_is_a_value_where_the_choices_are_suggestions() {
    let value = RwSignal::new(String::new());
    let page = Page::show(move || {
        view! { <Combobox label="Industry" value name="industry" options=countries() free=true/> }
    });
    let input = page.one("input");
    input.focus().unwrap();
    type_into(&input, "Shipping ");
    assert_eq!(value.get_untracked(), "Shipping ");
    settle().await;
    assert!(!page.has(".listbox"), "there is nothing to suggest");
    input.blur().unwrap();
    assert_eq!(value.get_untracked(), "Shipping");
    input.focus().unwrap();
    type_into(&input, "oman");
    assert_eq!(
        value.get_untracked(),
        "om",
        "the words of a choice mean the choice"
    );
}

#[wasm_bindgen_test]
async fn a_value_from_elsewhere_wins_over_what_is_typed() {
    let value = RwSignal::new(String::new());
    let (_page, input) = field(value);
    type_into(&input, "om");
    shows(&input, "om").await;
    value.set("cn".to_owned());
    shows(&input, "China").await;
    value.set("xx".to_owned());
    shows(&input, "xx").await;
}

#[wasm_bindgen_test]
async fn choices_that_others_find_are_shown_as_they_come() {
    let (value, asked) = (RwSignal::new("7".to_owned()), RwSignal::new(Vec::new()));
    let options = RwSignal::new(Vec::<(String, String)>::new());
    let searching = RwSignal::new(false);
    let page = Page::show(move || {
        let on_search = Callback::new(move |text: String| {
            searching.set(true);
            asked.update(|asked| asked.push(text));
        });
        view! { <Combobox label="Customer" value name="customer" options words="Weber" on_search searching/> }
    });
    let input = page.one("input");
    shows(&input, "Weber").await;
    input.focus().unwrap();
    press("ArrowDown");
    until("any are asked for", || asked.get_untracked() == [""]).await;
    page.appears(".listbox__nothing").await;
    type_into(&input, "acme");
    assert_eq!(asked.get_untracked(), ["", "acme"]);
    options.set(vec![("9".to_owned(), "Zeta (once Acme)".to_owned())]);
    searching.set(false);
    page.appears("[role=option]").await;
    press("ArrowDown");
    means(&page, &input, "Zeta (once Acme)").await;
    press("Enter");
    assert_eq!(value.get_untracked(), "9");
    options.set(Vec::new());
    shows(&input, "Zeta (once Acme)").await;
}

use leptos::prelude::*;
use portico::ui::{PasswordField, SearchField, Select, TextField};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, attribute, has_focus, send, settle, type_into, until, value_of};

#[wasm_bindgen_test]
async fn a_text_field_is_tied_to_its_label_hint_and_error() {
    let value = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let page = Page::show(move || {
        view! {
            <TextField label="Name" value name="name" hint="As in the contract" error required=true autofocus=true/>
        }
    });
    let input = page.one("input[name=name]");
    until("it takes the focus", || has_focus(&input)).await;
    assert_eq!(attribute(&page.one("label"), "for"), Some(input.id()));
    assert_eq!(attribute(&input, "aria-required").as_deref(), Some("true"));
    assert_eq!(
        attribute(&input, "aria-describedby"),
        Some(page.one(".field__hint").id())
    );
    assert_eq!(attribute(&input, "aria-invalid"), None);
    error.set(Some("Please fill this in.".to_owned()));
    page.appears("[aria-invalid=true]").await;
    let described = format!(
        "{} {}",
        page.one(".field__error").id(),
        page.one(".field__hint").id()
    );
    assert_eq!(attribute(&input, "aria-describedby"), Some(described));
    type_into(&input, "Anna");
    assert_eq!(value.get_untracked(), "Anna");
}

#[wasm_bindgen_test]
async fn a_value_set_from_outside_is_shown() {
    let value = RwSignal::new("old".to_owned());
    let page = Page::show(move || view! { <TextField label="Name" value name="name"/> });
    let input = page.one("input");
    type_into(&input, "typed");
    value.set("new".to_owned());
    until("the new value is shown", || value_of(&input) == "new").await;
}

#[wasm_bindgen_test]
async fn a_password_can_be_shown_and_is_hidden_again_when_it_was_sent() {
    let value = RwSignal::new("correct horse".to_owned());
    let sent = RwSignal::new(0_u32);
    let page =
        Page::show(move || view! { <PasswordField label="Password" value name="password" mask=sent/> });
    let reveal = page.one("button");
    assert_eq!(attribute(&reveal, "type").as_deref(), Some("button"));
    assert_eq!(
        attribute(&reveal, "aria-controls"),
        Some(page.one("input[type=password]").id())
    );
    reveal.click();
    page.appears("input[type=text]").await;
    assert_eq!(value_of(&page.one("input")), "correct horse");
    sent.set(1);
    page.appears("input[type=password]").await;
    assert_eq!(attribute(&page.one("input"), "maxlength"), None);
}

#[wasm_bindgen_test]
async fn caps_lock_is_noticed_and_an_autofill_without_keys_does_no_harm() {
    let value = RwSignal::new(String::new());
    let page = Page::show(move || view! { <PasswordField label="Password" value name="password"/> });
    let input = page.one("input");
    send(&input, "Event", "keydown", &[]);
    settle().await;
    assert!(!page.has("[role=status] svg"));
    send(
        &input,
        "KeyboardEvent",
        "keydown",
        &[("key", "A".into()), ("modifierCapsLock", true.into())],
    );
    page.appears("[role=status] svg").await;
    let described = attribute(&input, "aria-describedby").unwrap();
    assert!(described.contains(&page.one("[role=status]").id()));
    send(&input, "FocusEvent", "blur", &[]);
    page.vanishes("[role=status] svg").await;
}

#[wasm_bindgen_test]
async fn a_search_can_be_cleared_and_keeps_the_focus() {
    let text = RwSignal::new(String::new());
    let page = Page::show(move || {
        view! { <SearchField label="Search customers" value=text on_input=move |typed| text.set(typed)/> }
    });
    let input = page.one("input[type=search]");
    assert_eq!(attribute(&page.one("label"), "for"), Some(input.id()));
    assert!(!page.has("button"), "there is nothing to clear yet");
    type_into(&input, "weber");
    page.appears("button").await;
    page.one("button").click();
    page.vanishes("button").await;
    assert_eq!(value_of(&input), "");
    assert!(has_focus(&input));
}

#[wasm_bindgen_test]
async fn a_select_shows_the_value_and_tells_the_choice() {
    let value = RwSignal::new("b".to_owned());
    let chosen = RwSignal::new(String::new());
    let options = RwSignal::new(vec![
        ("a".to_owned(), "One".to_owned()),
        ("b".to_owned(), "Two".to_owned()),
    ]);
    let page = Page::show(move || {
        view! { <Select label="Sort" value options on_change=move |value| chosen.set(value)/> }
    });
    let select = page.one("select");
    assert_eq!(attribute(&page.one("label"), "for"), Some(select.id()));
    until("the value is shown", || value_of(&select) == "b").await;
    value.set("a".to_owned());
    until("the new value is shown", || value_of(&select) == "a").await;
    options.update(|options| "Eins".clone_into(&mut options[0].1));
    until("the words follow the language", || {
        select.text_content().unwrap().contains("Eins")
    })
    .await;
    until("the choice stays", || value_of(&select) == "a").await;
    type_into(&select, "b");
    send(&select, "Event", "change", &[]);
    assert_eq!(chosen.get_untracked(), "b");
}

#[wasm_bindgen_test]
async fn leaving_a_field_is_told() {
    let (value, left) = (RwSignal::new(String::new()), RwSignal::new(0));
    let page = Page::show(move || {
        let on_blur = Callback::new(move |()| left.update(|left| *left += 1));
        view! {
            <TextField label="Name" value name="name" on_blur/>
            <PasswordField label="Password" value name="password" on_blur/>
        }
    });
    page.one("[name=name]").focus().unwrap();
    assert_eq!(left.get_untracked(), 0);
    page.one("[name=password]").focus().unwrap();
    assert_eq!(left.get_untracked(), 1);
    page.one("[name=password]").blur().unwrap();
    assert_eq!(left.get_untracked(), 2);
}

#[wasm_bindgen_test]
async fn what_may_only_be_read_can_still_be_reached() {
    let value = RwSignal::new("DE-1".to_owned());
    let page = Page::show(move || view! { <TextField label="Number" value name="number" readonly=true/> });
    let input = page.one("input[readonly]");
    input.focus().unwrap();
    assert!(has_focus(&input));
}

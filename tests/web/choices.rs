//! Parts of a form with which a person chooses: checkbox, switch, radio group, select.

use leptos::prelude::*;
use portico::ui::{Checkbox, RadioGroup, SelectField, Switch};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::page::{Page, attribute, send, settle, type_into, until, value_of};

fn checked(element: &HtmlElement) -> bool {
    element.unchecked_ref::<HtmlInputElement>().checked()
}

fn two() -> Vec<(String, String)> {
    vec![
        ("mail".to_owned(), "By mail".to_owned()),
        ("phone".to_owned(), "By telephone".to_owned()),
    ]
}

#[wasm_bindgen_test]
async fn a_checkbox_is_ticked_by_its_label_and_tied_to_its_notes() {
    let (value, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let left = RwSignal::new(0);
    let page = Page::show(move || {
        let on_blur = Callback::new(move |()| left.update(|left| *left += 1));
        view! { <Checkbox label="I agree" value name="agree" hint="To all of it" error required=true on_blur/> }
    });
    let input = page.one("input[type=checkbox][name=agree]");
    assert_eq!(attribute(&input, "aria-required").as_deref(), Some("true"));
    page.one("label").click();
    assert!(value.get_untracked() && checked(&input));
    value.set(false);
    until("it follows its value", || !checked(&input)).await;
    error.set(Some("You must agree.".to_owned()));
    page.appears("[aria-invalid=true]").await;
    let described = attribute(&input, "aria-describedby").unwrap();
    for note in [".field__error", ".field__hint"] {
        assert!(described.contains(&page.one(note).id()), "{note}");
    }
    input.focus().unwrap();
    input.blur().unwrap();
    assert_eq!(left.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_checkbox_can_stand_for_some_of_many() {
    let (value, mixed) = (RwSignal::new(false), RwSignal::new(true));
    let page = Page::show(move || view! { <Checkbox label="All" value name="all" mixed/> });
    let input: HtmlInputElement = page.one("input").unchecked_into();
    until("it is mixed", || input.indeterminate()).await;
    mixed.set(false);
    until("it is not mixed any more", || !input.indeterminate()).await;
}

#[wasm_bindgen_test]
async fn a_switch_is_turned_at_once_but_not_while_it_is_turning() {
    let (value, pending) = (RwSignal::new(false), RwSignal::new(false));
    let turned = RwSignal::new(Vec::new());
    let page = Page::show(move || {
        let on_change = Callback::new(move |on| turned.update(|turned| turned.push(on)));
        view! { <Switch label="Send me mails" value name="mails" pending on_change/> }
    });
    let input = page.one("input[role=switch]");
    assert_eq!(attribute(&page.one("label"), "for"), Some(input.id()));
    page.one("label").click();
    assert_eq!(turned.get_untracked(), [true]);
    pending.set(true);
    page.appears("[role=switch][aria-busy=true]").await;
    input.focus().unwrap();
    input.click();
    settle().await;
    assert_eq!(turned.get_untracked(), [true], "it is under way");
    assert!(value.get_untracked() && checked(&input));
    pending.set(false);
    page.vanishes("[aria-busy]").await;
    input.click();
    assert_eq!(turned.get_untracked(), [true, false]);
}

#[wasm_bindgen_test]
async fn a_radio_group_is_one_stop_with_a_name_and_native_choices() {
    let (value, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let left = RwSignal::new(0);
    let page = Page::show(move || {
        let on_blur = Callback::new(move |()| left.update(|left| *left += 1));
        view! {
            <RadioGroup label="How to reach" value name="channel" options=two() error required=true on_blur/>
            <button id="after" type="button"></button>
        }
    });
    let group = page.one("fieldset[role=radiogroup]");
    let legend = page.one("legend");
    assert_eq!(attribute(&group, "aria-labelledby"), Some(legend.id()));
    assert_eq!(attribute(&group, "aria-required").as_deref(), Some("true"));
    let radios = page.all("input[type=radio][name=channel]");
    assert_eq!(radios.len(), 2);
    assert!(!radios.iter().any(checked), "nothing is chosen beforehand");
    page.all("label")[1].click();
    assert_eq!(value.get_untracked(), "phone");
    value.set("mail".to_owned());
    until("it follows its value", || {
        checked(&radios[0]) && !checked(&radios[1])
    })
    .await;
    error.set(Some("Choose one.".to_owned()));
    page.appears("[role=radiogroup][aria-invalid=true]").await;
    assert_eq!(
        attribute(&group, "aria-describedby"),
        Some(page.one(".field__error").id())
    );
    radios[0].focus().unwrap();
    radios[1].focus().unwrap();
    assert_eq!(left.get_untracked(), 0, "the focus is still in the group");
    page.one("#after").focus().unwrap();
    assert_eq!(left.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_disabled_radio_group_disables_its_choices() {
    let value = RwSignal::new("mail".to_owned());
    let page = Page::show(move || {
        view! { <RadioGroup label="How to reach" value name="channel" options=two() disabled=true/> }
    });
    assert_eq!(page.all("input:disabled").len(), 2);
}

#[wasm_bindgen_test]
async fn a_select_field_starts_with_nothing_and_keeps_what_is_no_choice_any_more() {
    let (value, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let page = Page::show(move || {
        view! { <SelectField label="Channel" value name="channel" options=two() error required=true/> }
    });
    let select = page.one("select[name=channel]");
    assert_eq!(attribute(&page.one("label"), "for"), Some(select.id()));
    until("nothing is chosen", || value_of(&select).is_empty()).await;
    assert_eq!(page.all("option").len(), 3);
    type_into(&select, "mail");
    send(&select, "Event", "change", &[]);
    assert_eq!(value.get_untracked(), "mail");
    until("nothing cannot be chosen any more", || {
        page.all("option").len() == 2
    })
    .await;
    assert_eq!(value_of(&select), "mail");
    value.set("pigeon".to_owned());
    until("what it was is shown", || value_of(&select) == "pigeon").await;
    error.set(Some("No longer possible.".to_owned()));
    page.appears("select[aria-invalid=true]").await;
    assert_eq!(
        attribute(&select, "aria-describedby"),
        Some(page.one(".field__error").id())
    );
}

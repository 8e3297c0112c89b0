//! Fields whose text must be understood: numbers, money, dates, telephone numbers, codes.

use leptos::prelude::*;
use portico::ui::{CodeField, DateField, Entry, MoneyField, NumberField, PhoneField};
use portico_contract::money::Currency;
use portico_contract::time::Date;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, attribute, send, settle, type_into, until, value_of};

fn leave(field: &web_sys::HtmlElement) {
    send(field, "FocusEvent", "blur", &[]);
}

fn enter(field: &web_sys::HtmlElement) {
    send(field, "FocusEvent", "focus", &[]);
}

#[wasm_bindgen_test]
async fn a_number_is_shown_in_groups_and_edited_without() {
    let value = RwSignal::new(Entry::Value(12_345));
    let page =
        Page::show(move || view! { <NumberField label="Share" value name="share" decimals=1 unit="%"/> });
    let input = page.one("input[name=share]");
    assert_eq!(attribute(&input, "inputmode").as_deref(), Some("decimal"));
    until("it is shown in groups", || value_of(&input) == "1,234.5").await;
    let described = attribute(&input, "aria-describedby").unwrap();
    assert!(described.contains(&page.one(".number-field__unit").id()));
    enter(&input);
    until("it is edited without", || value_of(&input) == "1234.5").await;
    type_into(&input, "1234567.");
    assert_eq!(value.get_untracked(), Entry::Value(12_345_670));
    settle().await;
    assert_eq!(value_of(&input), "1234567.", "nothing changes under the fingers");
    leave(&input);
    until("it is shown in groups again", || value_of(&input) == "1,234,567").await;
    value.set(Entry::Empty);
    until("it can be emptied from outside", || value_of(&input).is_empty()).await;
}

#[wasm_bindgen_test]
async fn what_is_no_number_is_kept_and_told_after_leaving() {
    let value = RwSignal::new(Entry::<i64>::Empty);
    let page = Page::show(move || view! { <NumberField label="Employees" value name="employees"/> });
    let input = page.one("input");
    assert_eq!(attribute(&input, "inputmode").as_deref(), Some("numeric"));
    enter(&input);
    type_into(&input, "about 50");
    assert_eq!(value.get_untracked(), Entry::Unclear("about 50".to_owned()));
    settle().await;
    assert!(!page.has("[aria-invalid]"), "not while it is being typed");
    leave(&input);
    page.appears("input[aria-invalid=true]").await;
    assert_eq!(value_of(&input), "about 50");
    enter(&input);
    type_into(&input, "50");
    leave(&input);
    page.vanishes("[aria-invalid]").await;
    assert_eq!(value.get_untracked(), Entry::Value(50));
}

#[wasm_bindgen_test]
async fn money_keeps_its_amount_when_the_currency_changes() {
    let value = RwSignal::new(Entry::Value(120_050));
    let currency = RwSignal::new(Currency::Eur);
    let page = Page::show(move || view! { <MoneyField label="Amount" value currency name="amount"/> });
    let (input, select) = (
        page.one("input[name=amount]"),
        page.one("select[name=amount_currency]"),
    );
    until("it is shown", || value_of(&input) == "1,200.50").await;
    until("the currency is shown", || value_of(&select) == "EUR").await;
    assert!(attribute(&select, "aria-label").is_some());
    type_into(&select, "CHF");
    send(&select, "Event", "change", &[]);
    assert_eq!(currency.get_untracked(), Currency::Chf);
    assert_eq!(value.get_untracked(), Entry::Value(120_050));
    enter(&input);
    type_into(&input, "7");
    leave(&input);
    until("cents are always shown", || value_of(&input) == "7.00").await;
    assert_eq!(value.get_untracked(), Entry::Value(700));
}

#[wasm_bindgen_test]
async fn a_fixed_currency_is_part_of_the_description() {
    let (value, currency) = (RwSignal::new(Entry::Empty), RwSignal::new(Currency::Cny));
    let page = Page::show(move || {
        view! { <MoneyField label="Amount" value currency name="amount" fixed_currency=true/> }
    });
    assert!(!page.has("select"));
    assert_eq!(
        attribute(&page.one("input"), "aria-describedby"),
        Some(page.one(".money-field__unit").id())
    );
}

#[wasm_bindgen_test]
async fn a_date_is_the_browsers_own_and_follows_its_value() {
    let date = |text: &str| Date::try_from(text.to_owned()).unwrap();
    let value = RwSignal::new(Entry::Value(date("2026-11-25")));
    let left = RwSignal::new(0);
    let page = Page::show(move || {
        let on_blur = Callback::new(move |()| left.update(|left| *left += 1));
        view! { <DateField label="Close" value name="close" min=date("2026-01-01") on_blur/> }
    });
    let input = page.one("input[type=date][name=close]");
    until("it is shown", || value_of(&input) == "2026-11-25").await;
    assert_eq!(attribute(&input, "min").as_deref(), Some("2026-01-01"));
    assert_eq!(attribute(&input, "max").as_deref(), Some("9999-12-31"));
    type_into(&input, "2026-12-01");
    assert_eq!(value.get_untracked(), Entry::Value(date("2026-12-01")));
    type_into(&input, "");
    assert_eq!(value.get_untracked(), Entry::Empty);
    leave(&input);
    assert_eq!(left.get_untracked(), 1);
    value.set(Entry::Unclear(String::new()));
    page.appears("input[aria-invalid=true]").await;
}

#[wasm_bindgen_test]
async fn a_pasted_telephone_number_is_tidied_after_leaving() {
    let value = RwSignal::new(String::new());
    let page = Page::show(move || view! { <PhoneField label="Telephone" value name="phone"/> });
    let input = page.one("input[type=tel][inputmode=tel][autocomplete=tel]");
    type_into(&input, "\u{202d}+49 30\u{2011}1234\u{202c}");
    settle().await;
    assert!(!page.has(".field__hint"));
    leave(&input);
    until("it is tidy", || value_of(&input) == "+49 30-1234").await;
    type_into(&input, "ask Anna");
    leave(&input);
    page.appears(".field__hint").await;
    assert!(!page.has("[aria-invalid]"), "it is pointed out, not refused");
    assert_eq!(value.get_untracked(), "ask Anna");
}

#[wasm_bindgen_test]
async fn a_code_can_be_pasted_with_spaces_and_tells_when_it_is_complete() {
    let (value, pending) = (RwSignal::new(String::new()), RwSignal::new(false));
    let complete = RwSignal::new(Vec::<String>::new());
    let page = Page::show(move || {
        let on_complete = Callback::new(move |code| complete.update(|complete| complete.push(code)));
        view! { <CodeField label="Code" value name="code" pending on_complete/> }
    });
    let input = page.one("input[autocomplete=one-time-code][inputmode=numeric]");
    assert_eq!(attribute(&input, "maxlength"), None);
    type_into(&input, "12345");
    assert!(complete.get_untracked().is_empty());
    type_into(&input, "123-456");
    assert_eq!(complete.get_untracked(), ["123456"]);
    assert_eq!(value.get_untracked(), "123456");
    settle().await;
    assert_eq!(value_of(&input), "123-456", "it stays as it was typed");
    type_into(&input, "123 456");
    assert_eq!(complete.get_untracked().len(), 1, "it is the same code");
    pending.set(true);
    page.appears("input[readonly][aria-busy=true]").await;
    pending.set(false);
    value.set(String::new());
    until("a refused code can be taken away", || value_of(&input).is_empty()).await;
    type_into(&input, "123456");
    assert_eq!(complete.get_untracked().len(), 2);
}

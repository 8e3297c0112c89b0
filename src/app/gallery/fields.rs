//! What is filled in.

use leptos::prelude::*;
use portico_contract::money::Currency;
use portico_contract::time::Date;

use super::frame::{State, field, part};
use crate::ui::{
    CodeField, DateField, Entry, MoneyField, NumberField, PasswordField, PhoneField, SearchField, TextField,
    TextareaField,
};

/// The properties that every field has.
macro_rules! in_state {
    ($part:ident, $state:ident, $value:expr, $($more:tt)*) => {
        view! {
            <$part
                label=$state.label() name=$state.name(stringify!($part)) value=RwSignal::new($value)
                hint=$state.hint() error=$state.error() required=$state.is_required() disabled=$state.is_disabled()
                $($more)*
            />
        }
        .into_any()
    };
}

pub(super) fn parts() -> Vec<AnyView> {
    let text = |words: &str, state: State| state.filled(words.to_owned());
    let number = |number: i64, state: State| state.filled(Entry::Value(number));
    let date = || Date::try_from("2026-11-27".to_owned()).map_or(Entry::Empty, Entry::Value);
    vec![
        field("TextField", |state| {
            in_state!(TextField, state, text("Weber GmbH", state),)
        }),
        part("TextField, to be read only", vec![read_only()]),
        field("PasswordField", |state| {
            in_state!(
                PasswordField,
                state,
                text("correct horse", state),
                autocomplete = "off"
            )
        }),
        field("TextareaField", |state| {
            in_state!(
                TextareaField,
                state,
                text("Called twice.\nWill call again.", state),
                limit = 40
            )
        }),
        part(
            "SearchField",
            vec![search("Empty search", ""), search("Search", "weber")],
        ),
        field(
            "NumberField",
            |state| in_state!(NumberField, state, number(123_456, state), decimals=2 unit="kg"),
        ),
        field("MoneyField", |state| {
            in_state!(
                MoneyField,
                state,
                number(1_250_000, state),
                currency = RwSignal::new(Currency::Eur)
            )
        }),
        field("DateField", |state| {
            in_state!(DateField, state, state.filled(date()),)
        }),
        field("PhoneField", |state| {
            in_state!(PhoneField, state, text("+49 30 1234567", state),)
        }),
        field("CodeField", |state| {
            in_state!(CodeField, state, text("123456", state),)
        }),
    ]
}

fn read_only() -> AnyView {
    let value = RwSignal::new("K-10017".to_owned());
    view! { <TextField label="Customer number" value name="read-only" readonly=true/> }.into_any()
}

fn search(label: &'static str, text: &str) -> AnyView {
    let value = RwSignal::new(text.to_owned());
    view! {
        <SearchField label value on_input=move |text| value.set(text) placeholder="Name or number"/>
    }
    .into_any()
}

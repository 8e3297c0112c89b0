//! What is chosen.

use leptos::prelude::*;

use super::frame::{State, field, part};
use crate::ui::{Checkbox, Combobox, RadioGroup, Select, SelectField, Switch, TagInput};

pub(super) fn parts() -> Vec<AnyView> {
    vec![
        field("Checkbox", checkbox),
        part("Checkbox, mixed", vec![mixed()]),
        field("Switch", switch),
        part("Switch, busy", vec![busy_switch()]),
        field("RadioGroup", radio_group),
        part("Select", vec![select()]),
        field("SelectField", select_field),
        field("Combobox", combobox),
        part("Combobox, of any text", vec![free()]),
        field("TagInput", tag_input),
    ]
}

fn options() -> Vec<(String, String)> {
    [
        ("cn", "China"),
        ("de", "Germany"),
        ("gb", "United Kingdom"),
        ("ch", "Switzerland"),
    ]
    .map(|(value, words)| (value.to_owned(), words.to_owned()))
    .into()
}

fn checkbox(state: State) -> AnyView {
    let value = RwSignal::new(state.filled(true));
    view! {
        <Checkbox
            label=state.label() name=state.name("checkbox") value hint=state.hint() error=state.error()
            required=state.is_required() disabled=state.is_disabled()
        />
    }
    .into_any()
}

fn mixed() -> AnyView {
    view! { <Checkbox label="Some of them" name="mixed" value=RwSignal::new(false) mixed=true/> }.into_any()
}

fn switch(state: State) -> AnyView {
    let value = RwSignal::new(state.filled(true));
    view! {
        <Switch
            label=state.label() name=state.name("switch") value hint=state.hint() error=state.error()
            disabled=state.is_disabled()
        />
    }
    .into_any()
}

fn busy_switch() -> AnyView {
    view! { <Switch label="Being turned" name="busy" value=RwSignal::new(true) pending=true/> }.into_any()
}

fn radio_group(state: State) -> AnyView {
    let value = RwSignal::new(state.filled("de".to_owned()));
    view! {
        <RadioGroup
            label=state.label() name=state.name("radio") value options=options() hint=state.hint()
            error=state.error() required=state.is_required() disabled=state.is_disabled()
        />
    }
    .into_any()
}

fn select() -> AnyView {
    let value = RwSignal::new("de".to_owned());
    view! {
        <Select label="Select" value options=options() on_change=move |chosen| value.set(chosen)/>
    }
    .into_any()
}

fn select_field(state: State) -> AnyView {
    let value = RwSignal::new(state.filled("de".to_owned()));
    view! {
        <SelectField
            label=state.label() name=state.name("select") value options=options() hint=state.hint()
            error=state.error() required=state.is_required() disabled=state.is_disabled()
        />
    }
    .into_any()
}

fn combobox(state: State) -> AnyView {
    let value = RwSignal::new(state.filled("de".to_owned()));
    view! {
        <Combobox
            label=state.label() name=state.name("combobox") value options=options() hint=state.hint()
            error=state.error() required=state.is_required() disabled=state.is_disabled()
        />
    }
    .into_any()
}

fn free() -> AnyView {
    let value = RwSignal::new("Atlantis".to_owned());
    view! { <Combobox label="Any text" name="free" value options=options() free=true/> }.into_any()
}

fn tag_input(state: State) -> AnyView {
    let words = |words: &[&str]| -> Vec<String> { words.iter().map(|&word| word.to_owned()).collect() };
    let value = RwSignal::new(state.filled(words(&["VIP", "A tag that is much longer than the others"])));
    let suggestions = Signal::stored(words(&["Trade fair", "Trial", "VIP"]));
    view! {
        <TagInput
            label=state.label() name=state.name("tags") value suggestions hint=state.hint() error=state.error()
            required=state.is_required() disabled=state.is_disabled() limit=5 longest=40
        />
    }
    .into_any()
}

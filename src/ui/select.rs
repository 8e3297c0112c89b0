//! A choice of one among a few.

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;

use super::field::unique_id;
use super::icon::{Icon, IconName};

/// The browser's own select: it works with every keyboard, phone and screen reader. For toolbars; in a form use
/// [`SelectField`](super::SelectField).
#[component]
pub fn Select(
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// The value chosen.
    #[prop(into)]
    value: Signal<String>,
    /// The choices: value and words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The person chose.
    #[prop(into)]
    on_change: Callback<String>,
    /// The label is for screen readers only.
    #[prop(optional)]
    label_hidden: bool,
    /// It cannot be chosen.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let id = unique_id("select");
    let label_class = if label_hidden {
        "visually-hidden"
    } else {
        "select__label"
    };
    let attributes = view! { <{..} id=id.clone() disabled=move || disabled.get()/> };
    view! {
        <div class="select">
            <label class=label_class for=id>{move || label.get()}</label>
            {select_box(value, options, on_change, attributes)}
        </div>
    }
}

/// The select itself with the sign that it opens.
pub(super) fn select_box(
    value: Signal<String>,
    options: Signal<Vec<(String, String)>>,
    on_change: Callback<String>,
    attributes: impl Attribute,
) -> impl IntoView {
    let option = move |(choice, words): (String, String)| {
        let mine = choice.clone();
        view! {
            <option value=choice prop:selected=move || value.with(|value| *value == mine)>{words}</option>
        }
    };
    view! {
        <div class="select__box">
            <select
                {..attributes}
                class="select__control"
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                // The words are part of the key, so that they follow a change of language.
                <For each=move || options.get() key=Clone::clone children=option/>
            </select>
            <Icon name=IconName::ChevronDown/>
        </div>
    }
}

//! One among a few, all in sight.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::field::{Control, FieldIds, error_line, hint_line, left};
use crate::platform::document;

/// Choices of which one is taken, all in sight. They are the browser's own, so the arrow keys move the choice.
#[component]
pub fn RadioGroup(
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// The value chosen, empty for none.
    value: RwSignal<String>,
    /// The field's name, which ties the choices together.
    #[prop(into)]
    name: String,
    /// The choices: value and words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Helps to choose.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Something must be chosen.
    #[prop(optional)]
    required: bool,
    /// It cannot be chosen.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The person left the group.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let ids = FieldIds::new();
    let legend = format!("{}-legend", ids.control);
    let legend_id = legend.clone();
    let control = Control {
        ids: ids.clone(),
        name: name.clone(),
        hint,
        error,
        required,
        disabled,
        on_blur,
    };
    let root = NodeRef::<html::Fieldset>::new();
    let moved = move |event: ev::FocusEvent| {
        let group = root.try_get_untracked().flatten();
        if group.is_some_and(|group| !document::moves_within(&group, &event)) {
            left(on_blur);
        }
    };
    let option = {
        let id = ids.control.clone();
        move |(choice, words): (String, String)| {
            view! { <Choice id=format!("{id}-{choice}") name=name.clone() choice words value/> }
        }
    };
    view! {
        <fieldset
            node_ref=root
            class="radio-group"
            role="radiogroup"
            aria-labelledby=legend
            aria-required=required.then_some("true")
            aria-invalid=control.invalid()
            aria-describedby=control.described_by(None)
            disabled=move || disabled.get()
            on:focusout=moved
        >
            <legend class="field__label radio-group__legend" id=legend_id>{move || label.get()}</legend>
            {hint_line(ids.hint, hint)}
            <div class="radio-group__choices">
                // The words are part of the key, so that they follow a change of language.
                <For each=move || options.get() key=Clone::clone children=option/>
            </div>
            {error_line(ids.error, error)}
        </fieldset>
    }
}

#[component]
fn Choice(id: String, name: String, choice: String, words: String, value: RwSignal<String>) -> impl IntoView {
    let mine = choice.clone();
    let chosen = choice.clone();
    view! {
        <div class="radio-group__choice">
            <input
                class="radio-group__control"
                type="radio"
                id=id.clone()
                name=name
                value=choice
                prop:checked=move || value.with(|value| *value == mine)
                on:change=move |_| value.set(chosen.clone())
            />
            <label class="radio-group__label" for=id>{words}</label>
        </div>
    }
}

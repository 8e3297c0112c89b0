//! A line of text.

use leptos::html;
use leptos::prelude::*;

use super::field::{Control, Field, FieldIds};
use crate::platform::document;

/// A field for a line of text, with its label above it.
#[component]
pub fn TextField(
    /// What to fill in.
    #[prop(into)]
    label: Signal<String>,
    /// What is filled in.
    value: RwSignal<String>,
    /// The field's name, for password managers, autofill and a summary of errors that leads here.
    #[prop(into)]
    name: String,
    /// The `type` of the control.
    #[prop(default = "text")]
    kind: &'static str,
    /// What browsers and password managers may fill in.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The keyboard of a phone.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// Taken as it is typed: no capital letters and no spelling help. For codes and account names.
    #[prop(optional)]
    verbatim: bool,
    /// Helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with what is filled in.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// It cannot be left empty.
    #[prop(optional)]
    required: bool,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// It cannot be filled in.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// It can be read and copied, not changed.
    #[prop(optional, into)]
    readonly: Signal<bool>,
    /// The person typed; the value is set already.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
    /// The person left the field.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let ids = FieldIds::new();
    let control = Control {
        ids: ids.clone(),
        name,
        hint,
        error,
        required,
        disabled,
        on_blur,
    };
    let node = NodeRef::<html::Input>::new();
    if autofocus {
        node.on_load(|input| document::focus_element(&input));
    }
    let typed = move |event| {
        let text = event_target_value(&event);
        value.set(text.clone());
        if let Some(on_input) = on_input {
            on_input.run(text);
        }
    };
    view! {
        <Field ids label hint error>
            <input
                {..control.attributes(None)}
                node_ref=node
                class="field__control"
                type=kind
                autocomplete=autocomplete
                inputmode=inputmode
                autocapitalize=verbatim.then_some("none")
                spellcheck=verbatim.then_some("false")
                readonly=move || readonly.get()
                prop:value=move || value.get()
                on:input=typed
            />
        </Field>
    }
}

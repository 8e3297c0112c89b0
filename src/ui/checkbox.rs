//! Yes or no, as part of a form.

use leptos::prelude::*;

use super::field::{Control, FieldIds, error_line, hint_line};

/// A box to tick, with its label beside it. Nothing happens by ticking alone; what acts at once is a
/// [`Switch`](super::Switch).
#[component]
pub fn Checkbox(
    /// What is agreed to or chosen.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    value: RwSignal<bool>,
    /// The field's name.
    #[prop(into)]
    name: String,
    /// Some of what it stands for is chosen and some is not.
    #[prop(optional, into)]
    mixed: Signal<bool>,
    /// Helps to decide.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// It must be ticked.
    #[prop(optional)]
    required: bool,
    /// It cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The person changed it; the value is set already.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
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
    let changed = move |event| {
        let ticked = event_target_checked(&event);
        value.set(ticked);
        if let Some(on_change) = on_change {
            on_change.run(ticked);
        }
    };
    view! {
        <div class="checkbox" data-invalid=move || error.with(Option::is_some).then_some("")>
            <div class="checkbox__line">
                <input
                    {..control.attributes(None)}
                    class="checkbox__control"
                    type="checkbox"
                    prop:checked=move || value.get()
                    prop:indeterminate=move || mixed.get()
                    on:change=changed
                />
                <label class="checkbox__label" for=ids.control.clone()>{move || label.get()}</label>
            </div>
            <div class="checkbox__notes">
                {hint_line(ids.hint, hint)}
                {error_line(ids.error, error)}
            </div>
        </div>
    }
}

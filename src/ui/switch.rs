//! On or off, at once.

use leptos::prelude::*;

use super::field::{Control, FieldIds, error_line, hint_line};

/// A switch: what it stands for happens when it is turned. While that is under way it says so and cannot be turned
/// again; it keeps the keyboard's focus.
#[component]
pub fn Switch(
    /// What is on or off.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    value: RwSignal<bool>,
    /// The field's name.
    #[prop(into)]
    name: String,
    /// Turning it is under way.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Says what it changes.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Why it could not be turned.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// It cannot be turned.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The person turned it; the value is set already.
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
        required: false,
        disabled,
        on_blur,
    };
    let changed = move |event| {
        let on = event_target_checked(&event);
        value.set(on);
        if let Some(on_change) = on_change {
            on_change.run(on);
        }
    };
    let waiting = move || pending.get().then_some("true");
    view! {
        <div class="switch" data-invalid=move || error.with(Option::is_some).then_some("")>
            <div class="switch__line">
                <label class="switch__label" for=ids.control.clone()>{move || label.get()}</label>
                <input
                    {..control.attributes(None)}
                    class="switch__control"
                    type="checkbox"
                    role="switch"
                    aria-busy=waiting
                    aria-disabled=waiting
                    prop:checked=move || value.get()
                    // Not disabled, which would drop the focus.
                    on:click=move |event| if pending.get_untracked() { event.prevent_default() }
                    on:change=changed
                />
            </div>
            {hint_line(ids.hint, hint)}
            {error_line(ids.error, error)}
        </div>
    }
}

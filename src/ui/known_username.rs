//! Whose password a form is about, for password managers.

use leptos::prelude::*;

/// Managers look for the name beside a password. People know it already: nobody sees or reaches this field.
#[component]
pub fn KnownUsername(
    /// What the person signs in with.
    #[prop(into)]
    value: Signal<String>,
) -> impl IntoView {
    view! {
        <input
            class="visually-hidden"
            type="text"
            name="username"
            autocomplete="username"
            tabindex="-1"
            aria-hidden="true"
            readonly
            prop:value=move || value.get()
        />
    }
}

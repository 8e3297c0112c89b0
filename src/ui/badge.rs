//! A state in one word.

use leptos::prelude::*;

use super::tone::Tone;

/// A state, such as a customer's status.
#[component]
pub fn Badge(
    /// What the state means.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// The state.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! { <span class="badge" data-tone=move || tone.get().name()>{move || label.get()}</span> }
}

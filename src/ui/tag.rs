//! A word that people attach to a record.

use leptos::prelude::*;

/// A tag.
#[component]
pub fn Tag(
    /// The tag's own word.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! { <span class="tag">{move || label.get()}</span> }
}

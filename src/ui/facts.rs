//! What is known about a record: names and values.

use leptos::prelude::*;

/// A list of [`Fact`]s.
#[component]
pub fn Facts(
    /// The facts.
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One name and its value.
#[component]
pub fn Fact(
    /// What it is.
    #[prop(into)]
    name: Signal<String>,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! { <div class="facts__item"><dt>{name}</dt><dd>{children()}</dd></div> }
}

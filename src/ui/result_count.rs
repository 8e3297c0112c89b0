//! How many a list has found.

use leptos::prelude::*;

use crate::i18n::{Message, use_i18n};

/// How many a list has found. It is always there, so that a screen reader hears the number change with the search.
#[component]
pub fn ResultCount(
    /// How many; nothing as long as nobody knows.
    #[prop(into)]
    total: Signal<Option<u64>>,
    /// The number in words.
    words: fn(u64) -> Message,
) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || total.get().map(|total| i18n.message(&words(total)));
    view! { <p class="page__count" role="status">{text}</p> }
}

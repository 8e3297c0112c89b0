//! The product's mark.

use leptos::prelude::*;

/// The portico: two columns under a lintel. Decorative, because the product's name stands beside it.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path class="mark__ground" d="M8 0h16a8 8 0 0 1 8 8v16a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8V8a8 8 0 0 1 8-8z"></path>
            <path class="mark__lines" d="M6 11.5 16 6l10 5.5v2H6zM9 15.5h4V24H9zM19 15.5h4V24h-4zM6 24h20v2.5H6z"></path>
        </svg>
    }
}

//! What stands in for content on its way.

use leptos::prelude::*;

/// Grey lines in the shape of a text. The style sheet shows them only after 150 ms, so that a fast answer never flashes.
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 3)]
    lines: usize,
) -> impl IntoView {
    let lines = (0..lines)
        .map(|_| view! { <span class="skeleton__line"></span> })
        .collect_view();
    view! { <div class="skeleton" aria-hidden="true">{lines}</div> }
}

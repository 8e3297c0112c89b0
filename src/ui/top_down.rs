//! Parts of a page that each fetch their own: a part is shown once those above it are, so that none of them pushes away what
//! somebody is about to press.

use leptos::context::Provider;
use leptos::prelude::*;

/// What each part, from the top, has to say about whether it has come to something.
#[derive(Clone, Copy)]
struct Parts(StoredValue<Vec<Signal<bool>>>);

/// Shows the parts among `children`, which are [`LoadView`](super::LoadView)s and [`Awaited`](super::Awaited)s, from the top down.
/// Their order is the one in which they are made: what is drawn only later, inside a closure, comes after the others.
#[component]
pub fn TopDown(
    /// The parts, in their order on the page.
    children: Children,
) -> impl IntoView {
    view! { <Provider value=Parts(StoredValue::new(Vec::new()))>{children()}</Provider> }
}

/// Puts a part below those that were named before. It is `settled` once it has something to show, or failed to get it. Gives
/// whether those above have settled; of a part that stands alone there are none.
pub(super) fn below_others(settled: Signal<bool>) -> Signal<bool> {
    let above = use_context().and_then(|Parts(parts)| {
        let above = parts.try_get_value();
        parts.try_update_value(|parts| parts.push(settled));
        above
    });
    let above = above.unwrap_or_default();
    // A part that is gone keeps nobody waiting.
    Signal::derive(move || above.iter().all(|part| part.try_get().unwrap_or(true)))
}

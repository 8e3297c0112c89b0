//! Parts of a page that each fetch their own: a part is shown once those above it are, so that none of them pushes away what
//! somebody is about to press.

use leptos::prelude::*;

/// What each part, from the top, has to say about whether it has come to something.
#[derive(Clone, Copy)]
struct Parts(StoredValue<Vec<Signal<bool>>>);

/// Shows the [`LoadView`](super::LoadView)s among `children` from the top down.
#[component]
pub fn TopDown(
    /// The parts, in their order on the page.
    children: Children,
) -> impl IntoView {
    provide_context(Parts(StoredValue::new(Vec::new())));
    children()
}

/// Puts a part below those that were named before. It is `settled` once it has something to show, or failed to get it. Gives
/// whether those above have settled; of a part that stands alone there are none.
pub fn below_others(settled: Signal<bool>) -> Signal<bool> {
    let Some(Parts(parts)) = use_context() else {
        return Signal::stored(true);
    };
    let above = parts.get_value();
    parts.update_value(|parts| parts.push(settled));
    // A part that is gone keeps nobody waiting.
    Signal::derive(move || above.iter().all(|part| part.try_get().unwrap_or(true)))
}

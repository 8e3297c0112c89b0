//! Why the last try did not work.

use leptos::prelude::*;

use crate::i18n::explain::Explanation;
use crate::i18n::use_i18n;
use crate::ui::{Banner, Tone};

/// Says why. What was typed stays.
#[component]
pub(super) fn Failure(
    /// Why, if it did not.
    failure: Signal<Option<Explanation>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let text = Signal::derive(move || {
        let said = |it: &Explanation| it.in_a_line(i18n);
        failure
            .with(|failure| failure.as_ref().map(said))
            .unwrap_or_default()
    });
    view! {
        <Show when=move || failure.with(Option::is_some)>
            <Banner tone=Tone::Danger text />
        </Show>
    }
}

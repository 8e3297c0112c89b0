//! What a place says whose content could not be had.

use leptos::prelude::*;

use super::button::Button;
use super::icon::{Icon, IconName};
use crate::i18n::explain::Explanation;
use crate::i18n::texts::common;
use crate::i18n::{t, use_i18n};

/// What happened, what to do, a way to try again if that may help, and a number to quote.
#[component]
pub fn ErrorState(
    /// The failure in words.
    #[prop(into)]
    explanation: Signal<Explanation>,
    /// Tries again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let retry_label = t(common::RETRY);
    let retry = move || {
        let on_retry = on_retry.filter(|_| explanation.with(|explanation| explanation.retry))?;
        Some(view! { <Button label=retry_label icon=IconName::Refresh on_click=on_retry/> })
    };
    let reference = move || {
        let id = explanation.with(|explanation| explanation.reference.clone())?;
        let words = i18n.message(&common::reference(id));
        Some(view! { <p class="error-state__reference">{words}</p> })
    };
    view! {
        <div class="error-state" role="alert">
            <span class="error-state__icon"><Icon name=IconName::Alert/></span>
            <h2 class="error-state__title">
                {move || explanation.with(|explanation| i18n.message(&explanation.title))}
            </h2>
            <p class="error-state__hint">{move || explanation.with(|explanation| i18n.message(&explanation.hint))}</p>
            {retry}
            {reference}
        </div>
    }
}

//! A failure at the top of what it is about.

use leptos::prelude::*;

use super::banner::{Banner, BannerAction};
use super::tone::Tone;
use crate::i18n::explain::Explanation;
use crate::i18n::texts::common;
use crate::i18n::{t, use_i18n};

/// What went wrong, in one banner that interrupts a screen reader: what happened, what to do, and a number to quote.
/// Nothing as long as nothing went wrong.
#[component]
pub fn FailureBanner(
    /// The failure in words.
    #[prop(into)]
    failure: Signal<Option<Explanation>>,
    /// Tries again, where that may help.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let retry = t(common::RETRY);
    move || {
        let failure = failure.get()?;
        let action = on_retry
            .filter(|_| failure.retry)
            .map(|run| BannerAction::new(retry, run));
        let text = Signal::derive(move || {
            let line = failure.in_a_line(i18n);
            match &failure.reference {
                Some(reference) => format!("{line} ({reference})"),
                None => line,
            }
        });
        Some(view! { <Banner tone=Tone::Danger text action /> })
    }
}

//! How long it is until another try makes sense.

use leptos::prelude::*;

use super::super::model::clock_face;
use crate::i18n::t;
use crate::i18n::texts::auth as words;
use crate::platform::{clock, task};

/// A clock that runs down from `seconds`, and a word when it has. A screen reader hears only the word.
#[component]
pub fn Countdown(
    /// Seconds from now.
    seconds: u32,
) -> impl IntoView {
    let end_ms = clock::now_ms() + f64::from(seconds) * 1_000.0;
    let left = RwSignal::new(seconds);
    task::scoped(async move {
        while left.get_untracked() > 0 {
            clock::sleep(1_000).await;
            // By the clock and not by counting: a tab in the background is woken seldom.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "at most what the backend said, and not less than nothing"
            )]
            left.set(((end_ms - clock::now_ms()) / 1_000.0).ceil().max(0.0) as u32);
        }
    });
    let over = move || left.get() == 0;
    view! {
        <p class="signin__wait">
            <Show when=move || !over()>
                <span>{t(words::TIME_LEFT)}</span>
                <span class="signin__clock" role="timer">{move || clock_face(left.get())}</span>
            </Show>
            <span role="status">{move || over().then(|| t(words::TRY_NOW).get())}</span>
        </p>
    }
}

//! The way back to the sign-in, which keeps what was typed as identifier and where the person wanted to go.

use leptos::prelude::*;

use super::super::door::Frame;
use super::way::Way;
use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::{recovery, second_factor as words};
use crate::ui::{ButtonVariant, LinkButton};

/// Whoever wants to be somebody else, or does not know how to go on.
#[component]
pub(super) fn StartOver(way: Way) -> impl IntoView {
    let href = way.on.address(Route::SignIn);
    view! {
        <p class="recovery__way" on:click=move |_| way.start_over()><a href=href>{t(words::START_OVER)}</a></p>
    }
}

/// The sign-in does not wait any more.
#[component]
pub(super) fn TooLate(way: Way) -> impl IntoView {
    let href = way.on.address(Route::SignIn);
    view! {
        <Frame title=t(recovery::FORCED_OVER)>
            <p role="status">{t(words::OVER_HINT)}</p>
            <div class="recovery__actions" on:click=move |_| way.start_over()>
                <LinkButton label=t(words::SIGN_IN_AGAIN) href variant=ButtonVariant::Primary />
            </div>
        </Frame>
    }
}

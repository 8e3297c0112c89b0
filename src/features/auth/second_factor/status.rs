//! Where the request for a new second factor stands.

use leptos::prelude::*;
use portico_contract::admin::RequestState;

use super::model::status;
use super::way::Way;
use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::second_factor as words;
use crate::ui::{Banner, Button, ButtonVariant, FailureBanner, LinkButton};

/// The newest request, if there is one, and what to do next.
#[component]
pub(super) fn Status(way: Way) -> impl IntoView {
    let request = Memo::new(move |_| way.request());
    move || {
        request.get().map(|request| {
            let (tone, text) = status(request);
            view! {
                <div class="two-factor__status">
                    <Banner tone text=t(text) />
                    <Next way request />
                </div>
            }
        })
    }
}

#[component]
fn Next(way: Way, request: RequestState) -> impl IntoView {
    let look = Callback::new(move |()| way.look_again());
    match request {
        RequestState::Open => view! {
            <FailureBanner failure=way.looking.failure() />
            <div class="two-factor__look">
                <Button label=t(words::LOOK_AGAIN) pending=way.looking.pending on_click=look />
                <span role="status">{move || way.is_unanswered.get().then(|| t(words::UNANSWERED).get())}</span>
            </div>
        }
        .into_any(),
        RequestState::Sent => {
            let href = way.on.address(Route::SignIn);
            view! {
                <div class="recovery__actions" on:click=move |_| way.start_over()>
                    <LinkButton label=t(words::SIGN_IN_AGAIN) href variant=ButtonVariant::Primary />
                </div>
            }
            .into_any()
        }
        RequestState::Declined => ().into_any(),
    }
}

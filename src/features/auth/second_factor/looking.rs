//! A page that was loaded anew, or that a phone threw away while its owner looked for the code: what its sign-in waits for
//! is asked.

use leptos::prelude::*;

use super::super::door::{Checking, Frame};
use super::start_over::StartOver;
use super::way::Way;
use crate::api::query::Query;
use crate::api::{ApiError, second_factor};
use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::second_factor as words;

/// Asks, and leads to the sign-in if there is nothing to go on with.
#[component]
pub(super) fn Looking(way: Way) -> impl IntoView {
    let (client, session) = (way.client(), way.session());
    let found = Query::new(
        || (),
        move |()| async move {
            let step = second_factor::resume(client).await?;
            Ok(session.follow(step))
        },
    );
    Effect::new(move |_| {
        if matches!(found.error(), Some(ApiError::SignInExpired)) {
            way.on.go(Route::SignIn);
        } else if let Some(pending) = found.get() {
            way.doorway().take(pending);
        }
    });
    view! {
        <Frame title=t(words::HEADING)>
            <Checking text=t(words::LOOKING) problem=found.problem() on_retry=found.on_retry() />
            <StartOver way />
        </Frame>
    }
}

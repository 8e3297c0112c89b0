//! The second factor is asked for.

use leptos::prelude::*;

use super::super::door::{Frame, Send};
use super::form::{AnotherMethod, Sending, ShowingForm};
use super::start_over::StartOver;
use super::status::Status;
use super::way::Way;
use crate::i18n::t;
use crate::i18n::texts::second_factor as words;
use crate::ui::{Button, ButtonVariant};

/// The code, another way, and help for who has none.
#[component]
pub(super) fn Challenge(way: Way) -> impl IntoView {
    let showing = way.showing;
    let buttons = Callback::new(|sending: Option<Sending>| {
        let send = |Sending { label, pending }| view! { <Send label pending /> };
        sending.map(send).into_any()
    });
    let disabled = Signal::derive(move || showing.is_pending());
    let possible = Memo::new(move |_| showing.is_possible());
    let help = Callback::new(move |()| way.asks.set(true));
    view! {
        <Frame title=t(words::HEADING)>
            <Status way />
            <Show when=move || possible.get()>
                <ShowingForm showing buttons />
                <div class="recovery__actions">
                    <AnotherMethod showing />
                    <Button label=t(words::NONE_OF_THESE) variant=ButtonVariant::Ghost disabled on_click=help />
                </div>
            </Show>
            <StartOver way />
        </Frame>
    }
}

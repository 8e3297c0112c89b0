//! Everything is lost: an administrator is asked for a new second factor.

use leptos::prelude::*;
use portico_contract::recovery::MAX_REASON;
use portico_contract::validate::{FieldProblems, Validate};

use super::super::door::{Frame, Send, wrong};
use super::start_over::StartOver;
use super::way::Way;
use crate::i18n::texts::{recovery, second_factor as words};
use crate::i18n::{t, use_i18n};
use crate::ui::{Button, ButtonVariant, FailureBanner, Form, FormState, TextareaField, use_announcer};

/// Asks them. What is typed stays when one goes back to the code.
#[component]
pub(super) fn Help(way: Way) -> impl IntoView {
    let found = move || -> FieldProblems { way.word().validate().err().unwrap_or_default() };
    let state = FormState::new(wrong(way.asking, found, |_| recovery::ADMIN_REASON));
    let (announcer, i18n) = (use_announcer(), use_i18n());
    // It stands on the page that follows, whose focus goes to the code.
    let noted = move || announcer.announce(i18n.text(words::REQUEST_OPEN));
    let submit = Callback::new(move |()| way.ask(noted, move || state.show_refusal()));
    let back = Callback::new(move |()| {
        way.asking.begin();
        way.asks.set(false);
    });
    view! {
        <Frame title=t(words::HELP_HEADING)>
            <p>{t(words::HELP_INTRO)}</p>
            <FailureBanner failure=way.asking.failure() />
            <Form state label=t(recovery::ADMIN_SEND) on_submit=submit>
                <TextareaField
                    label=t(recovery::ADMIN_REASON)
                    value=way.reason
                    name="reason"
                    limit=MAX_REASON
                    required=true
                    readonly=way.asking.pending
                    error=state.error("reason")
                    on_blur=state.leave("reason")
                />
                <Send label=recovery::ADMIN_SEND pending=way.asking.pending />
            </Form>
            <div class="recovery__actions">
                <Button
                    label=t(words::BACK)
                    variant=ButtonVariant::Ghost
                    disabled=way.asking.pending
                    on_click=back
                />
            </div>
            <StartOver way />
        </Frame>
    }
}

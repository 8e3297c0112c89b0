//! A word to the administrators, for who can read neither mail nor messages.

use leptos::prelude::*;
use portico_contract::recovery::MAX_REASON;
use portico_contract::validate::{FieldProblems, Validate};

use super::super::door::{Ending, Frame, Send, ToSignIn, wrong};
use super::ask::Identifier;
use super::way::{Step, Way};
use crate::app::routes::Route;
use crate::i18n::texts::{auth, recovery as words};
use crate::i18n::{t, tm};
use crate::ui::{Button, ButtonVariant, FailureBanner, Form, FormState, TextareaField};

/// Asks them.
#[component]
pub(super) fn Administrator(way: Way) -> impl IntoView {
    let found = move || -> FieldProblems { way.admin_request().validate().err().unwrap_or_default() };
    let label = |field: &str| match field {
        "identifier" => auth::IDENTIFIER,
        _ => words::ADMIN_REASON,
    };
    let state = FormState::new(wrong(way.submission, found, label));
    let submit = Callback::new(move |()| way.ask_administrators(move || state.show_refusal()));
    let other = Callback::new(move |()| way.go(Step::Ask));
    view! {
        <Frame title=t(words::HEADING)>
            <p>{t(words::ADMIN_INTRO)}</p>
            <FailureBanner failure=way.submission.failure() />
            <Form state label=t(words::ADMIN_SEND) on_submit=submit>
                <Identifier way state />
                <TextareaField
                    label=t(words::ADMIN_REASON)
                    value=way.reason
                    name="reason"
                    limit=MAX_REASON
                    required=true
                    error=state.error("reason")
                    on_blur=state.leave("reason")
                />
                <Send label=words::ADMIN_SEND pending=way.submission.pending />
            </Form>
            <div class="recovery__actions">
                <Button label=t(words::OTHER_WAY) variant=ButtonVariant::Ghost on_click=other />
            </div>
            <ToSignIn />
        </Frame>
    }
}

/// They have it.
#[component]
pub(super) fn AdministratorNoted(way: Way) -> impl IntoView {
    let hint = tm(move || words::admin_noted_hint(way.identifier.get()));
    view! {
        <Frame title=t(words::ADMIN_NOTED)>
            <Ending hint label=t(words::TO_SIGN_IN) href=Route::SignIn />
        </Frame>
    }
}

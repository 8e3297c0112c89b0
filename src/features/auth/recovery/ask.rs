//! Who one is, and where to send what leads to a new password.

use leptos::prelude::*;
use portico_contract::recovery::ResetChannel;
use portico_contract::validate::{FieldProblems, Validate};

use super::super::door::{Frame, Send, ToSignIn, wrong};
use super::way::{MAIL, SMS, Step, Way};
use crate::api::query::Query;
use crate::api::{passwords, use_client};
use crate::i18n::texts::{auth, recovery as words};
use crate::i18n::{t, use_i18n};
use crate::ui::{Awaited, Button, ButtonVariant, FailureBanner, Form, FormState, RadioGroup, TextField};

/// The first step.
#[component]
pub(super) fn Ask(way: Way) -> impl IntoView {
    let (client, i18n) = (use_client(), use_i18n());
    let found = move || -> FieldProblems { way.start_request().validate().err().unwrap_or_default() };
    let state = FormState::new(wrong(way.submission, found, |_| auth::IDENTIFIER));
    let submit = Callback::new(move |()| way.start(move || state.show_refusal()));
    let policy = Query::new(|| (), move |()| passwords::auth_policy(client));
    let is_known = Memo::new(move |_| policy.settled().get());
    let by_sms = Memo::new(move |_| {
        policy
            .with(|policy| policy.reset_channels.contains(&ResetChannel::Sms))
            .unwrap_or_default()
    });
    let channels = Signal::derive(move || {
        vec![
            (MAIL.to_owned(), i18n.text(words::CHANNEL_MAIL)),
            (SMS.to_owned(), i18n.text(words::CHANNEL_SMS)),
        ]
    });
    let administrator = Callback::new(move |()| way.go(Step::Administrator));
    view! {
        <Frame title=t(words::HEADING)>
            <p>{t(words::ASK_INTRO)}</p>
            <FailureBanner failure=way.submission.failure() />
            <Form state label=t(words::HEADING) on_submit=submit>
                <Identifier way state />
                // Until it is known what is offered, the button waits: it would move away from under a finger.
                <Awaited settled=policy.settled() lines=5>
                    <Show when=move || by_sms.get()>
                        <RadioGroup label=t(words::CHANNEL) value=way.channel name="channel" options=channels />
                    </Show>
                    <Send label=words::SEND pending=way.submission.pending />
                </Awaited>
            </Form>
            <Show when=move || is_known.get()>
                <div class="recovery__actions">
                    <Button label=t(words::ADMIN_SEND) variant=ButtonVariant::Ghost on_click=administrator />
                </div>
                <ToSignIn />
            </Show>
        </Frame>
    }
}

/// The field for who one is.
#[component]
pub(super) fn Identifier(way: Way, state: FormState) -> impl IntoView {
    view! {
        <TextField
            label=t(auth::IDENTIFIER)
            value=way.identifier
            name="identifier"
            autocomplete="username"
            verbatim=true
            required=true
            error=state.error("identifier")
            on_blur=state.leave("identifier")
        />
    }
}

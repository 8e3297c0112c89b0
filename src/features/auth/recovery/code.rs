//! The code of the message, for who cannot follow its link.

use leptos::prelude::*;
use portico_contract::recovery::CODE_DIGITS;
use portico_contract::validate::{FieldProblems, Validate};

use super::super::door::{Frame, Judged, Send, ToSignIn, wrong};
use super::way::{SMS, Step, Way};
use crate::i18n::texts::recovery as words;
use crate::i18n::{t, tm};
use crate::ui::{Banner, Button, ButtonVariant, CodeField, FailureBanner, Form, FormState, Tone};

/// The second step, for who was sent a message.
#[component]
pub(super) fn Code(way: Way) -> impl IntoView {
    let found = move || -> FieldProblems { way.code_request().validate().err().unwrap_or_default() };
    let state = FormState::new(wrong(way.submission, found, |_| words::CODE));
    let submit = Callback::new(move |()| way.verify(move || state.show_refusal()));
    let checking = Signal::derive(move || way.submission.pending.get() && !way.resending.get());
    let sent = tm(move || {
        let identifier = way.identifier.get();
        if way.channel.with(|channel| channel == SMS) {
            words::sent_sms(identifier)
        } else {
            words::sent_mail(identifier)
        }
    });
    let again = Callback::new(move |()| way.start_again());
    let other = Callback::new(move |()| way.go(Step::Ask));
    view! {
        <Frame title=t(words::HEADING)>
            <p>{sent}</p>
            <p class="recovery__note">{t(words::SENT_HINT)}</p>
            <FailureBanner failure=way.submission.failure() />
            <Judged judged=way.judged />
            <Show when=move || way.resent.get()>
                <Banner tone=Tone::Info text=t(words::RESENT) />
            </Show>
            <Form state label=t(words::CODE) on_submit=submit>
                <CodeField
                    label=t(words::CODE)
                    value=way.code
                    name="code"
                    length=CODE_DIGITS
                    hint=t(words::CODE_HINT)
                    error=state.error("code")
                    required=true
                    pending=checking
                    autofocus=true
                />
                <Send label=words::CONTINUE pending=checking />
            </Form>
            <div class="recovery__actions">
                <Button
                    label=t(words::RESEND)
                    variant=ButtonVariant::Ghost
                    pending=way.resending
                    on_click=again
                />
                <Button label=t(words::OTHER_WAY) variant=ButtonVariant::Ghost on_click=other />
            </div>
            <ToSignIn />
        </Frame>
    }
}

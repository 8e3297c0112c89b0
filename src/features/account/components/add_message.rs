//! Adding where codes are sent.

use leptos::html::H3;
use leptos::prelude::*;
use portico_contract::second_factor::CODE_DIGITS;
use portico_contract::sent_code::CodeChannel;

use super::super::message_enrolment::{CODE, MessageEnrolment, NAME, PHONE};
use super::super::second_factor::SecondFactor;
use crate::i18n::t;
use crate::i18n::texts::{account as words, common, second_factor as factor_words};
use crate::platform::document;
use crate::ui::{
    Button, ButtonKind, ButtonVariant, CodeField, FailureBanner, Form, FormActions, PhoneField, SendCode,
    TextField,
};

/// Where codes go, and the code that shows that they arrive there.
#[component]
pub(super) fn AddMessage(
    /// What the person has.
    factor: SecondFactor,
    /// By which way.
    channel: CodeChannel,
    /// The person does not want it after all.
    on_leave: Callback<()>,
) -> impl IntoView {
    let enrolment = MessageEnrolment::new(factor, channel);
    let MessageEnrolment {
        phone,
        post,
        beginning,
        confirming,
        ..
    } = enrolment;
    // The button that had the focus is gone.
    let heading = NodeRef::<H3>::new();
    heading.on_load(|element| document::focus_in_place(&element));
    let (title, intro, weaker) = match channel {
        CodeChannel::Sms => (words::PHONE_ADD, words::PHONE_INTRO, factor_words::SMS_WEAKER),
        CodeChannel::Mail => (words::MAIL_ADD, words::MAIL_INTRO, factor_words::MAIL_WEAKER),
    };
    let number = (channel == CodeChannel::Sms).then(|| {
        view! {
            <PhoneField
                label=t(factor_words::PHONE)
                value=phone
                name=PHONE
                hint=t(factor_words::PHONE_HINT)
                error=beginning.error(PHONE)
                required=true
                on_blur=beginning.leave(PHONE)
            />
        }
    });
    let to = enrolment.to();
    let is_sent = Memo::new(move |_| to.with(Option::is_some));
    let begin = Callback::new(move |()| enrolment.begin());
    view! {
        <h3 class="account__heading" tabindex="-1" node_ref=heading>{t(title)}</h3>
        <p>{t(intro)}</p>
        <p class="meta">{t(weaker)}</p>
        <FailureBanner failure=post.failure() />
        <Form state=beginning label=t(title) on_submit=begin>
            <div class="account__password">
                {number}
                <SendCode
                    to
                    count=post.count()
                    until_ms=post.until_ms()
                    pending=post.submission.pending
                    on_send=begin
                />
            </div>
        </Form>
        <Show
            when=move || is_sent.get()
            fallback=move || {
                view! {
                    <p><Button label=t(common::CANCEL) disabled=confirming.pending on_click=on_leave /></p>
                }
            }
        >
            <TheCode enrolment on_leave />
        </Show>
    }
}

#[component]
fn TheCode(enrolment: MessageEnrolment, on_leave: Callback<()>) -> impl IntoView {
    let MessageEnrolment {
        channel,
        state,
        confirming,
        ..
    } = enrolment;
    let submit = Callback::new(move |()| enrolment.confirm());
    // The account has one mail address only.
    let name = (channel == CodeChannel::Sms).then(|| {
        view! {
            <TextField
                label=t(words::FACTOR_NAME)
                value=enrolment.name
                name=NAME
                autocomplete="off"
                error=state.error(NAME)
                on_blur=state.leave(NAME)
            />
        }
    });
    view! {
        <Form state label=t(factor_words::CODE) on_submit=submit>
            <FailureBanner failure=enrolment.failure() />
            <div class="account__password">
                <CodeField
                    label=t(factor_words::CODE)
                    value=enrolment.code
                    name=CODE
                    length=CODE_DIGITS
                    hint=t(factor_words::SENT_CODE_HINT)
                    error=state.error(CODE)
                    required=true
                    autofocus=true
                />
                {name}
            </div>
            <FormActions>
                <Button
                    label=t(words::ENROL_CONFIRM)
                    variant=ButtonVariant::Primary
                    kind=ButtonKind::Submit
                    pending=confirming.pending
                />
                // With the code on its way the recovery codes are, and they are shown only once.
                <Button label=t(common::CANCEL) disabled=confirming.pending on_click=on_leave />
            </FormActions>
        </Form>
    }
}

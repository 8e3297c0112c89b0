//! Adding an authenticator app.

use leptos::html::H3;
use leptos::prelude::*;
use portico_contract::second_factor::CODE_DIGITS;

use super::super::enrolment::{CODE, Enrolment, NAME};
use super::super::second_factor::SecondFactor;
use crate::i18n::t;
use crate::i18n::texts::{account as words, common};
use crate::platform::document;
use crate::ui::{
    Banner, BannerAction, Button, ButtonKind, ButtonVariant, CodeField, FailureBanner, Form, FormActions,
    LoadView, QrCode, SecretKey, Skeleton, TextField, Tone,
};

/// What to do, step by step, and the code that shows that it was done.
#[component]
pub(super) fn AddApp(
    /// What the person has.
    factor: SecondFactor,
    /// The person does not want it after all.
    on_leave: Callback<()>,
) -> impl IntoView {
    let enrolment = Enrolment::new(factor);
    let begin = Callback::new(move |()| enrolment.begin());
    // The button that had the focus is gone.
    let heading = NodeRef::<H3>::new();
    heading.on_load(|element| document::focus_in_place(&element));
    let again = t(words::ENROL_AGAIN);
    let over = move || {
        enrolment.is_over.get().then(|| {
            view! {
                <Banner tone=Tone::Warning text=t(words::ENROL_OVER) action=BannerAction::new(again, begin) />
                <p><Button label=t(common::CANCEL) on_click=on_leave /></p>
            }
        })
    };
    view! {
        <h3 class="account__heading" tabindex="-1" node_ref=heading>{t(words::FACTOR_ADD)}</h3>
        {over}
        <Show when=move || !enrolment.is_over.get()>
            <LoadView
                ready=Signal::derive(move || enrolment.app.with(Option::is_some))
                problem=enrolment.beginning.failure()
                on_retry=begin
                skeleton=|| view! { <Skeleton lines=8 /> }
            >
                <Steps enrolment on_leave />
            </LoadView>
            <Show when=move || enrolment.app.with(Option::is_none)>
                <p><Button label=t(common::CANCEL) on_click=on_leave /></p>
            </Show>
        </Show>
    }
}

#[component]
fn Steps(enrolment: Enrolment, on_leave: Callback<()>) -> impl IntoView {
    let Enrolment { app, state, .. } = enrolment;
    let of_app = move |read: fn(&portico_contract::second_factor::PendingTotp) -> &String| {
        Signal::derive(move || {
            app.with(|app| app.as_ref().map(|app| read(app).clone()))
                .unwrap_or_default()
        })
    };
    let submit = Callback::new(move |()| enrolment.confirm());
    view! {
        <Form state label=t(words::FACTOR_ADD) on_submit=submit>
            <FailureBanner failure=enrolment.confirming.failure() />
            <ol class="account__steps">
                <li>{t(words::ENROL_APP)}</li>
                <li>
                    <p>{t(words::ENROL_SCAN)}</p>
                    <QrCode text=of_app(|app| &app.uri) label=t(words::ENROL_PICTURE) />
                    <SecretKey label=t(words::ENROL_KEY) value=of_app(|app| &app.secret) />
                </li>
                <li>{t(words::ENROL_CODE_STEP)}</li>
            </ol>
            <div class="account__password">
                <CodeField
                    label=t(words::ENROL_CODE)
                    value=enrolment.code
                    name=CODE
                    length=CODE_DIGITS
                    hint=t(words::ENROL_CODE_HINT)
                    error=state.error(CODE)
                    required=true
                />
                <TextField
                    label=t(words::FACTOR_NAME)
                    value=enrolment.name
                    name=NAME
                    autocomplete="off"
                    hint=t(words::FACTOR_NAME_HINT)
                    error=state.error(NAME)
                    on_blur=state.leave(NAME)
                />
            </div>
            <FormActions>
                <Button
                    label=t(words::ENROL_CONFIRM)
                    variant=ButtonVariant::Primary
                    kind=ButtonKind::Submit
                    pending=enrolment.confirming.pending
                />
                // With the code on its way the recovery codes are, and they are shown only once.
                <Button
                    label=t(common::CANCEL)
                    disabled=enrolment.confirming.pending
                    on_click=on_leave
                />
            </FormActions>
        </Form>
    }
}

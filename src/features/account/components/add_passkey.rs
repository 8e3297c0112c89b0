//! Adding a passkey.

use leptos::html::H3;
use leptos::prelude::*;

use super::super::passkey_enrolment::{NAME, PasskeyEnrolment};
use super::super::second_factor::SecondFactor;
use crate::i18n::texts::{account as words, common, passkeys as passkey_words};
use crate::i18n::{t, use_i18n};
use crate::platform::{document, passkeys};
use crate::ui::{
    Banner, Button, ButtonKind, ButtonVariant, FailureBanner, Form, FormActions, TextField, Tone,
};

/// What it is called, and the button that has it made.
#[component]
pub(super) fn AddPasskey(
    /// What the person has.
    factor: SecondFactor,
    /// The person does not want it after all.
    on_leave: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let enrolment = PasskeyEnrolment::new(factor);
    let PasskeyEnrolment {
        name,
        state,
        submission,
        told,
        ..
    } = enrolment;
    // The browser's own question goes with the panel that asked it.
    on_cleanup(passkeys::stop);
    // The button that had the focus is gone.
    let heading = NodeRef::<H3>::new();
    heading.on_load(|element| document::focus_in_place(&element));
    let refused = move || {
        let text = i18n.message(&told.get()?);
        Some(view! { <Banner tone=Tone::Danger text /> })
    };
    let submit = Callback::new(move |()| enrolment.send());
    view! {
        <h3 class="account__heading" tabindex="-1" node_ref=heading>{t(words::PASSKEY_ADD)}</h3>
        <p>{t(words::PASSKEY_INTRO)}</p>
        <Form state label=t(words::PASSKEY_ADD) on_submit=submit>
            <FailureBanner failure=enrolment.failure() />
            {refused}
            <div class="account__password">
                <TextField
                    label=t(words::FACTOR_NAME)
                    value=name
                    name=NAME
                    autocomplete="off"
                    hint=t(words::FACTOR_NAME_HINT)
                    error=state.error(NAME)
                    on_blur=state.leave(NAME)
                />
            </div>
            <FormActions>
                <Button
                    label=t(passkey_words::CREATE)
                    variant=ButtonVariant::Primary
                    kind=ButtonKind::Submit
                    pending=submission.pending
                />
                // With the passkey on its way the recovery codes are, and they are shown only once.
                <Button label=t(common::CANCEL) disabled=submission.pending on_click=on_leave />
            </FormActions>
        </Form>
    }
}

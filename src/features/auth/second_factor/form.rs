//! The form for one method, and the way to another.

use leptos::prelude::*;
use portico_contract::second_factor::{CODE_DIGITS, FactorMethod};

use super::super::components::Countdown;
use super::entry::{CODE, Entry};
use super::model::seconds_between;
use super::showing::Showing;
use crate::i18n::texts::second_factor as words;
use crate::i18n::{t, tm};
use crate::platform::clock;
use crate::ui::{Button, ButtonVariant, Checkbox, CodeField, FailureBanner, Form, TextField};

/// The field for the method in use, and what became of the last code. It is a form of its own for each method; the focus
/// goes to its field.
#[component]
pub fn ShowingForm(
    /// What is shown.
    showing: Showing,
    /// The buttons of the form, told whether an answer is awaited.
    buttons: Callback<Signal<bool>, AnyView>,
) -> impl IntoView {
    let method = showing.method();
    move || {
        let entry = showing.entry(method.get());
        let submit = Callback::new(move |()| showing.send(entry));
        let intro = match entry.method {
            FactorMethod::Totp => words::APP_INTRO,
            FactorMethod::RecoveryCode => words::RECOVERY_INTRO,
        };
        view! {
            <p>{t(intro)}</p>
            <FailureBanner failure=entry.failure(showing.has_recovery(entry.method)) />
            <Wait entry />
            <Form state=entry.state label=t(words::HEADING) on_submit=submit>
                <Field entry />
                <Trust showing />
                {buttons.run(entry.pending())}
            </Form>
        }
        .into_any()
    }
}

/// How long it is until another try makes sense.
#[component]
pub(super) fn Wait(entry: Entry) -> impl IntoView {
    move || {
        entry.until_ms().map(|until_ms| {
            let seconds = seconds_between(clock::now_ms(), until_ms);
            view! { <Countdown seconds /> }
        })
    }
}

#[component]
fn Field(entry: Entry) -> impl IntoView {
    let error = entry.state.error(CODE);
    match entry.method {
        FactorMethod::Totp => view! {
            <CodeField
                label=t(words::CODE)
                value=entry.code
                name=CODE
                length=CODE_DIGITS
                hint=t(words::CODE_HINT)
                error
                required=true
                pending=entry.pending()
                autofocus=true
            />
        }
        .into_any(),
        FactorMethod::RecoveryCode => view! {
            <TextField
                label=t(words::RECOVERY_CODE)
                value=entry.code
                name=CODE
                autocomplete="off"
                verbatim=true
                hint=t(words::RECOVERY_HINT)
                error
                required=true
                readonly=entry.pending()
                autofocus=true
            />
        }
        .into_any(),
    }
}

/// Lets this browser do without the second factor for a while, where that is offered.
#[component]
fn Trust(showing: Showing) -> impl IntoView {
    let days = Memo::new(move |_| showing.of_challenge(|challenge| challenge.trust_days).flatten());
    move || {
        days.get().map(|days| {
            let label = tm(move || words::trust(u64::from(days)));
            view! { <Checkbox label value=showing.trust name="trust" hint=t(words::TRUST_HINT) /> }
        })
    }
}

/// Turns to another method, where there is one. Not while an answer is awaited, which may be the last word.
#[component]
pub fn AnotherMethod(
    /// What is shown.
    showing: Showing,
) -> impl IntoView {
    let method = showing.method();
    let other = Memo::new(move |_| showing.another(method.get()));
    let turn = Callback::new(move |()| {
        if let Some(other) = other.get_untracked() {
            showing.choose(other);
        }
    });
    let disabled = Signal::derive(move || showing.is_pending());
    view! {
        <Show when=move || other.get().is_some()>
            <Button
                label=t(words::ANOTHER_METHOD)
                variant=ButtonVariant::Ghost
                disabled
                on_click=turn
            />
        </Show>
    }
}

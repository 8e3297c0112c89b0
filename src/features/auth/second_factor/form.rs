//! The form for one method, and the way to another.

use leptos::prelude::*;
use portico_contract::second_factor::FactorMethod;

use super::super::components::{CODE, Countdown, FactorCode};
use super::super::methods::use_text;
use super::entry::Entry;
use super::passkey::PasskeyForm;
use super::sent_code::SentCodeForm;
use super::showing::Showing;
use super::tries::Tries;
use crate::i18n::texts::second_factor as words;
use crate::i18n::{Text, t, tm};
use crate::platform::clock;
use crate::ui::{Button, ButtonVariant, Checkbox, FailureBanner, Form};

/// What the button says that sends a form, and whether an answer is awaited.
#[derive(Clone, Copy)]
pub struct Sending {
    /// What it does.
    pub label: Text,
    /// Whether an answer is awaited.
    pub pending: Signal<bool>,
}

/// The form for the method in use, and what became of the last try. It is a form of its own for each method; the focus goes
/// to where it begins.
#[component]
pub fn ShowingForm(
    /// What is shown.
    showing: Showing,
    /// The buttons of the form, told what sends it; nothing does where the method cannot be used.
    buttons: Callback<Option<Sending>, AnyView>,
) -> impl IntoView {
    let method = showing.method();
    move || {
        let method = method.get();
        match (showing.entry(method), showing.post(method)) {
            (Some(entry), Some(codes)) => view! { <SentCodeForm showing entry codes buttons /> }.into_any(),
            (Some(entry), None) => view! { <CodeForm showing entry buttons /> }.into_any(),
            (None, _) => view! { <PasskeyForm showing buttons /> }.into_any(),
        }
    }
}

#[component]
fn CodeForm(showing: Showing, entry: Entry, buttons: Callback<Option<Sending>, AnyView>) -> impl IntoView {
    let Entry {
        method, state, tries, ..
    } = entry;
    let submit = Callback::new(move |()| showing.send(entry));
    let (intro, label, hint) = match method {
        FactorMethod::RecoveryCode => (words::RECOVERY_INTRO, words::RECOVERY_CODE, words::RECOVERY_HINT),
        _ => (words::APP_INTRO, words::CODE, words::CODE_HINT),
    };
    let sending = Sending {
        label: words::VERIFY,
        pending: tries.pending(),
    };
    view! {
        <p>{t(intro)}</p>
        <FailureBanner failure=tries.failure(showing.has_recovery()) />
        <Wait tries />
        <Form state label=t(words::HEADING) on_submit=submit>
            <FactorCode
                method
                value=entry.code
                label
                hint
                error=state.error(CODE)
                pending=tries.pending()
                autofocus=true
            />
            <Trust showing />
            {buttons.run(Some(sending))}
        </Form>
    }
}

/// How long it is until another try makes sense.
#[component]
pub(super) fn Wait(tries: Tries) -> impl IntoView {
    move || {
        tries.until_ms().map(|until_ms| {
            let seconds = clock::seconds_until(until_ms);
            view! { <Countdown seconds /> }
        })
    }
}

/// Lets this browser do without the second factor for a while, where that is offered.
#[component]
pub(super) fn Trust(showing: Showing) -> impl IntoView {
    let days = Memo::new(move |_| showing.of_challenge(|challenge| challenge.trust_days).flatten());
    move || {
        days.get().map(|days| {
            let label = tm(move || words::trust(u64::from(days)));
            view! { <Checkbox label value=showing.trust name="trust" hint=t(words::TRUST_HINT) /> }
        })
    }
}

/// Turns to another method, where there is one; of several each by its name. Not while an answer is awaited, which may be
/// the last word.
#[component]
pub fn AnotherMethod(
    /// What is shown.
    showing: Showing,
) -> impl IntoView {
    let method = showing.method();
    let others = Memo::new(move |_| showing.others(method.get()));
    move || match others.get()[..] {
        [] => ().into_any(),
        [other] => view! { <Turn showing other label=words::ANOTHER_METHOD /> }.into_any(),
        ref several => {
            let ways = several.iter().copied();
            let ways = ways.map(|other| view! { <Turn showing other label=use_text(other) /> });
            let ways = ways.collect_view();
            view! {
                <div class="two-factor__others" role="group" aria-label=t(words::ANOTHER_METHOD)>{ways}</div>
            }
            .into_any()
        }
    }
}

#[component]
fn Turn(showing: Showing, other: FactorMethod, label: Text) -> impl IntoView {
    let turn = Callback::new(move |()| showing.choose(other));
    let disabled = Signal::derive(move || showing.is_pending());
    view! { <Button label=t(label) variant=ButtonVariant::Ghost disabled on_click=turn /> }
}

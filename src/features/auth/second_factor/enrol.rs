//! A second factor has to be enrolled before there is a session.

use leptos::prelude::*;
use portico_contract::second_factor::FactorKind;
use portico_contract::sent_code::CodeChannel;

use super::super::door::Frame;
use super::enrolling::{Enrolling, EnrollingForm};
use super::enrolling_message::{EnrollingMessage, EnrollingMessageForm};
use super::enrolling_passkey::EnrollingPasskeyForm;
use super::model::{enrol_text, first_kind, other_kinds, reason};
use super::start_over::StartOver;
use super::way::Way;
use crate::i18n::t;
use crate::i18n::texts::second_factor as words;
use crate::platform::passkeys;
use crate::session::PendingStep;
use crate::ui::{Button, ButtonVariant, LoadView, QrCode, SecretKey, Skeleton};

/// Why, and then a passkey, an app, or where codes are sent.
#[component]
pub(super) fn Enrol(way: Way) -> impl IntoView {
    let (why, kinds) = way.doorway().step.with_untracked(|step| match step {
        Some(PendingStep::EnrolFactor(enrolment)) => {
            (Some(reason(enrolment.reason)), enrolment.kinds.clone())
        }
        _ => (None, Vec::new()),
    });
    let kind = RwSignal::new(first_kind(&kinds, passkeys::is_possible()));
    // What an app was told goes on to count while one looks at the other kind.
    let wants_app = Memo::new(move |was: Option<&bool>| {
        let is_app = kind.get() == FactorKind::Totp;
        is_app || was.is_some_and(|was| *was)
    });
    let enrolling = Enrolling::new(way, wants_app);
    let [sms, mail] = [CodeChannel::Sms, CodeChannel::Mail]
        .map(|channel| StoredValue::new(EnrollingMessage::new(way, channel)));
    view! {
        <Frame title=t(words::ENROL_HEADING)>
            {why.map(|why| view! { <p>{t(why)}</p> })}
            {move || match kind.get() {
                FactorKind::Passkey => view! { <EnrollingPasskeyForm way /> }.into_any(),
                FactorKind::Totp => view! { <WithApp way enrolling /> }.into_any(),
                FactorKind::Sms => view! { <EnrollingMessageForm enrolling=sms /> }.into_any(),
                FactorKind::Mail => view! { <EnrollingMessageForm enrolling=mail /> }.into_any(),
            }}
            <OtherKind kind kinds />
            <StartOver way />
        </Frame>
    }
}

/// Turns to another kind, where there is one that works here.
#[component]
fn OtherKind(kind: RwSignal<FactorKind>, kinds: Vec<FactorKind>) -> impl IntoView {
    move || {
        let turn = |other| {
            view! {
                <Button
                    label=t(enrol_text(other))
                    variant=ButtonVariant::Ghost
                    on_click=Callback::new(move |()| kind.set(other))
                />
            }
        };
        let others = other_kinds(&kinds, kind.get(), passkeys::is_possible());
        let is_any = !others.is_empty();
        is_any.then(|| {
            let others = others.into_iter().map(turn).collect_view();
            view! { <div class="recovery__actions">{others}</div> }
        })
    }
}

/// An app: picture or key, and the code it shows.
#[component]
fn WithApp(way: Way, enrolling: Enrolling) -> impl IntoView {
    let app = enrolling.app;
    view! {
        <LoadView
            ready=app.ready()
            problem=app.problem()
            on_retry=app.on_retry()
            skeleton=|| view! { <Skeleton lines=8 /> }
        >
            <TheApp enrolling />
            <EnrollingForm enrolling way />
        </LoadView>
    }
}

/// What the app is told.
#[component]
fn TheApp(enrolling: Enrolling) -> impl IntoView {
    let app = enrolling.app;
    let uri = Signal::derive(move || app.with(|app| app.uri.clone()).unwrap_or_default());
    let secret = Signal::derive(move || app.with(|app| app.secret.clone()).unwrap_or_default());
    view! {
        <ol class="two-factor__steps">
            <li>{t(words::ENROL_APP)}</li>
            <li>
                <p>{t(words::ENROL_SCAN)}</p>
                <QrCode text=uri label=t(words::ENROL_PICTURE) />
                <SecretKey label=t(words::ENROL_KEY) value=secret />
            </li>
            <li>{t(words::ENROL_CODE)}</li>
        </ol>
    }
}

//! A second factor has to be enrolled before there is a session.

use leptos::prelude::*;

use super::super::door::Frame;
use super::enrolling::{Enrolling, EnrollingForm};
use super::model::reason;
use super::start_over::StartOver;
use super::way::Way;
use crate::i18n::t;
use crate::i18n::texts::second_factor as words;
use crate::session::PendingStep;
use crate::ui::{LoadView, QrCode, SecretKey, Skeleton};

/// Why, and then the app: picture or key, and the code it shows.
#[component]
pub(super) fn Enrol(way: Way) -> impl IntoView {
    let why = way.doorway().step.with_untracked(|step| match step {
        Some(PendingStep::EnrolFactor(enrolment)) => Some(reason(enrolment.reason)),
        _ => None,
    });
    let enrolling = Enrolling::new(way);
    let app = enrolling.app;
    view! {
        <Frame title=t(words::ENROL_HEADING)>
            {why.map(|why| view! { <p>{t(why)}</p> })}
            <LoadView
                ready=app.ready()
                problem=app.problem()
                on_retry=app.on_retry()
                skeleton=|| view! { <Skeleton lines=8 /> }
            >
                <TheApp enrolling />
                <EnrollingForm enrolling way />
            </LoadView>
            <StartOver way />
        </Frame>
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

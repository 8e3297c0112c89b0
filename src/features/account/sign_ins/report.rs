//! What a session did that was somebody else's, and what is left to do.

use leptos::html::H2;
use leptos::prelude::*;
use portico_contract::devices::{Disowned, EventOutcome, SessionAct};

use super::line::{Place, When};
use super::model::{event_icon, event_text};
use super::state::use_sign_ins;
use crate::app::routes::Route;
use crate::i18n::texts::sign_ins as words;
use crate::i18n::{t, tm};
use crate::platform::document;
use crate::ui::{Banner, ButtonVariant, LinkButton, RoundIcon, Tone};

/// What was found, once somebody was put out.
#[component]
pub fn Report() -> impl IntoView {
    let page = use_sign_ins();
    move || page.report.get().map(|disowned| view! { <Found disowned /> })
}

#[component]
fn Found(disowned: Disowned) -> impl IntoView {
    let Disowned {
        sessions_ended,
        browsers_forgotten,
        new_password,
        acts,
    } = disowned;
    // What had the focus is gone, and from here on a screen reader reads what matters now.
    let heading = NodeRef::<H2>::new();
    heading.on_load(|element| document::focus_element(&element));
    let did = if acts.is_empty() {
        view! { <p>{t(words::REPORT_EMPTY)}</p> }.into_any()
    } else {
        let acts = acts.into_iter().map(|act| view! { <Act act /> }).collect_view();
        view! { <ol class="sign-ins__list">{acts}</ol> }.into_any()
    };
    let next = new_password.then(|| {
        view! {
            <Banner tone=Tone::Warning text=t(words::REPORT_PASSWORD) />
            <p>
                <LinkButton
                    label=t(words::CHOOSE_PASSWORD)
                    href=Route::Security.path()
                    variant=ButtonVariant::Primary
                />
            </p>
        }
    });
    view! {
        <section class="sign-ins__section" aria-labelledby="sign-ins-report">
            <h2 id="sign-ins-report" class="sign-ins__heading" tabindex="-1" node_ref=heading>
                {t(words::REPORT)}
            </h2>
            <p>{tm(move || words::report_sessions(sessions_ended))} " " {tm(move || words::report_browsers(browsers_forgotten))} " " {t(words::REPORT_TOLD)}</p>
            {next}
            <h3 class="sign-ins__subheading">{t(words::REPORT_ACTS)}</h3>
            {did}
        </section>
    }
}

#[component]
fn Act(act: SessionAct) -> impl IntoView {
    let what = t(event_text(act.event, act.outcome));
    let icon = event_icon(act.event, act.outcome);
    view! {
        <li class="sign-ins__item">
            <RoundIcon icon warns=act.outcome == EventOutcome::Refused />
            <div class="sign-ins__body">
                <p class="sign-ins__head"><strong>{what}</strong></p>
                <p class="sign-ins__facts"><When at=act.at /> <Place address=act.address /></p>
            </div>
        </li>
    }
}

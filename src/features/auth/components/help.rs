//! "Can't sign in?": what to look at, what this device says of itself, and whom to ask.

use leptos::prelude::*;
use portico_contract::config::SupportContact;

use super::super::checkup::{self, Draw};
use crate::i18n::texts::{Namespace, auth};
use crate::i18n::{t, tm, use_i18n};
use crate::platform::{clock, style_sheet, task};

/// Milliseconds in which the sign-in itself comes first, and between tries to fetch the checkup.
const PAUSE_MS: u32 = 2_000;

/// Advice that opens in place, so that nothing typed is left behind.
#[component]
pub fn Help() -> impl IntoView {
    let SupportContact { email, phone } = expect_context();
    let (mail_text, call_text) = (email.clone(), phone.clone());
    let mail = tm(move || auth::help_email(mail_text.clone()));
    let call = tm(move || auth::help_phone(call_text.clone()));
    let opened = RwSignal::new(false);
    let checkup = fetched_checkup();
    let shown = move || {
        opened.get().then(|| match checkup.get() {
            Some(draw) => draw(),
            None => view! { <p role="status">{t(auth::HELP_LOADING)}</p> }.into_any(),
        })
    };
    view! {
        <details class="signin__help" on:toggle=move |_| opened.set(true)>
            <summary>{t(auth::HELP)}</summary>
            <ul>
                <li>{t(auth::HELP_IDENTIFIER)}</li>
                <li>{t(auth::HELP_PASSWORD)}</li>
                <li>{t(auth::HELP_LOCKED)}</li>
                <li>{t(auth::HELP_ADMIN)}</li>
                {(!email.is_empty()).then(|| view! {
                    <li><a href=format!("mailto:{email}") rel="external">{mail}</a></li>
                })}
                {(!phone.is_empty()).then(|| view! {
                    <li><a href=format!("tel:{phone}") rel="external">{call}</a></li>
                })}
            </ul>
            {shown}
        </details>
    }
}

/// The checkup, fetched with its texts in an idle moment, before somebody needs it for want of a connection.
fn fetched_checkup() -> Memo<Option<Draw>> {
    let i18n = use_i18n();
    let fetched = RwSignal::new(None);
    task::scoped(async move {
        clock::sleep(PAUSE_MS).await;
        clock::idle().await;
        // What draws it has its looks from there; without them it is still read.
        style_sheet::load().await;
        loop {
            if let Ok(draw) = checkup::fetch().await {
                fetched.set(Some(draw));
                return i18n.ensure(&[Namespace::Help]).await;
            }
            clock::sleep(PAUSE_MS).await;
        }
    });
    Memo::new(move |_| fetched.get().filter(|_| i18n.has(&[Namespace::Help])))
}

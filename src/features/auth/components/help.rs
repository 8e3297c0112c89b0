//! "Can't sign in?": what to look at, what this device says of itself, and whom to ask.

use leptos::prelude::*;
use portico_contract::config::SupportContact;

use super::super::later::Later;
use crate::i18n::texts::auth;
use crate::i18n::{t, tm};

/// Advice that opens in place, so that nothing typed is left behind.
#[component]
pub fn Help(
    /// What has the checkup, once it is there.
    later: Memo<Option<Later>>,
    /// Whether it was opened.
    opened: RwSignal<bool>,
) -> impl IntoView {
    let SupportContact { email, phone } = expect_context();
    let (mail_text, call_text) = (email.clone(), phone.clone());
    let mail = tm(move || auth::help_email(mail_text.clone()));
    let call = tm(move || auth::help_phone(call_text.clone()));
    let shown = move || {
        opened.get().then(|| match later.get() {
            Some(later) => (later.checkup)(),
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

//! Whom to ask: always in sight for those who are new.

use leptos::prelude::*;
use portico_contract::config::SupportContact;

use crate::i18n::texts::{auth, recovery as words};
use crate::i18n::tm;

/// The person to ask, if one is known, and how to reach those who help.
#[component]
pub(super) fn WhomToAsk(
    /// Who sent the invitation.
    person: Option<String>,
) -> impl IntoView {
    let SupportContact { email, phone } = expect_context();
    let who = tm(move || match &person {
        Some(person) => words::ask_person(person.clone()),
        None => words::ASK_ADMINISTRATOR.into(),
    });
    let (mail_text, call_text) = (email.clone(), phone.clone());
    let mail = tm(move || auth::help_email(mail_text.clone()));
    let call = tm(move || auth::help_phone(call_text.clone()));
    view! {
        <div class="recovery__help">
            <p>{who}</p>
            {(!email.is_empty()).then(|| view! {
                <p><a href=format!("mailto:{email}") rel="external">{mail}</a></p>
            })}
            {(!phone.is_empty()).then(|| view! {
                <p><a href=format!("tel:{phone}") rel="external">{call}</a></p>
            })}
        </div>
    }
}

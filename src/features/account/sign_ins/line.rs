//! What sessions, browsers and events have in common: a device, a place, a time.

use leptos::prelude::*;
use portico_contract::devices::Shown;
use portico_contract::time::Timestamp;

use super::model::shown_text;
use crate::i18n::texts::sign_ins as words;
use crate::i18n::{I18n, format, use_i18n};
use crate::ui::Moment;

/// A browser and its system, as they are known.
pub fn device_name(i18n: I18n, device: &str) -> String {
    if device.is_empty() {
        i18n.text(words::UNKNOWN_DEVICE)
    } else {
        device.to_owned()
    }
}

/// How long ago, and when exactly: on a phone nothing is said on hover.
#[component]
pub fn When(
    /// When.
    at: Timestamp,
) -> impl IntoView {
    let i18n = use_i18n();
    let exact = at.clone();
    view! {
        <Moment at />
        <span class="sign-ins__exact">{move || format::date_time(i18n.locale(), &i18n.zone(), &exact)}</span>
    }
}

/// The network address something came from, if it is known.
#[component]
pub fn Place(
    /// The address.
    address: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    address
        .map(|address| view! { <span>{move || i18n.message(&words::from_address(address.clone()))}</span> })
}

/// What was shown to sign in.
#[component]
pub fn Method(
    /// In the order it was.
    method: Vec<Shown>,
) -> impl IntoView {
    let i18n = use_i18n();
    (!method.is_empty()).then(|| {
        let said = move || {
            let shown = method.iter().map(|shown| i18n.text(shown_text(*shown)));
            shown.collect::<Vec<_>>().join(" + ")
        };
        view! { <span>{said}</span> }
    })
}

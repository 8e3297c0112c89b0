//! That the backend will not be there for a while.

use leptos::prelude::*;

use crate::i18n::texts::auth as words;
use crate::i18n::{format, use_i18n};
use crate::session::use_policy;
use crate::ui::{Banner, Tone};

/// Announces a time of maintenance, before it and while it lasts.
#[component]
pub fn MaintenanceNotice() -> impl IntoView {
    let (policy, i18n) = (use_policy(), use_i18n());
    move || {
        policy.maintenance().map(|time| {
            let text = Signal::derive(move || {
                let moment = |at| format::date_time(i18n.locale(), &i18n.zone(), at);
                i18n.message(&words::maintenance(moment(&time.from), moment(&time.until)))
            });
            view! { <Banner tone=Tone::Warning text /> }
        })
    }
}

//! The status of a customer.

use leptos::prelude::*;
use portico_contract::customer::CustomerStatus;

use super::super::model::status_text;
use crate::i18n::t;
use crate::ui::{Badge, Tone};

/// The status as a word on a tone.
#[component]
pub fn StatusBadge(
    /// Which.
    status: CustomerStatus,
) -> impl IntoView {
    let tone = match status {
        CustomerStatus::Prospect => Tone::Info,
        CustomerStatus::Active => Tone::Success,
        CustomerStatus::Dormant => Tone::Warning,
        CustomerStatus::Lost => Tone::Neutral,
    };
    view! { <Badge tone label=t(status_text(status)) /> }
}

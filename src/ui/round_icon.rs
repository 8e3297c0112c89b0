//! The sign before a row.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// An icon on a round ground, which shows of what kind a row is. The row's words say the same.
#[component]
pub fn RoundIcon(
    /// The sign; without one the ground stands in for a row on its way.
    #[prop(optional)]
    icon: Option<IconName>,
    /// Whether the row needs a look.
    #[prop(optional)]
    warns: bool,
) -> impl IntoView {
    let icon = icon.map(|name| view! { <Icon name/> });
    view! { <span class="round-icon" data-warns=warns.then_some("")>{icon}</span> }
}

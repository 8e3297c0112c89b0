//! A page that says that something is over.

use leptos::prelude::*;

use super::frame::{Ending, Frame};
use super::model::End;
use crate::i18n::t;

/// Nothing more to do here but to follow the one way on.
#[component]
pub(super) fn OverPage(
    /// What happened and what to do.
    end: End,
    /// Whom to ask.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let End {
        title,
        hint,
        label,
        route,
    } = end;
    view! {
        <Frame title=t(title)>
            <Ending hint=t(hint) label=t(label) href=route />
            {children.map(|children| children())}
        </Frame>
    }
}

//! A page that says that something is over.

use leptos::prelude::*;

use super::frame::{Ending, Frame};
use crate::app::routes::Route;
use crate::i18n::{Text, t};

/// An ending: its heading, what to do, and the way on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// What happened.
    pub title: Text,
    /// What to do.
    pub hint: Text,
    /// The way on, in words.
    pub label: Text,
    /// And as an address.
    pub route: Route,
}

/// Nothing more to do here but to follow the one way on.
#[component]
pub fn OverPage(
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

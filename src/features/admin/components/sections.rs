//! The way from one page of the administration to the others.

use leptos::prelude::*;

use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::admin as words;

/// A page of the administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Accounts.
    Users,
    /// Requests for help.
    Requests,
}

/// Links to the pages of the administration; `here` is the one that is shown.
#[component]
pub fn Sections(here: Section) -> impl IntoView {
    let link = |section, route: Route, text| {
        let current = (here == section).then_some("page");
        view! { <a class="admin__section" href=route.path() aria-current=current>{t(text)}</a> }
    };
    view! {
        <nav class="admin__sections" aria-label=t(words::TITLE)>
            {link(Section::Users, Route::AdminUsers, words::USERS)}
            {link(Section::Requests, Route::AdminRequests, words::REQUESTS)}
        </nav>
    }
}

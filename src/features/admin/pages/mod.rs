//! The administration's routed pages.

mod invite;
mod requests;
mod users;

pub use invite::InviteUserPage;
pub use requests::AdminRequestsPage;
pub use users::AdminUsersPage;

use leptos::prelude::*;
use portico_contract::capability::{Resource, Verb};

use crate::i18n::texts::admin as words;
use crate::i18n::{Text, t};
use crate::session::use_session;
use crate::ui::{Banner, PageTitle, Tone};

/// Draws `page` for who may `verb` accounts; everybody else is told which right is missing, and nothing is asked of the
/// backend.
fn for_who_may(verb: Verb, title: Text, page: impl FnOnce() -> AnyView) -> AnyView {
    let session = use_session();
    if untrack(|| session.can(verb, Resource::Users)).is_some() {
        return page();
    }
    let text = if verb == Verb::Create {
        words::INVITE_FORBIDDEN
    } else {
        words::READ_FORBIDDEN
    };
    view! {
        <header class="page__header"><PageTitle title=t(title) /></header>
        <Banner tone=Tone::Warning text=t(text) />
    }
    .into_any()
}

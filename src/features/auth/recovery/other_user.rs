//! Somebody else is signed in where a link is opened.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::super::door::Frame;
use crate::app::routes::Route;
use crate::i18n::texts::recovery as words;
use crate::i18n::{t, tm};
use crate::platform::task;
use crate::session::{SessionState, use_session};
use crate::ui::{Button, ButtonVariant};

/// Who is signed in where a link is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Present {
    /// That is still being found out; until then nothing is decided.
    Unknown,
    /// Nobody.
    Nobody,
    /// The person of this name.
    Somebody(String),
}

/// Who is signed in here. Once it is nobody it stays so: another tab that signs in must not take away what is being typed.
pub(super) fn present() -> Memo<Present> {
    let session = use_session();
    Memo::new(move |before: Option<&Present>| {
        let before = before.cloned().unwrap_or(Present::Unknown);
        match (before, session.state()) {
            (Present::Nobody, _) => Present::Nobody,
            (before, SessionState::Restoring | SessionState::SigningOut) => before,
            _ => session
                .me()
                .map_or(Present::Nobody, |me| Present::Somebody(me.user.name.clone())),
        }
    })
}

/// Whose browser it is has to be decided by the person: what follows would end that session.
#[component]
pub(super) fn OtherUser(
    /// Whom the link is for, as far as may be said.
    account: String,
    /// Who is signed in.
    name: String,
) -> impl IntoView {
    let session = use_session();
    let hint = tm(move || words::other_user_hint(name.clone(), account.clone()));
    let navigate = use_navigate();
    let stay = Callback::new(move |()| navigate(&Route::Today.path(), NavigateOptions::default()));
    let leaving = RwSignal::new(false);
    let go_on = Callback::new(move |()| {
        if !leaving.get_untracked() {
            leaving.set(true);
            task::detached(async move {
                session.sign_out().await;
                leaving.try_set(false);
            });
        }
    });
    view! {
        <Frame title=t(words::OTHER_USER)>
            <p>{hint}</p>
            <div class="recovery__actions">
                <Button label=t(words::OTHER_USER_GO) variant=ButtonVariant::Primary pending=leaving on_click=go_on />
                <Button label=t(words::OTHER_USER_STAY) on_click=stay />
            </div>
        </Frame>
    }
}

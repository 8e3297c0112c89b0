//! Somebody else is signed in where a link is opened.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::frame::Frame;
use crate::app::routes::Route;
use crate::i18n::texts::recovery as words;
use crate::i18n::{t, tm};
use crate::platform::task;
use crate::session::use_session;
use crate::ui::{Button, ButtonVariant};

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
    let go_on = Callback::new(move |()| task::detached(session.sign_out()));
    view! {
        <Frame title=t(words::OTHER_USER)>
            <p>{hint}</p>
            <div class="recovery__actions">
                <Button label=t(words::OTHER_USER_GO) variant=ButtonVariant::Primary on_click=go_on />
                <Button label=t(words::OTHER_USER_STAY) on_click=stay />
            </div>
        </Frame>
    }
}

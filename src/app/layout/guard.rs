//! Lets in who is signed in and sends everybody else to the sign-in.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_navigate;
use portico_contract::ids::UserId;

use crate::api::ApiError;
use crate::app::routes::{NEXT, Route, safe_next};
use crate::i18n::texts::auth;
use crate::i18n::{t, use_i18n};
use crate::platform::{clock, location, network, task};
use crate::session::{EndReason, Session, SessionState, use_session};
use crate::ui::{Banner, ErrorState, PageTitle, Tone};

/// What the guard decides.
#[derive(Clone, Debug, PartialEq)]
enum Gate {
    /// Not known yet.
    Waiting,
    /// On the way out.
    SigningOut,
    /// The backend could not be asked.
    Unreachable(ApiError),
    /// To the sign-in; with the way back unless the person wanted out.
    Leave { come_back: bool },
    /// In. Another person draws the whole frame anew, so that nothing of one is left for the next; the same person who
    /// signs in again goes on where it stopped.
    Open(UserId),
}

impl Gate {
    fn of(state: SessionState) -> Self {
        match state {
            SessionState::Restoring => Self::Waiting,
            SessionState::SigningOut => Self::SigningOut,
            SessionState::Unreachable(error) => Self::Unreachable(error),
            SessionState::SignedOut(reason) => {
                let wanted = matches!(
                    reason,
                    Some(EndReason::Asked | EndReason::Unfinished | EndReason::Elsewhere)
                );
                Self::Leave { come_back: !wanted }
            }
            SessionState::SignedIn(me) | SessionState::Interrupted(me) => Self::Open(me.user.id),
        }
    }
}

/// Guards the pages behind the sign-in. It explains; the backend guards the data.
#[component]
pub fn Guard() -> impl IntoView {
    let session = use_session();
    let gate = Memo::new(move |_| Gate::of(session.state()));
    leave_when_signed_out(gate);
    move || match gate.get() {
        Gate::Open(_) => view! { <Outlet /> }.into_any(),
        Gate::Unreachable(error) => view! { <Unreachable session error /> }.into_any(),
        Gate::SigningOut => view! { <SigningOut /> }.into_any(),
        Gate::Waiting | Gate::Leave { .. } => ().into_any(),
    }
}

/// Milliseconds between questions to a backend that cannot be reached.
const RETRY_MS: u32 = 2_000;

fn leave_when_signed_out(gate: Memo<Gate>) {
    let navigate = use_navigate();
    Effect::new(move |_| {
        let Gate::Leave { come_back } = gate.get() else {
            return;
        };
        let back = come_back
            .then(|| safe_next(&location::current()))
            .flatten()
            .filter(|path| path != "/");
        let query: Vec<(String, String)> = back.map(|path| (NEXT.to_owned(), path)).into_iter().collect();
        let target = format!("{}{}", Route::SignIn.path(), location::encode_query(&query));
        navigate(
            &target,
            NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            },
        );
    });
}

/// Says what takes so long, if it does. Nothing of the page is to be seen any more.
#[component]
fn SigningOut() -> impl IntoView {
    view! {
        <main class="fault">
            <PageTitle title=t(auth::SIGNING_OUT) class="fault__wait" />
        </main>
    }
}

/// The backend cannot be asked who is signed in. It is asked again until it answers.
#[component]
fn Unreachable(session: Session, error: ApiError) -> impl IntoView {
    let i18n = use_i18n();
    let explanation = Signal::derive(move || error.explain(i18n));
    task::scoped(async move {
        // To fail in the same way again draws nothing anew, so it is this task that goes on.
        loop {
            clock::sleep(RETRY_MS).await;
            session.ask_again().await;
        }
    });
    let retry = Callback::new(move |()| task::detached(session.ask_again()));
    let online = network::online();
    view! {
        <main class="fault">
            <Show when=move || !online.get()>
                <Banner tone=Tone::Warning text=t(auth::OFFLINE) />
            </Show>
            <ErrorState explanation on_retry=retry />
        </main>
    }
}

//! Who is signed in.
//!
//! The state is one enum, so that "signed in without a person" or "signed out with rights" cannot be written. The token
//! is not here: only the API client has it.

mod demo;
mod doorway;
mod draft;
mod state;
mod tabs;

use std::sync::Arc;

use leptos::prelude::*;
use portico_contract::auth::SignIn;
use portico_contract::capability::{Resource, Scope, Verb};
use portico_contract::user::Me;
use portico_contract::validate::Validated;

pub use demo::{Demo, use_demo};
pub use doorway::{Doorway, use_doorway};
pub use draft::{Draft, DraftPlace};
pub use state::{EndReason, SessionState};

use crate::api::auth::{self, Renewal};
use crate::api::{ApiError, Client};
use crate::platform::{clock, document, network, storage, task};
use tabs::{Tabs, Word};

/// Milliseconds a person waits for the backend to hear of a sign-out before it is left for later.
const SIGN_OUT_WAIT_MS: u32 = 3_000;

/// The session of this tab. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Session {
    state: RwSignal<SessionState>,
    client: Client,
    tabs: StoredValue<Option<Tabs>, LocalStorage>,
}

impl Session {
    /// A session that has yet to find out whether there is one. Call once, in `app/providers.rs`.
    pub fn new(client: Client) -> Self {
        let session = Self {
            state: RwSignal::new(SessionState::Restoring),
            client,
            tabs: StoredValue::new_local(None),
        };
        session.tabs.set_value(Tabs::open(move |word| session.hear(word)));
        client.on_session_end(move |over| session.settle(over));
        network::on_wake(move |kept_for_back| session.wake(kept_for_back));
        session
    }

    /// The state, tracked.
    pub fn state(self) -> SessionState {
        self.state.get()
    }

    /// The person signed in, tracked.
    pub fn me(self) -> Option<Arc<Me>> {
        self.state.with(|state| state.me().cloned())
    }

    /// The widest scope in which the person may do `verb` to `resource`. It explains; the backend decides.
    pub fn can(self, verb: Verb, resource: Resource) -> Option<Scope> {
        self.state
            .with(|state| state.me()?.capabilities.scope(verb, resource))
    }

    /// Finds out whether this browser has a session.
    pub async fn restore(self) {
        self.state.set(SessionState::Restoring);
        if storage::get(storage::Key::SignOutPending).is_some() {
            // A sign-out that never reached the backend comes first: the person wanted out.
            match auth::sign_out(self.client).await {
                Ok(()) => storage::remove(storage::Key::SignOutPending),
                Err(_) => {
                    return self
                        .state
                        .set(SessionState::SignedOut(Some(EndReason::Unfinished)));
                }
            }
        }
        let renewal = auth::restore(self.client).await;
        self.settle(renewal);
    }

    /// Asks the backend again after it could not be reached, without taking the explanation off the screen.
    pub async fn ask_again(self) {
        let renewal = auth::restore(self.client).await;
        self.settle(renewal);
    }

    /// Signs in.
    pub async fn sign_in(self, request: &Validated<SignIn>) -> Result<(), ApiError> {
        let grant = auth::sign_in(self.client, request).await?;
        storage::remove(storage::Key::SignOutPending);
        self.tell(&Word::SignedIn {
            sid: grant.me.session.id,
        });
        self.state.set(SessionState::SignedIn(Arc::new(grant.me)));
        Ok(())
    }

    /// Goes on with a session that began otherwise than by the form: by an invitation, by a new password.
    pub fn begin(self, me: Me) {
        storage::remove(storage::Key::SignOutPending);
        self.tell(&Word::SignedIn { sid: me.session.id });
        self.state.set(SessionState::SignedIn(Arc::new(me)));
    }

    /// Takes over what the person changed about themselves, if it is still the same session.
    pub fn renew_me(self, me: Me) {
        let is_same = self
            .state
            .with_untracked(|state| state.me().is_some_and(|now| now.session.id == me.session.id));
        if is_same {
            self.state.set(SessionState::SignedIn(Arc::new(me)));
        }
    }

    /// Signs out: at once on this device, and in the backend as soon as it can be reached.
    pub async fn sign_out(self) {
        let sid = self
            .state
            .with_untracked(|state| state.me().map(|me| me.session.id));
        storage::set(storage::Key::SignOutPending, "1");
        let answer = clock::within(SIGN_OUT_WAIT_MS, auth::sign_out(self.client)).await;
        let reached = answer.is_some_and(|answer| answer.is_ok());
        if reached {
            storage::remove(storage::Key::SignOutPending);
        }
        self.client.forget();
        if let Some(sid) = sid {
            self.tell(&Word::SignedOut { sid });
        }
        let reason = if reached {
            EndReason::Asked
        } else {
            EndReason::Unfinished
        };
        self.state.set(SessionState::SignedOut(Some(reason)));
    }

    fn settle(self, renewal: Renewal) {
        match renewal {
            Renewal::Renewed(grant) => {
                let me = Arc::new(grant.me.clone());
                let known = self.state.with_untracked(|state| state.me() == Some(&me));
                if !known {
                    self.state.set(SessionState::SignedIn(me));
                }
            }
            Renewal::Ended => {
                self.client.forget();
                // Nobody was signed in here, or somebody was and now is not: only the second needs a word.
                let was_signed_in = self.state.with_untracked(|state| state.me().is_some());
                self.state.set(SessionState::SignedOut(
                    was_signed_in.then_some(EndReason::Expired),
                ));
            }
            Renewal::Changed => task::detached(self.restore()),
            Renewal::Failed(error) => {
                // With somebody signed in the screen stays: only a clear answer ends a session.
                if self.state.with_untracked(|state| state.me().is_none()) {
                    self.state.set(SessionState::Unreachable(error));
                }
            }
        }
    }

    fn tell(self, word: &Word) {
        self.tabs.with_value(|tabs| {
            if let Some(tabs) = tabs {
                tabs.tell(word);
            }
        });
    }

    /// Another tab of this browser signed in or out.
    fn hear(self, word: Word) {
        let sid = self
            .state
            .with_untracked(|state| state.me().map(|me| me.session.id));
        match word {
            Word::SignedOut { sid: theirs } if sid == Some(theirs) => {
                self.client.forget();
                self.state
                    .set(SessionState::SignedOut(Some(EndReason::Elsewhere)));
            }
            Word::SignedIn { sid: theirs } if sid != Some(theirs) => task::detached(self.restore()),
            Word::SignedOut { .. } | Word::SignedIn { .. } => {}
        }
    }

    /// The page is seen again. A page kept for Back missed everything the other tabs said, so it stays covered until the
    /// backend has said that the session still exists.
    fn wake(self, kept_for_back: bool) {
        if !kept_for_back || self.state.with_untracked(|state| state.me().is_none()) {
            return;
        }
        document::conceal(true);
        task::detached(async move {
            let renewal = auth::check(self.client).await;
            self.settle(renewal);
            document::conceal(false);
        });
    }
}

/// The session, from context.
pub fn use_session() -> Session {
    expect_context()
}

//! Who is signed in.
//!
//! The state is one enum, so that "signed in without a person" or "signed out with rights" cannot be written. The token
//! is not here: only the API client has it.

mod doorway;
mod draft;
mod limits;
mod policy;
mod state;
mod step;
mod step_up;
mod tabs;

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Poll, Waker};

use futures_util::FutureExt as _;
use leptos::prelude::*;
use portico_contract::auth::{SignIn, SignInStep};
use portico_contract::capability::{Resource, Scope, Verb};
use portico_contract::ids::UserId;
use portico_contract::user::{Me, SessionInfo};
use portico_contract::validate::Validated;

pub use doorway::{Doorway, use_doorway};
pub use draft::{Draft, DraftPlace};
pub use limits::{Limits, Remaining};
pub use policy::{Policy, use_policy};
pub use state::{EndReason, SessionState};
pub use step::PendingStep;
pub use step_up::StepUps;

use crate::api::auth::{self, Renewal};
use crate::api::{ApiError, Client};
use crate::platform::{clock, document, network, storage, task};
use tabs::{Tabs, Word};

/// Milliseconds a person waits for the backend to hear of a sign-out before it is left for later.
const SIGN_OUT_WAIT_MS: u32 = 3_000;
/// Milliseconds for which a sign-out waits for what has just been asked for, such as a deal to be moved.
const WRITES_WAIT_MS: u32 = 2_000;

/// The session of this tab. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Session {
    state: RwSignal<SessionState>,
    client: Client,
    tabs: StoredValue<Option<Tabs>, LocalStorage>,
    limits: RwSignal<Option<Limits>>,
    /// Requests that wait until an interrupted session goes on.
    waiting: StoredValue<Vec<Waker>, LocalStorage>,
}

impl Session {
    /// A session that has yet to find out whether there is one. Call once, in `app/providers.rs`.
    pub fn new(client: Client) -> Self {
        let session = Self {
            state: RwSignal::new(SessionState::Restoring),
            client,
            tabs: StoredValue::new_local(None),
            limits: RwSignal::new(None),
            waiting: StoredValue::new_local(Vec::new()),
        };
        session.tabs.set_value(Tabs::open(move |word| session.hear(word)));
        client.on_session_end(move |over| session.go_on_after(over).boxed_local());
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

    /// When the session ends, tracked; unknown while nobody is signed in.
    pub fn limits(self) -> Option<Limits> {
        self.limits.get()
    }

    /// Finds out whether this browser has a session.
    pub async fn restore(self) {
        self.turn(SessionState::Restoring);
        if storage::get(storage::Key::SignOutPending).is_some() {
            // A sign-out that has not reached the backend yet comes first: the person wanted out.
            self.write_out().await;
            match auth::sign_out(self.client).await {
                Ok(()) => storage::remove(storage::Key::SignOutPending),
                Err(_) => {
                    return self.turn(SessionState::SignedOut(Some(EndReason::Unfinished)));
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

    /// Signs in. The answer is what has to be done before, if anything.
    pub async fn sign_in(self, request: &Validated<SignIn>) -> Result<Option<PendingStep>, ApiError> {
        let step = auth::sign_in(self.client, request).await?;
        Ok(self.follow(step))
    }

    /// Goes on with what any step of a sign-in has led to: the session, which begins, or else what it still waits for.
    pub fn follow(self, step: SignInStep) -> Option<PendingStep> {
        match step {
            SignInStep::Done(grant) => {
                self.begin(grant.me);
                None
            }
            SignInStep::ChangePassword(change) => Some(PendingStep::NewPassword(change)),
            SignInStep::SecondFactor(challenge) => Some(PendingStep::SecondFactor(challenge)),
            SignInStep::EnrolFactor(enrolment) => Some(PendingStep::EnrolFactor(enrolment)),
        }
    }

    /// Goes on with a session that has begun.
    fn begin(self, me: Me) {
        storage::remove(storage::Key::SignOutPending);
        self.tell(&Word::SignedIn { sid: me.session.id });
        self.enter(me);
    }

    /// The person does something: the session does not end for want of activity yet.
    pub async fn note_activity(self) -> Result<(), ApiError> {
        let info = auth::note_activity(self.client).await?;
        let same = self.me_untracked().is_some_and(|me| me.session.id == info.id);
        if same {
            self.limit(&info);
            self.tell(&Word::Active {
                sid: info.id,
                idle_expires_in: info.idle_expires_in,
            });
        }
        Ok(())
    }

    /// Finds out whether the session still exists, because it should have ended by now.
    pub async fn check(self) {
        let renewal = auth::check(self.client).await;
        self.settle(renewal);
    }

    /// Leaves an interrupted session for the sign-in, where somebody else may come in.
    pub fn give_up(self) {
        self.turn(SessionState::SignedOut(Some(EndReason::Expired)));
    }

    /// Takes over what the person changed about themselves, if it is still the same session.
    pub fn renew_me(self, me: Me) {
        let is_same = self
            .me_untracked()
            .is_some_and(|now| now.session.id == me.session.id);
        if is_same {
            self.turn(SessionState::SignedIn(Arc::new(me)));
        }
    }

    /// Signs out: at once on this device, and in the backend as soon as it can be reached.
    pub async fn sign_out(self) {
        let sid = self.me_untracked().map(|me| me.session.id);
        storage::set(storage::Key::SignOutPending, "1");
        // Takes the page down, and with it what it was reading: the backend would refuse it in a moment.
        self.turn(SessionState::SigningOut);
        self.write_out().await;
        self.client.leave();
        let answer = clock::within(SIGN_OUT_WAIT_MS, auth::sign_out(self.client)).await;
        let reached = answer.is_some_and(|answer| answer.is_ok());
        if reached {
            storage::remove(storage::Key::SignOutPending);
        }
        if let Some(sid) = sid {
            self.tell(&Word::SignedOut { sid });
        }
        let reason = if reached {
            EndReason::Asked
        } else {
            EndReason::Unfinished
        };
        self.put(SessionState::SignedOut(Some(reason)));
    }

    /// Lets what was asked for before a sign-out arrive, in whichever tab, within reason.
    async fn write_out(self) {
        let _ = clock::within(WRITES_WAIT_MS, self.client.written()).await;
    }

    fn me_untracked(self) -> Option<Arc<Me>> {
        self.state.with_untracked(|state| state.me().cloned())
    }

    /// Changes the state. Who is signing out wants out, whatever a renewal or another tab has to say meanwhile; and why a
    /// session has ended is not forgotten over a late answer that there is none.
    fn turn(self, state: SessionState) {
        let is_over = self.state.with_untracked(|now| match now {
            SessionState::SigningOut => true,
            SessionState::SignedOut(Some(_)) => matches!(state, SessionState::SignedOut(None)),
            _ => false,
        });
        if !is_over {
            self.put(state);
        }
    }

    /// The one place where the state changes: whoever waited for an interruption to end hears of it.
    fn put(self, state: SessionState) {
        let over = !state.is_interrupted();
        if state.me().is_none() {
            self.limits.set(None);
        }
        self.state.set(state);
        if over {
            for waiting in self.waiting.try_update_value(std::mem::take).unwrap_or_default() {
                waiting.wake();
            }
        }
    }

    /// `me` is signed in.
    fn enter(self, me: Me) {
        self.limit(&me.session);
        let same = self.state.with_untracked(|state| match state {
            SessionState::SignedIn(now) => {
                now.session.id == me.session.id && now.user == me.user && now.capabilities == me.capabilities
            }
            _ => false,
        });
        if !same {
            self.turn(SessionState::SignedIn(Arc::new(me)));
        }
    }

    fn limit(self, info: &SessionInfo) {
        self.limits.set(Some(Limits::received(info, clock::now_ms())));
    }

    /// What to do with a request whose session is `over`: whether it may be repeated, because the same person has a
    /// session again. Until that is known, it waits.
    async fn go_on_after(self, over: Renewal) -> bool {
        let person = |session: Self| -> Option<UserId> { session.me_untracked().map(|me| me.user.id) };
        let before = person(self);
        if matches!(over, Renewal::Changed) {
            self.look_again().await;
        } else {
            self.settle(over);
        }
        poll_fn(|context| {
            if !self.state.with_untracked(SessionState::is_interrupted) {
                return Poll::Ready(());
            }
            self.waiting
                .update_value(|waiting| waiting.push(context.waker().clone()));
            Poll::Pending
        })
        .await;
        before.is_some() && person(self) == before
    }

    /// Finds out who is signed in now, without taking the page apart: it may be the same person. Until that is known,
    /// nothing of it is seen.
    async fn look_again(self) {
        document::conceal(true);
        let renewal = auth::restore(self.client).await;
        self.settle(renewal);
        document::conceal(false);
    }

    fn settle(self, renewal: Renewal) {
        match renewal {
            Renewal::Renewed(grant) => self.enter(grant.me.clone()),
            Renewal::Ended => {
                self.client.forget();
                // Nobody was signed in here, or somebody was and is in the middle of something.
                match self.me_untracked() {
                    Some(me) => self.turn(SessionState::Interrupted(me)),
                    None => self.turn(SessionState::SignedOut(None)),
                }
            }
            Renewal::Changed => task::detached(self.look_again()),
            Renewal::Failed(error) => {
                // With somebody signed in the screen stays: only a clear answer ends a session.
                if self.me_untracked().is_none() {
                    self.turn(SessionState::Unreachable(error));
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
        let sid = self.me_untracked().map(|me| me.session.id);
        match word {
            Word::SignedOut { sid: theirs } if sid == Some(theirs) => {
                self.client.leave();
                self.turn(SessionState::SignedOut(Some(EndReason::Elsewhere)));
            }
            Word::SignedIn { sid: theirs } if sid.is_some() && sid != Some(theirs) => {
                task::detached(self.look_again());
            }
            Word::SignedIn { .. } if sid.is_none() => task::detached(self.restore()),
            Word::Active {
                sid: theirs,
                idle_expires_in,
            } if sid == Some(theirs) => self.limits.update(|limits| {
                *limits = limits.map(|limits| limits.extended(idle_expires_in, clock::now_ms()));
            }),
            Word::SignedOut { .. } | Word::SignedIn { .. } | Word::Active { .. } => {}
        }
    }

    /// The page is seen again. A page kept for Back missed everything the other tabs said, so it stays covered until the
    /// backend has said that the session still exists.
    fn wake(self, kept_for_back: bool) {
        if !kept_for_back || self.me_untracked().is_none() {
            return;
        }
        document::conceal(true);
        task::detached(async move {
            match auth::check(self.client).await {
                // Who comes by Back does not come to go on with something: nothing of it is kept.
                Renewal::Ended => {
                    self.client.forget();
                    self.give_up();
                }
                renewal => self.settle(renewal),
            }
            document::conceal(false);
        });
    }
}

/// The session, from context.
pub fn use_session() -> Session {
    expect_context()
}

//! The second step of a sign-in: where one is in it, and what was typed so far.

use leptos::prelude::*;
use portico_contract::admin::RequestState;
use portico_contract::second_factor::{AskForNewFactor, RecoveryCodes};
use portico_contract::validate::Validate;

use super::super::door::WayOn;
use super::super::model::page_of;
use super::model::Stage;
use super::showing::Showing;
use crate::api::{ApiError, Client, Sent, Submission, second_factor};
use crate::session::{Doorway, PendingStep, Session};

/// What is known and typed on the page. It stays while one goes back and forth. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Way {
    /// The second factor that is shown.
    pub(super) showing: Showing,
    /// The person asks for help.
    pub(super) asks: RwSignal<bool>,
    /// The word to the administrators.
    pub(super) reason: RwSignal<String>,
    /// What became of it.
    pub(super) asking: Submission,
    /// What became of looking whether they have answered.
    pub(super) looking: Submission,
    /// They have not.
    pub(super) is_unanswered: RwSignal<bool>,
    /// Recovery codes that are to be kept before anything else happens.
    pub(super) codes: RwSignal<Option<RecoveryCodes>>,
    /// The sign-in took too long.
    pub(super) is_over: RwSignal<bool>,
    /// The person goes back to the sign-in.
    is_left: RwSignal<bool>,
    /// Where the page leads.
    pub(super) on: WayOn,
}

impl Way {
    /// At its beginning.
    pub(super) fn new() -> Self {
        let reason = RwSignal::new(String::new());
        let way = Self {
            showing: Showing::new(),
            asks: RwSignal::new(false),
            reason,
            asking: Submission::of(move || reason.get()),
            looking: Submission::of(|| ()),
            is_unanswered: RwSignal::new(false),
            codes: RwSignal::new(None),
            is_over: RwSignal::new(false),
            is_left: RwSignal::new(false),
            on: WayOn::from_here(),
        };
        way.notice_the_end();
        way.lead_on();
        way
    }

    /// Who is coming in.
    pub(super) fn doorway(self) -> Doorway {
        self.showing.doorway
    }

    /// Their session, once there is one.
    pub(super) fn session(self) -> Session {
        self.showing.session
    }

    /// Who talks to the backend.
    pub(super) fn client(self) -> Client {
        self.showing.client
    }

    /// Notices that the sign-in took too long, whoever was told.
    fn notice_the_end(self) {
        let is_expired = |submission: Submission| matches!(submission.error(), Some(ApiError::SignInExpired));
        Effect::new(move |_| {
            if self.showing.is_too_late() || is_expired(self.asking) || is_expired(self.looking) {
                self.is_over.set(true);
            }
        });
    }

    /// Leaves the page when it is another one's turn. Whoever goes elsewhere starts anew: the sign-in page must not lead
    /// back here.
    fn lead_on(self) {
        let stage = self.stage();
        Effect::new(move |_| {
            if stage.get() == Stage::Elsewhere {
                self.leave();
            }
        });
        let doorway = self.doorway();
        on_cleanup(move || doorway.let_go(|step| !matches!(step, PendingStep::NewPassword(_))));
    }

    /// Lets go of the sign-in for another one: the page that is gone to must not find it.
    pub(super) fn start_over(self) {
        self.is_left.set(true);
        self.doorway().let_go(|_| true);
    }

    fn leave(self) {
        if self.is_left.get_untracked() {
            // By the link that was pressed.
            return;
        }
        let doorway = self.doorway();
        let page = doorway.step.with_untracked(|step| step.as_ref().map(page_of));
        if untrack(|| self.session().me()).is_some() {
            doorway.identifier.set(String::new());
            self.on.arrive();
        } else if let Some(page) = page {
            self.on.go(page);
        }
    }

    /// What the page shows.
    pub(super) fn stage(self) -> Memo<Stage> {
        Memo::new(move |_| {
            if self.codes.with(Option::is_some) {
                // Also when somebody is in: they are never shown again.
                Stage::Codes
            } else if self.is_left.get() || self.session().me().is_some() {
                Stage::Elsewhere
            } else if self.is_over.get() {
                Stage::Over
            } else {
                let asks = self.asks.get();
                self.doorway().step.with(|step| Stage::of(step.as_ref(), asks))
            }
        })
    }

    /// Where the newest request for a new second factor stands, if there is one, tracked.
    pub(super) fn request(self) -> Option<RequestState> {
        self.showing.of_challenge(|challenge| challenge.request).flatten()
    }

    /// The word to the administrators as it is sent, tracked.
    pub(super) fn word(self) -> AskForNewFactor {
        AskForNewFactor {
            reason: self.reason.get(),
        }
    }

    /// Asks the administrators. `noted` hears that they were, `refused` that the reason is wrong.
    pub(super) fn ask(self, noted: impl FnOnce() + 'static, refused: impl FnOnce() + 'static) {
        let client = self.client();
        let Ok(word) = untrack(|| self.word()).validate() else {
            return;
        };
        let request = async move { second_factor::ask_for_new(client, &word).await };
        self.asking.send(request, move |sent| match sent {
            Sent::Done(challenge) => {
                self.doorway().take(Some(PendingStep::SecondFactor(challenge)));
                self.reason.set(String::new());
                self.is_unanswered.set(false);
                self.asks.set(false);
                noted();
            }
            Sent::Refused => refused(),
            Sent::Failed => {}
        });
    }

    /// Looks whether the administrators have answered.
    pub(super) fn look_again(self) {
        let (client, session) = (self.client(), self.session());
        self.is_unanswered.set(false);
        let request = async move {
            let step = second_factor::resume(client).await?;
            // Also if the page was left meanwhile.
            Ok(session.follow(step))
        };
        self.looking.send(request, move |sent| {
            if let Sent::Done(pending) = sent {
                self.doorway().take(pending);
                let is_open = untrack(|| self.request()) == Some(RequestState::Open);
                self.is_unanswered.set(is_open);
            }
        });
    }
}

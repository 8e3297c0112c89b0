//! Showing the second factor: by which method, and what is typed for each.

use leptos::prelude::*;
use portico_contract::second_factor::{FactorChallenge, FactorMethod, FactorProof, ShowFactor};
use portico_contract::sent_code::CodeChannel;
use portico_contract::validate::Validate;

use super::super::methods::{in_order, others};
use super::entry::Entry;
use super::passkey::PasskeyEntry;
use super::sent_code::SentCode;
use super::tries::Tries;
use crate::api::passkeys::{self, Mediation, NoPasskey};
use crate::api::second_factor::Shown;
use crate::api::{ApiError, Client, Sent, Submission, second_factor, use_client};
use crate::platform::document;
use crate::session::{Doorway, PendingStep, Session, use_doorway, use_session};

/// The methods that take a code.
const TYPED: [FactorMethod; 4] = [
    FactorMethod::Totp,
    FactorMethod::Sms,
    FactorMethod::Mail,
    FactorMethod::RecoveryCode,
];

/// The second factor that the sign-in of the doorway waits for. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Showing {
    /// Who is coming in.
    pub(super) doorway: Doorway,
    chosen: RwSignal<Option<FactorMethod>>,
    /// What is typed for each method that takes a code.
    entries: StoredValue<[Entry; 4]>,
    /// The codes that are sent.
    sent: StoredValue<[SentCode; 2]>,
    /// The passkey that is asked for.
    passkey: StoredValue<PasskeyEntry>,
    /// Whether this browser may do without it for a while.
    pub(super) trust: RwSignal<bool>,
    /// Their session, once there is one.
    pub(super) session: Session,
    /// Who talks to the backend.
    pub(super) client: Client,
}

impl Showing {
    /// Nothing is typed yet.
    pub fn new() -> Self {
        Self {
            doorway: use_doorway(),
            chosen: RwSignal::new(None),
            entries: StoredValue::new(TYPED.map(Entry::new)),
            sent: StoredValue::new([CodeChannel::Sms, CodeChannel::Mail].map(SentCode::new)),
            passkey: StoredValue::new(PasskeyEntry::new()),
            trust: RwSignal::new(false),
            session: use_session(),
            client: use_client(),
        }
    }

    /// Of what is asked for what `read` sees, tracked; nothing while something else is.
    pub(super) fn of_challenge<T>(self, read: impl FnOnce(&FactorChallenge) -> T) -> Option<T> {
        self.doorway.step.with(|step| match step {
            Some(PendingStep::SecondFactor(challenge)) => Some(read(challenge)),
            _ => None,
        })
    }

    /// What can be shown, in the order in which it is offered, tracked.
    fn methods(self) -> Vec<FactorMethod> {
        let methods = self.of_challenge(|challenge| challenge.methods.clone());
        in_order(methods.unwrap_or_default(), self.passkey().is_usable())
    }

    /// Whether there is anything to show, tracked: not once an administrator has taken it away.
    pub(super) fn is_possible(self) -> bool {
        !self.methods().is_empty()
    }

    /// The method in use: the one that was chosen, or else the first that can be shown.
    pub(super) fn method(self) -> Memo<FactorMethod> {
        Memo::new(move |_| {
            let methods = self.methods();
            let chosen = self.chosen.get().filter(|chosen| methods.contains(chosen));
            chosen
                .or_else(|| methods.first().copied())
                .unwrap_or(FactorMethod::Totp)
        })
    }

    /// The methods but for `now`, tracked.
    pub(super) fn others(self, now: FactorMethod) -> Vec<FactorMethod> {
        others(&self.methods(), now)
    }

    /// Turns to another method. What is typed for this one stays.
    pub(super) fn choose(self, method: FactorMethod) {
        self.chosen.set(Some(method));
    }

    /// What is typed for `method`; nothing is for a passkey.
    pub(super) fn entry(self, method: FactorMethod) -> Option<Entry> {
        let entries = self.entries.get_value();
        entries.into_iter().find(|entry| entry.method == method)
    }

    /// The codes that are sent for `method`, if some are.
    pub(super) fn post(self, method: FactorMethod) -> Option<SentCode> {
        let sent = self.sent.get_value();
        sent.into_iter().find(|sent| sent.channel.method() == method)
    }

    /// The passkey that is asked for.
    pub(super) fn passkey(self) -> PasskeyEntry {
        self.passkey.get_value()
    }

    /// Whether a recovery code is a way round the method in use.
    pub(super) fn has_recovery(self) -> Signal<bool> {
        let method = self.method();
        Signal::derive(move || {
            method.get() != FactorMethod::RecoveryCode && self.methods().contains(&FactorMethod::RecoveryCode)
        })
    }

    /// Whether an answer is awaited, tracked.
    pub(super) fn is_pending(self) -> bool {
        self.tries().any(|tries| tries.pending().get())
            || self.is_any_post(|submission| submission.pending.get())
    }

    /// Whether the sign-in is over, tracked.
    pub fn is_too_late(self) -> bool {
        let is_expired = |submission: Submission| matches!(submission.error(), Some(ApiError::SignInExpired));
        self.tries().any(Tries::is_too_late) || self.is_any_post(is_expired)
    }

    fn is_any_post(self, is_so: impl Fn(Submission) -> bool) -> bool {
        self.sent
            .get_value()
            .into_iter()
            .any(|sent| is_so(sent.post.submission))
    }

    fn tries(self) -> impl Iterator<Item = Tries> {
        let entries = self.entries.get_value().into_iter();
        entries.map(|entry| entry.tries).chain([self.passkey().tries])
    }

    /// Sends what is typed in `entry`. What follows is the doorway's, or the session begins.
    pub(super) fn send(self, entry: Entry) {
        let Self {
            doorway,
            session,
            client,
            ..
        } = self;
        let Some(proof) = FactorProof::of_code(entry.method, entry.code.get_untracked()) else {
            return;
        };
        let typed = ShowFactor {
            proof,
            trust: self.trust.get_untracked(),
        };
        let Ok(request) = typed.validate() else {
            return entry.state.show_refusal();
        };
        let request = async move {
            let shown = second_factor::show(client, &request).await?;
            // Also if the page was left meanwhile.
            Ok(shown.map(|step| session.follow(step)))
        };
        entry.send(request, move |pending| doorway.take(pending));
    }

    /// Has a code sent that is typed in `entry`. What is typed of an earlier one is worth nothing any more.
    pub(super) fn send_code(self, entry: Entry, SentCode { channel, post }: SentCode) {
        // It stands here, even if it turns out that another method would have been the first.
        self.choose(entry.method);
        let client = self.client;
        let request = async move { second_factor::send_code(client, channel).await };
        post.send(request, move |sent| {
            if let Sent::Done(()) = sent {
                entry.code.set(String::new());
                entry.tries.submission.begin();
            }
            // The button rests from now on.
            document::focus("[name=code]");
        });
    }

    /// Asks for a passkey and sends what it says.
    pub(super) fn send_passkey(self) {
        let Self {
            doorway,
            session,
            client,
            ..
        } = self;
        // What is said about it stands here, even if it turns out that another one would have been the first.
        self.choose(FactorMethod::Passkey);
        let trust = self.trust.get_untracked();
        let request = async move {
            let question = second_factor::ask_for_passkey(client).await?;
            let passkey = match passkeys::answer(question, Mediation::Dialog).await {
                Ok(passkey) => passkey,
                Err(none) => return Ok(Shown::Right(Err(none))),
            };
            let typed = ShowFactor {
                proof: FactorProof::Passkey(passkey),
                trust,
            };
            let Ok(request) = typed.validate() else {
                return Ok(Shown::Right(Err(NoPasskey::Failed)));
            };
            let shown = second_factor::show(client, &request).await?;
            // Also if the page was left meanwhile.
            Ok(shown.map(|step| Ok(session.follow(step))))
        };
        self.passkey().send(request, move |pending| doorway.take(pending));
    }
}

//! Showing the second factor: by which method, and what is typed for each.

use leptos::prelude::*;
use portico_contract::second_factor::{FactorChallenge, FactorMethod, FactorProof, ShowFactor};
use portico_contract::validate::Validate;

use super::super::methods::{in_order, others};
use super::entry::Entry;
use super::passkey::PasskeyEntry;
use super::tries::Tries;
use crate::api::passkeys::{self, Mediation, NoPasskey};
use crate::api::second_factor::Shown;
use crate::api::{Client, second_factor, use_client};
use crate::session::{Doorway, PendingStep, Session, use_doorway, use_session};

/// The second factor that the sign-in of the doorway waits for. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Showing {
    /// Who is coming in.
    pub(super) doorway: Doorway,
    chosen: RwSignal<Option<FactorMethod>>,
    /// What is typed for each method: the app's code, a recovery code.
    entries: StoredValue<[Entry; 2]>,
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
            entries: StoredValue::new([FactorMethod::Totp, FactorMethod::RecoveryCode].map(Entry::new)),
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
        let [totp, recovery] = self.entries.get_value();
        match method {
            FactorMethod::Passkey => None,
            FactorMethod::Totp => Some(totp),
            FactorMethod::RecoveryCode => Some(recovery),
        }
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
    }

    /// Whether the sign-in is over, tracked.
    pub fn is_too_late(self) -> bool {
        self.tries().any(Tries::is_too_late)
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

//! What a sign-in still waits for after the password: the second factor, then a new password, then a second factor to be
//! enrolled. Each step is a row of its own that fits only the endpoint of that step, says what was shown so far, and is
//! used up by the next one.

use portico_contract::auth::{ChangeReason, NewPassword, PasswordChange, SignInStep};
use portico_contract::problem::ErrorCode;
use portico_contract::validate::Validated;
use serde_json::json;
use uuid::Uuid;

use super::sign_in::{BY_PASSWORD, Proven};
use super::{Advanced, Auth, Held, seconds};
use crate::domain::audit::{Entry, Event};
use crate::domain::clock::MINUTE;
use crate::domain::failure::Failure;
use crate::domain::new_passwords::OtherSessions;
use crate::domain::origin::Origin;
use crate::domain::{tokens, users};
use crate::store::{KnownDeviceRow, SignInTransactionRow, UserRow, stored};

/// A step has to be taken within this long.
const TRANSACTION: i64 = 10 * MINUTE;

/// What a sign-in can wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    NewPassword,
    SecondFactor,
    Enrolment,
}

impl Step {
    /// The step as it is stored and written.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::NewPassword => "new_password",
            Self::SecondFactor => "second_factor",
            Self::Enrolment => "enrol_factor",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::NewPassword, Self::SecondFactor, Self::Enrolment]
            .into_iter()
            .find(|step| step.as_str() == text)
    }
}

/// A sign-in that waits, with whom it is about.
pub(super) struct Running {
    pub(super) hash: String,
    pub(super) step: Step,
    pub(super) proven: Proven,
    pub(super) expires_at: i64,
}

impl Auth {
    /// What follows what `proven` has shown so far: another step, or the session. `device` is what the browser is known by,
    /// `running` the sign-in that goes on; `otherwise` is what is answered where account or sign-in have changed meanwhile.
    pub(super) async fn go_on(
        &self,
        origin: &Origin,
        proven: Proven,
        device: Option<KnownDeviceRow>,
        running: Option<String>,
        otherwise: ErrorCode,
    ) -> Result<Advanced, Failure> {
        let has_factor = !self.second_factors.methods(proven.user.id).await?.is_empty();
        if has_factor && !proven.factor {
            let now = self.clock.now();
            let is_trusted = device
                .as_ref()
                .is_some_and(|device| device.trusted_until.is_some_and(|until| now < until));
            if !(is_trusted && self.rules.trust_days.is_some()) {
                return self
                    .wait(origin, proven, Step::SecondFactor, running, otherwise)
                    .await;
            }
        }
        if proven.change.is_some() {
            return self
                .wait(origin, proven, Step::NewPassword, running, otherwise)
                .await;
        }
        if !has_factor && self.must_enrol(&proven.user)? {
            return self
                .wait(origin, proven, Step::Enrolment, running, otherwise)
                .await;
        }
        self.finish(origin, proven, device, running, otherwise).await
    }

    /// Whether `user`, who has no second factor, needs one.
    fn must_enrol(&self, user: &UserRow) -> Result<bool, Failure> {
        Ok(user.enrolment_due || self.second_factors.is_required(user)?)
    }

    async fn wait(
        &self,
        origin: &Origin,
        proven: Proven,
        step: Step,
        running: Option<String>,
        otherwise: ErrorCode,
    ) -> Result<Advanced, Failure> {
        let now = self.clock.now();
        let token = tokens::fresh(&*self.random)?;
        let row = SignInTransactionRow {
            hash: token.hash.clone(),
            user_id: proven.user.id,
            identifier_hash: proven.pseudonym.clone(),
            step: step.as_str().to_owned(),
            proven: proven.method.clone(),
            factor: proven.factor,
            trust: proven.trust,
            remember: proven.remember,
            change: proven.change.map(|reason| reason.as_str().to_owned()),
            created_at: now,
            expires_at: now + TRANSACTION,
            used_at: None,
        };
        if !self.transactions.start(&proven.user, row, running).await? {
            return Err(self.turn_away(origin, otherwise, Some(&proven)).await?);
        }
        let user = &proven.user;
        let detail = json!({"step": step.as_str(), "reason": proven.change, "method": proven.method});
        let entry = Entry::accepted(Event::SignInStep).by_person(user.id).to(user.id);
        self.audit
            .record(origin, entry.identified(&proven.pseudonym).detail(detail))
            .await?;
        let running = Running {
            hash: token.hash,
            step,
            proven,
            expires_at: now + TRANSACTION,
        };
        Ok(Advanced {
            step: self.told(&running).await?,
            refresh: None,
            transaction: Some(token.text),
            device: None,
        })
    }

    /// What `running` waits for, as the page is told.
    async fn told(&self, running: &Running) -> Result<SignInStep, Failure> {
        let expires_in = seconds(running.expires_at - self.clock.now());
        let user = &running.proven.user;
        Ok(match running.step {
            Step::NewPassword => SignInStep::ChangePassword(PasswordChange {
                reason: running.proven.change.unwrap_or(ChangeReason::Compromised),
                expires_in,
                context: self.new_passwords.context_words(user).await?,
            }),
            Step::SecondFactor => SignInStep::SecondFactor(self.challenge(user, expires_in).await?),
            Step::Enrolment => SignInStep::EnrolFactor(self.enrolment(user, expires_in)),
        })
    }

    /// The browser's sign-in that waits for one of `steps`, and may still go on.
    pub(super) async fn running(
        &self,
        origin: &Origin,
        held: Held<'_>,
        steps: &[Step],
    ) -> Result<Running, Failure> {
        let now = self.clock.now();
        let found = match held.transaction.and_then(tokens::hash) {
            Some(hash) => self.transactions.find(&hash).await?,
            None => None,
        };
        let found = found
            .filter(|row| now < row.expires_at)
            .and_then(|row| Step::parse(&row.step).map(|step| (row, step)))
            .filter(|(_, step)| steps.contains(step));
        let Some((row, step)) = found else {
            return Err(self.no_such_step(origin, steps).await?);
        };
        let user = self.users.find(row.user_id).await?.filter(|user| user.active);
        let Some(user) = user else {
            return Err(self.no_such_step(origin, steps).await?);
        };
        let proven = Proven {
            user,
            pseudonym: row.identifier_hash,
            remember: row.remember,
            method: row.proven,
            change: row.change.as_deref().map(stored).transpose()?,
            factor: row.factor,
            trust: row.trust,
        };
        if !self.rules.admits(origin.address) {
            let code = ErrorCode::OutsideNetwork;
            return Err(self.turn_away(origin, code, Some(&proven)).await?);
        }
        self.check_person(origin, &proven).await?;
        Ok(Running {
            hash: row.hash,
            step,
            proven,
            expires_at: row.expires_at,
        })
    }

    /// A step was asked for that no sign-in waits for: skipped, replayed, too late, or of another browser.
    pub(super) async fn no_such_step(&self, origin: &Origin, steps: &[Step]) -> Result<Failure, Failure> {
        let steps: Vec<_> = steps.iter().map(|step| step.as_str()).collect();
        let entry = Entry::refused(Event::SignInStep).detail(json!({"step": steps.join(" ")}));
        self.audit.record(origin, entry).await?;
        Ok(Failure::of(ErrorCode::SignInExpired))
    }

    /// What the browser's running sign-in waits for. Uses nothing up.
    pub(crate) async fn resume(&self, origin: &Origin, held: Held<'_>) -> Result<SignInStep, Failure> {
        let any = [Step::NewPassword, Step::SecondFactor, Step::Enrolment];
        let running = self.running(origin, held, &any).await?;
        self.told(&running).await
    }

    /// Goes on as after a right password, for `user`, who has just chosen one on an invitation.
    pub(crate) async fn enter(
        &self,
        origin: &Origin,
        user: UserRow,
        held: Held<'_>,
    ) -> Result<Advanced, Failure> {
        self.forget_transaction(held.transaction).await?;
        let proven = Proven {
            pseudonym: self.key.pseudonym(&users::canonical_identifier(&user.email)),
            user,
            remember: false,
            method: BY_PASSWORD.to_owned(),
            change: None,
            factor: false,
            trust: false,
        };
        if !self.rules.admits(origin.address) {
            let code = ErrorCode::OutsideNetwork;
            return Err(self.turn_away(origin, code, Some(&proven)).await?);
        }
        self.sign_out(origin, held.refresh, None).await?;
        self.check_person(origin, &proven).await?;
        self.go_on(origin, proven, None, None, ErrorCode::SignInExpired)
            .await
    }

    /// Goes on with the sign-in that waits for a new password.
    pub(crate) async fn sign_in_with_new_password(
        &self,
        origin: &Origin,
        request: Validated<NewPassword>,
        held: Held<'_>,
    ) -> Result<Advanced, Failure> {
        let steps = [Step::NewPassword];
        let Running { hash, mut proven, .. } = self.running(origin, held, &steps).await?;
        let NewPassword { new } = request.into_inner();
        self.new_passwords.check("new", &proven.user, &new).await?;
        let device = self.known_device(held, proven.user.id).await?;
        let changed = self
            .new_passwords
            .set(&proven.user, &new, OtherSessions::End, Some(hash))
            .await?;
        let Some(changed) = changed else {
            return Err(self.no_such_step(origin, &steps).await?);
        };
        proven.user = changed;
        proven.change = None;
        self.note_new_password(origin, proven.user.id).await?;
        self.sign_out(origin, held.refresh, None).await?;
        // The browser as it was before: one that was trusted has done without the factor for this sign-in already.
        self.go_on(origin, proven, device, None, ErrorCode::SignInExpired)
            .await
    }

    async fn note_new_password(&self, origin: &Origin, person: Uuid) -> Result<(), Failure> {
        let entry = Entry::accepted(Event::PasswordChanged).by_person(person);
        let entry = entry.to(person).detail(json!({"during": "sign_in"}));
        self.audit.record(origin, entry).await
    }
}

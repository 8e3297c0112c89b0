//! Signing in: identifier and password, then whatever step the person has left.
//!
//! What an answer says about an account it says only after the right password. Before that unknown, wrong, disabled and
//! without a password are one: the same bytes and one hash, whatever is typed.

use portico_contract::auth::{ChangeReason, SignIn, SignInStep};
use portico_contract::problem::ErrorCode;
use portico_contract::user::Role;
use portico_contract::validate::Validated;
use serde_json::json;
use uuid::Uuid;

use super::{Auth, Held};
use crate::domain::audit::{Entry, Event};
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::domain::throttle::{Admission, Key, Refusal};
use crate::domain::{tokens, users};
use crate::store::{KnownDeviceRow, UserRow, stored};

/// What every sign-in rests on, as it is stored and written.
pub(super) const BY_PASSWORD: &str = "password";

/// What a browser is to hold after a step of a sign-in.
pub(crate) struct Advanced {
    /// What the page is told.
    pub(crate) step: SignInStep,
    /// The new session's refresh token; without it the browser has no session.
    pub(crate) refresh: Option<RefreshCookie>,
    /// The sign-in that goes on.
    pub(crate) transaction: Option<String>,
    /// What the browser is known by from now on, if that is new.
    pub(crate) device: Option<String>,
}

/// A refresh token with the time its cookie lasts; without one it lasts as long as the browser runs.
pub(crate) struct RefreshCookie {
    pub(crate) token: String,
    pub(crate) max_age: Option<u32>,
}

/// A person who has shown who they are, as far as the sign-in has come.
pub(super) struct Proven {
    pub(super) user: UserRow,
    pub(super) pseudonym: String,
    pub(super) remember: bool,
    /// What was shown so far, as it is stored and written.
    pub(super) method: String,
    /// Why a new password is needed before a session starts, if it is.
    pub(super) change: Option<ChangeReason>,
    /// Whether the second factor was shown.
    pub(super) factor: bool,
    /// Whether the browser is to do without it for a while.
    pub(super) trust: bool,
}

impl Auth {
    /// Checks identifier and password. What the browser `held` ends: another sign-in, and with a right password the
    /// session, whoever's it was.
    pub(crate) async fn sign_in(
        &self,
        origin: &Origin,
        request: Validated<SignIn>,
        held: Held<'_>,
    ) -> Result<Advanced, Failure> {
        self.forget_transaction(held.transaction).await?;
        if !self.rules.admits(origin.address) {
            return Err(self.turn_away(origin, ErrorCode::OutsideNetwork, None).await?);
        }
        let SignIn {
            identifier,
            password,
            remember,
        } = request.into_inner();
        let identifier = users::canonical_identifier(&identifier);
        let pseudonym = self.key.pseudonym(&identifier);
        let found = self.users.find_by_identifier(&identifier).await?;
        let subject = found.as_ref().map(|user| user.id);
        // Also asked where nobody is meant: nobody knows any browser, and it takes as long.
        let device = self.known_device(held, subject.unwrap_or_default()).await?;
        // What others do from the same network is not to keep out whom the browser is known with.
        let network = match &device {
            Some(_) => None,
            None => self.admit_network(origin, &pseudonym, subject).await?,
        };
        let key = device.as_ref().map_or_else(
            || Key::identifier(&pseudonym),
            |device| Key::device(&device.token_hash),
        );
        let admission = match self.throttle.admit(&key).await? {
            Ok(admission) => admission,
            Err(refusal) => {
                // The work of one look at a password, so that time tells no more than the answer does.
                let looked = self.passwords.verify(&password, None).await;
                let counted: Vec<_> = network.iter().collect();
                self.throttle.looked_at(&counted, looked).await?;
                let detail = json!({"method": BY_PASSWORD, "tries": refusal.refused});
                self.note_refusal(origin, &pseudonym, subject, &refusal, detail)
                    .await?;
                return Err(refusal.into());
            }
        };
        let usable = found.filter(|user| user.active);
        // Silently: once there were too many at an account no password fits, and no answer tells.
        let account = Key::account(usable.as_ref().map(|user| user.id), &pseudonym);
        let of_account = match &device {
            None => Some(self.throttle.admit(&account).await?),
            Some(_) => None,
        };
        let open = !matches!(of_account, Some(Err(_)));
        let of_account = of_account.and_then(Result::ok);
        let hash = usable.as_ref().and_then(|user| user.password_hash.clone());
        let looked = self.passwords.verify(&password, hash).await;
        let at_account = of_account.map(|_| &account);
        let counted: Vec<_> = network.iter().chain(at_account).chain([&key]).collect();
        let fits = self.throttle.looked_at(&counted, looked).await? && open;
        let Some(user) = usable.clone().filter(|_| fits) else {
            let counts: Vec<_> = std::iter::once(&admission).chain(&of_account).collect();
            let entry = Entry::refused(Event::Locked)
                .about(subject)
                .identified(&pseudonym);
            let failure = self
                .wrong_password(origin, &pseudonym, subject, &admission)
                .await?;
            if self.note_lock(origin, &counts, entry).await? {
                self.notices.locked(&pseudonym, usable.as_ref()).await?;
            }
            return Err(failure);
        };
        self.throttle.succeeded(&key).await?;
        // Also what strangers did with the name, where the browser is known and not counted with them.
        let elsewhere = self.throttle.failures_at(&user).await?;
        self.throttle.entered(&user).await?;
        self.notices
            .after_failures(&user, admission.in_a_row_before().max(elsewhere))
            .await?;
        if let Some(network) = network {
            self.throttle.give_back(&network).await?;
        }
        self.sign_out(origin, held.refresh, None).await?;
        let user = self.new_passwords.hashed_anew(user, &password).await?;
        let proven = Proven {
            change: self.needs_new_password(&user, Some(&password)),
            user,
            pseudonym,
            remember: remember && self.rules.remember_days.is_some(),
            method: BY_PASSWORD.to_owned(),
            factor: false,
            trust: false,
        };
        self.check_person(origin, &proven).await?;
        self.go_on(origin, proven, device, None, ErrorCode::InvalidCredentials)
            .await
    }

    /// The browser, if `person` is known with it.
    pub(super) async fn known_device(
        &self,
        held: Held<'_>,
        person: Uuid,
    ) -> Result<Option<KnownDeviceRow>, Failure> {
        match held.device.and_then(tokens::hash) {
            Some(hash) => self.devices.known(&hash, person).await,
            None => Ok(None),
        }
    }

    pub(super) async fn forget_transaction(&self, transaction: Option<&str>) -> Result<(), Failure> {
        match transaction.and_then(tokens::hash) {
            Some(hash) => self.transactions.forget(&hash).await,
            None => Ok(()),
        }
    }

    /// Counts a try from the network of `origin`. Beyond the limit nothing is looked at, not even a hash made.
    async fn admit_network(
        &self,
        origin: &Origin,
        pseudonym: &str,
        subject: Option<Uuid>,
    ) -> Result<Option<Key>, Failure> {
        let Some(key) = self.throttle.network(origin) else {
            return Ok(None);
        };
        let Err(refusal) = self.throttle.admit(&key).await? else {
            return Ok(Some(key));
        };
        let detail = json!({"method": BY_PASSWORD, "limit": "network", "tries": refusal.refused});
        self.note_refusal(origin, pseudonym, subject, &refusal, detail)
            .await?;
        Err(refusal.into())
    }

    /// Writes that a try was refused unseen, now and then.
    async fn note_refusal(
        &self,
        origin: &Origin,
        pseudonym: &str,
        subject: Option<Uuid>,
        refusal: &Refusal,
        detail: serde_json::Value,
    ) -> Result<(), Failure> {
        if !refusal.is_notable() {
            return Ok(());
        }
        let entry = Entry::refused(Event::Throttled).about(subject);
        self.audit
            .record(origin, entry.identified(pseudonym).detail(detail))
            .await
    }

    async fn wrong_password(
        &self,
        origin: &Origin,
        pseudonym: &str,
        subject: Option<Uuid>,
        admission: &Admission,
    ) -> Result<Failure, Failure> {
        let detail = json!({"method": BY_PASSWORD});
        let entry = Entry::refused(Event::SignIn).about(subject);
        self.audit
            .record(origin, entry.identified(pseudonym).detail(detail))
            .await?;
        Ok(Failure {
            attempts_left: Some(admission.attempts_left()),
            retry_after: admission.pause(),
            ..Failure::of(ErrorCode::InvalidCredentials)
        })
    }

    /// Writes `entry` if the failed try closes one of what it was counted by, and says whether it does.
    pub(super) async fn note_lock(
        &self,
        origin: &Origin,
        counts: &[&Admission],
        entry: Entry,
    ) -> Result<bool, Failure> {
        if !counts.iter().any(|count| count.locks()) {
            return Ok(false);
        }
        let is_final = counts.iter().any(|count| count.is_final());
        let detail = json!({"until_recovery": is_final});
        self.audit.record(origin, entry.detail(detail)).await?;
        Ok(true)
    }

    /// Writes that nobody, or not this person, may sign in now, and says so.
    pub(super) async fn turn_away(
        &self,
        origin: &Origin,
        code: ErrorCode,
        proven: Option<&Proven>,
    ) -> Result<Failure, Failure> {
        let method = proven.map_or(BY_PASSWORD, |proven| &proven.method);
        let detail = json!({"method": method, "reason": code.as_str()});
        let mut entry = Entry::refused(Event::SignIn).detail(detail);
        if let Some(Proven { user, pseudonym, .. }) = proven {
            entry = entry.by_person(user.id).to(user.id).identified(pseudonym);
        }
        self.audit.record(origin, entry).await?;
        Ok(Failure::of(code))
    }

    /// What keeps a person out who has shown who they are.
    pub(super) async fn check_person(&self, origin: &Origin, proven: &Proven) -> Result<(), Failure> {
        let now = self.clock.now();
        let role: Role = stored(&proven.user.role)?;
        // Somebody has to be able to put a wrong setting right.
        if role != Role::Admin {
            if let Some(window) = self.rules.maintenance_at(now) {
                let failure = self
                    .turn_away(origin, ErrorCode::Maintenance, Some(proven))
                    .await?;
                return Err(failure.retry_in(window.until - now));
            }
            if let Some(wait) = self.rules.hours.as_ref().and_then(|hours| hours.closed_for(now)) {
                let failure = self
                    .turn_away(origin, ErrorCode::OutsideHours, Some(proven))
                    .await?;
                return Err(Failure {
                    retry_after: Some(wait),
                    ..failure
                });
            }
        }
        if proven
            .user
            .password_temporary_until
            .is_some_and(|until| until <= now)
        {
            let code = ErrorCode::TemporaryPasswordExpired;
            return Err(self.turn_away(origin, code, Some(proven)).await?);
        }
        Ok(())
    }

    /// Why the person, whose right password was `password` if it was shown, needs a new one before a session starts.
    pub(super) fn needs_new_password(&self, user: &UserRow, password: Option<&str>) -> Option<ChangeReason> {
        if user.password_temporary_until.is_some() {
            Some(ChangeReason::Temporary)
        } else if user.password_compromised || password.is_some_and(|it| self.new_passwords.is_listed(it)) {
            Some(ChangeReason::Compromised)
        } else {
            self.new_passwords
                .has_expired(user)
                .then_some(ChangeReason::Expired)
        }
    }
}

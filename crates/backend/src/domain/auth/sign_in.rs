//! Signing in: identifier and password, then whatever step the person has left.
//!
//! What an answer says about an account it says only after the right password. Before that unknown, wrong, disabled and
//! without a password are one: the same bytes and one hash, whatever is typed.

use portico_contract::auth::{ChangeReason, NewPassword, PasswordChange, SignIn, SignInStep};
use portico_contract::problem::ErrorCode;
use portico_contract::user::Role;
use portico_contract::validate::Validated;
use serde_json::json;
use uuid::Uuid;

use super::{Auth, Granted, Held, seconds};
use crate::domain::audit::{Entry, Event};
use crate::domain::clock::{DAY, MINUTE, SECOND};
use crate::domain::failure::Failure;
use crate::domain::new_passwords::OtherSessions;
use crate::domain::origin::Origin;
use crate::domain::random::uuid_v7;
use crate::domain::throttle::{Admission, Key, Refusal};
use crate::domain::{tokens, users};
use crate::store::{NewTokens, SessionRow, SignInTransactionRow, UserRow, stored};

/// A sign-in has to go on within this long.
const TRANSACTION: i64 = 10 * MINUTE;
/// The one step there is after the password so far, as it is stored.
const NEW_PASSWORD: &str = "new_password";
/// What a sign-in rests on, as it is stored and written.
const BY_PASSWORD: &str = "password";

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

/// A person who has shown who they are.
struct Proven {
    user: UserRow,
    pseudonym: String,
    remember: bool,
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
        let device = match held.device.and_then(tokens::hash) {
            // Also asked where nobody is meant: nobody knows any browser, and it takes as long.
            Some(hash) if self.devices.knows(&hash, subject.unwrap_or_default()).await? => Some(hash),
            _ => None,
        };
        // What others do from the same network is not to keep out whom the browser is known with.
        let network = match &device {
            Some(_) => None,
            None => self.admit_network(origin, &pseudonym, subject).await?,
        };
        let key = device
            .as_deref()
            .map_or_else(|| Key::identifier(&pseudonym), Key::device);
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
        let proven = Proven {
            user,
            pseudonym,
            remember: remember && self.rules.remember_days.is_some(),
        };
        let reason = self.needs_new_password(&proven.user, &password);
        self.check_person(origin, &proven).await?;
        if let Some(reason) = reason {
            return self.wait_for_new_password(origin, proven, reason).await;
        }
        self.finish(origin, proven, device, ErrorCode::InvalidCredentials)
            .await
    }

    async fn forget_transaction(&self, transaction: Option<&str>) -> Result<(), Failure> {
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
    async fn turn_away(
        &self,
        origin: &Origin,
        code: ErrorCode,
        proven: Option<&Proven>,
    ) -> Result<Failure, Failure> {
        let detail = json!({"method": BY_PASSWORD, "reason": code.as_str()});
        let mut entry = Entry::refused(Event::SignIn).detail(detail);
        if let Some(Proven { user, pseudonym, .. }) = proven {
            entry = entry.by_person(user.id).to(user.id).identified(pseudonym);
        }
        self.audit.record(origin, entry).await?;
        Ok(Failure::of(code))
    }

    /// What keeps a person out who has shown who they are.
    async fn check_person(&self, origin: &Origin, proven: &Proven) -> Result<(), Failure> {
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

    /// Why the person, whose right password was `password`, needs a new one before a session starts.
    fn needs_new_password(&self, user: &UserRow, password: &str) -> Option<ChangeReason> {
        if user.password_temporary_until.is_some() {
            Some(ChangeReason::Temporary)
        } else if user.password_compromised || self.new_passwords.is_listed(password) {
            Some(ChangeReason::Compromised)
        } else {
            self.new_passwords
                .has_expired(user)
                .then_some(ChangeReason::Expired)
        }
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
        };
        if !self.rules.admits(origin.address) {
            return Err(self
                .turn_away(origin, ErrorCode::OutsideNetwork, Some(&proven))
                .await?);
        }
        self.sign_out(origin, held.refresh, None).await?;
        self.check_person(origin, &proven).await?;
        self.finish(origin, proven, None, ErrorCode::SignInExpired).await
    }

    async fn wait_for_new_password(
        &self,
        origin: &Origin,
        proven: Proven,
        reason: ChangeReason,
    ) -> Result<Advanced, Failure> {
        let now = self.clock.now();
        let token = tokens::fresh(&*self.random)?;
        let row = SignInTransactionRow {
            hash: token.hash,
            user_id: proven.user.id,
            identifier_hash: proven.pseudonym.clone(),
            step: NEW_PASSWORD.to_owned(),
            proven: BY_PASSWORD.to_owned(),
            remember: proven.remember,
            change: None,
            created_at: now,
            expires_at: now + TRANSACTION,
            used_at: None,
        };
        if !self.transactions.start(&proven.user, row).await? {
            let code = ErrorCode::InvalidCredentials;
            return Err(self.turn_away(origin, code, Some(&proven)).await?);
        }
        let Proven { user, pseudonym, .. } = proven;
        let detail = json!({"step": NEW_PASSWORD, "reason": reason});
        let entry = Entry::accepted(Event::SignInStep).by_person(user.id).to(user.id);
        self.audit
            .record(origin, entry.identified(&pseudonym).detail(detail))
            .await?;
        Ok(Advanced {
            step: SignInStep::ChangePassword(PasswordChange {
                reason,
                expires_in: seconds(TRANSACTION),
                context: self.new_passwords.context_words(&user).await?,
            }),
            refresh: None,
            transaction: Some(token.text),
            device: None,
        })
    }

    /// Goes on with the sign-in that waits for a new password.
    pub(crate) async fn sign_in_with_new_password(
        &self,
        origin: &Origin,
        request: Validated<NewPassword>,
        held: Held<'_>,
    ) -> Result<Advanced, Failure> {
        let now = self.clock.now();
        let hash = held.transaction.and_then(tokens::hash);
        let running = match &hash {
            Some(hash) => self.transactions.find(hash).await?,
            None => None,
        };
        let running = running.filter(|row| row.step == NEW_PASSWORD && now < row.expires_at);
        let Some(running) = running else {
            return Err(self.no_such_step(origin).await?);
        };
        let user = self.users.find(running.user_id).await?.filter(|user| user.active);
        let Some(user) = user else {
            return Err(self.no_such_step(origin).await?);
        };
        let mut proven = Proven {
            user,
            pseudonym: running.identifier_hash,
            remember: running.remember,
        };
        if !self.rules.admits(origin.address) {
            return Err(self
                .turn_away(origin, ErrorCode::OutsideNetwork, Some(&proven))
                .await?);
        }
        self.check_person(origin, &proven).await?;
        let NewPassword { new } = request.into_inner();
        self.new_passwords.check("new", &proven.user, &new).await?;
        let changed = self
            .new_passwords
            .set(&proven.user, &new, OtherSessions::End, Some(running.hash))
            .await?;
        let Some(changed) = changed else {
            return Err(self.no_such_step(origin).await?);
        };
        proven.user = changed;
        let entry = Entry::accepted(Event::PasswordChanged).by_person(proven.user.id);
        let entry = entry.to(proven.user.id).detail(json!({"during": "sign_in"}));
        self.audit.record(origin, entry).await?;
        self.sign_out(origin, held.refresh, None).await?;
        let device = match held.device.and_then(tokens::hash) {
            Some(hash) if self.devices.knows(&hash, proven.user.id).await? => Some(hash),
            _ => None,
        };
        self.finish(origin, proven, device, ErrorCode::SignInExpired)
            .await
    }

    /// A step was asked for that no sign-in waits for: skipped, replayed, too late, or of another browser.
    async fn no_such_step(&self, origin: &Origin) -> Result<Failure, Failure> {
        let entry = Entry::refused(Event::SignInStep).detail(json!({"step": NEW_PASSWORD}));
        self.audit.record(origin, entry).await?;
        Ok(Failure::of(ErrorCode::SignInExpired))
    }

    /// Starts the session of a sign-in that has no step left. `device` is what the browser is known to the person by;
    /// `otherwise` is what is answered where the account has changed in the meantime.
    async fn finish(
        &self,
        origin: &Origin,
        proven: Proven,
        device: Option<String>,
        otherwise: ErrorCode,
    ) -> Result<Advanced, Failure> {
        let (device, device_hash) = self.know_device(origin, device).await?;
        let Some(granted) = self
            .start_session(origin, &proven.user, proven.remember, device_hash)
            .await?
        else {
            return Err(self.turn_away(origin, otherwise, Some(&proven)).await?);
        };
        let Proven { user, pseudonym, .. } = proven;
        if device.is_some() {
            self.notices.new_device(&user, origin).await?;
        }
        let entry = Entry::accepted(Event::SignIn)
            .by_person(user.id)
            .to(user.id)
            .in_session(granted.grant.me.session.id.0)
            .identified(&pseudonym)
            .detail(json!({"method": BY_PASSWORD, "new_browser": device.is_some()}));
        self.audit.record(origin, entry).await?;
        Ok(Advanced {
            step: SignInStep::Done(Box::new(granted.grant)),
            refresh: Some(granted.refresh),
            transaction: None,
            device,
        })
    }

    /// What the browser is to be known by, and the hash that is stored of it, if it is not `known` already. A cookie
    /// somebody else may have planted is replaced, never taken over.
    async fn know_device(
        &self,
        origin: &Origin,
        known: Option<String>,
    ) -> Result<(Option<String>, Option<String>), Failure> {
        if let Some(hash) = known {
            self.devices.see(&hash, origin, self.clock.now()).await?;
            return Ok((None, None));
        }
        let token = tokens::fresh(&*self.random)?;
        Ok((Some(token.text), Some(token.hash)))
    }

    /// A session of `user`, unless the account has changed since it was looked at.
    async fn start_session(
        &self,
        origin: &Origin,
        user: &UserRow,
        remember: bool,
        device: Option<String>,
    ) -> Result<Option<Granted>, Failure> {
        let now = self.clock.now();
        let (idle, absolute) = match self.rules.remember_days {
            // Kept over the closing of the browser, so also while nobody is there.
            Some(days) if remember => (i64::from(days) * DAY, i64::from(days) * DAY),
            _ => (self.rules.idle, self.rules.absolute),
        };
        let session = SessionRow {
            id: uuid_v7(&*self.random, now)?,
            user_id: user.id,
            created_at: now,
            expires_at: now + absolute,
            last_active_at: now,
            revoked_at: None,
            idle,
            remembered: remember,
            method: BY_PASSWORD.to_owned(),
            password_at: now,
            factor_at: None,
            user_agent: origin.stored_user_agent(),
            address: origin.stored_address(),
        };
        let refresh = tokens::fresh(&*self.random)?;
        let access = self.new_access_token(now, session.expires_at)?;
        let new = NewTokens {
            refresh_hash: refresh.hash,
            access_hash: access.hash.clone(),
            access_expires_at: access.expires_at,
        };
        if !self.sessions.start(user, session.clone(), new, device).await? {
            return Ok(None);
        }
        let granted = self.granted(user, &session, access, refresh.text).await?;
        Ok(Some(granted))
    }
}

impl RefreshCookie {
    /// The cookie of `session`, which lasts as long as that if it was kept on purpose.
    pub(super) fn of(session: &SessionRow, token: String, now: i64) -> Self {
        let rest = (session.expires_at - now).max(SECOND);
        Self {
            token,
            max_age: session.remembered.then(|| seconds(rest)),
        }
    }
}

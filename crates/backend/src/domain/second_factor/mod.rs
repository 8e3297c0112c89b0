//! The second factor: authenticator apps and recovery codes.
//!
//! A secret counts once a code of it was shown. Every try is counted by the person before it is looked at, whatever
//! sign-in or session it is made in, so that beginning anew gives no tries back; every code works once, also of two that
//! arrive at the same moment. The secrets lie sealed, see [`seal`].

mod recovery_codes;
pub mod seal;
mod totp;

use std::sync::Arc;

use portico_contract::ids::FactorId;
use portico_contract::problem::{ErrorCode, FieldRule};
use portico_contract::second_factor::{
    Factor, FactorKind, FactorMethod, FactorProof, MOST_FACTORS, PendingTotp, RecoveryCodes,
    SecondFactorState,
};
use portico_contract::user::Role;
use serde_json::json;
use uuid::Uuid;

use super::audit::{Audit, Entry, Event};
use super::clock::{Clock, MINUTE, SECOND, timestamp};
use super::failure::Failure;
use super::notices::Notices;
use super::origin::Origin;
use super::passwords::Passwords;
use super::random::{Random, uuid_v7};
use super::rules::SecondFactorRule;
use super::throttle::{Key, Throttle};
use crate::store::{FactorConfirmation, FactorRow, Factors, RecoveryCodeRow, Removal, UserRow, stored};
use seal::{SealKeys, Sealed};

/// What was begun has to be shown within this long.
const PENDING: i64 = 10 * MINUTE;

/// Second factors of people.
#[derive(Clone)]
pub(crate) struct SecondFactors {
    pub(crate) factors: Factors,
    pub(crate) passwords: Arc<Passwords>,
    pub(crate) throttle: Throttle,
    pub(crate) notices: Notices,
    pub(crate) audit: Audit,
    pub(crate) keys: SealKeys,
    pub(crate) rule: SecondFactorRule,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    /// What an app calls the site.
    pub(crate) issuer: String,
}

/// Where a factor is shown: what its tries are counted by.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shown<'a> {
    /// In a sign-in, in a browser that the person may be known with.
    SigningIn { device: Option<&'a str> },
    /// From within this session.
    InSession(Uuid),
}

impl Shown<'_> {
    /// What strangers do who know the password is not to keep out whom the browser is known with, nor whoever is inside. And
    /// each method has a counter of its own: a recovery code is the way round codes that somebody has guessed at.
    fn key(self, person: Uuid, method: FactorMethod) -> Key {
        match self {
            Self::SigningIn { device: None } => Key::factor(person, method),
            Self::SigningIn { device: Some(device) } => Key::factor_on(device, method),
            Self::InSession(_) => Key::factor_confirmation(person, method),
        }
    }
}

/// New recovery codes: what is stored, and what is shown once.
struct FreshCodes {
    rows: Vec<RecoveryCodeRow>,
    shown: RecoveryCodes,
}

impl SecondFactors {
    /// Whether `user` must have a second factor.
    pub(crate) fn is_required(&self, user: &UserRow) -> Result<bool, Failure> {
        let role: Role = stored(&user.role)?;
        Ok(self.rule.is_required(role))
    }

    /// What can be enrolled here.
    pub(crate) fn kinds() -> Vec<FactorKind> {
        vec![FactorKind::Totp]
    }

    /// What `person` can show, the everyday things first; nothing where there is no factor.
    pub(crate) async fn methods(&self, person: Uuid) -> Result<Vec<FactorMethod>, Failure> {
        let factors = self.factors.of(person).await?;
        if factors.is_empty() {
            return Ok(Vec::new());
        }
        let mut methods = vec![FactorMethod::Totp];
        if self.factors.recovery_codes_left(person).await? > 0 {
            methods.push(FactorMethod::RecoveryCode);
        }
        Ok(methods)
    }

    /// What `user` has.
    pub(crate) async fn state(&self, user: &UserRow) -> Result<SecondFactorState, Failure> {
        let rows = self.factors.of(user.id).await?;
        let factors = rows.into_iter().map(described);
        Ok(SecondFactorState {
            factors: factors.collect::<Result<_, _>>()?,
            recovery_codes_left: self.factors.recovery_codes_left(user.id).await?,
            required: self.is_required(user)?,
            kinds: Self::kinds(),
        })
    }

    /// Takes `proof` as the second factor of `user`, or says what is wrong with it. It is used up by that.
    pub(crate) async fn show(
        &self,
        origin: &Origin,
        user: &UserRow,
        proof: FactorProof,
        shown: Shown<'_>,
    ) -> Result<FactorMethod, Failure> {
        let method = proof.method;
        let about = |entry: Entry| {
            let entry = entry.by_person(user.id).to(user.id);
            match shown {
                Shown::InSession(session) => entry.in_session(session),
                Shown::SigningIn { .. } => entry,
            }
        };
        let key = shown.key(user.id, method);
        let admission = match self.throttle.admit(&key).await? {
            Ok(admission) => admission,
            Err(refusal) => {
                if refusal.is_notable() {
                    let detail = json!({"method": method.as_str(), "tries": refusal.refused});
                    let entry = about(Entry::refused(Event::Throttled)).detail(detail);
                    self.audit.record(origin, entry).await?;
                }
                return Err(refusal.into());
            }
        };
        let looked = match method {
            FactorMethod::Totp => self.take_totp(user.id, &proof.code).await,
            FactorMethod::RecoveryCode => self.take_recovery_code(user.id, &proof.code).await,
        };
        if self.throttle.looked_at(&[&key], looked).await? {
            self.throttle.succeeded(&key).await?;
            // What it leads to is written: the step that follows, the session, or the step-up.
            if method == FactorMethod::RecoveryCode {
                let left = self.factors.recovery_codes_left(user.id).await?;
                self.notices.recovery_code_used(user, left).await?;
            }
            return Ok(method);
        }
        let detail = json!({"method": method.as_str()});
        let entry = about(Entry::refused(Event::FactorShown)).detail(detail);
        self.audit.record(origin, entry).await?;
        // Whoever gets here knows the password: its owner is to hear of it (ASVS 5.0, 6.3.5).
        self.notices
            .factor_refused(user, admission.in_a_row_before() + 1)
            .await?;
        if admission.locks() {
            let detail = json!({"until_recovery": admission.is_final(), "method": method.as_str()});
            let entry = about(Entry::refused(Event::Locked)).detail(detail);
            self.audit.record(origin, entry).await?;
            self.notices.locked("", Some(user)).await?;
        }
        Err(Failure {
            attempts_left: Some(admission.attempts_left()),
            retry_after: admission.pause(),
            ..Failure::field("code", FieldRule::Incorrect)
        })
    }

    async fn take_totp(&self, person: Uuid, code: &str) -> Result<bool, Failure> {
        let now = self.clock.now();
        for factor in self.factors.of(person).await? {
            // One that does not open is none: another one may fit.
            let Ok(secret) = self.open(&factor) else {
                tracing::error!(event = "seal_key", factor = %factor.id, "a second factor cannot be opened");
                continue;
            };
            if let Some(step) = totp::step_of(&secret, code, now)?
                && self.factors.use_step(factor.id, step, now).await?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn take_recovery_code(&self, person: Uuid, code: &str) -> Result<bool, Failure> {
        let selector = recovery_codes::selector(code);
        let row = self.factors.recovery_code(person, selector).await?;
        let hash = row.as_ref().map(|row| row.hash.clone());
        // One look, whether there is such a code or not.
        if !self.passwords.verify(code, hash).await? {
            return Ok(false);
        }
        match row {
            Some(row) => self.factors.use_recovery_code(row.id, self.clock.now()).await,
            None => Ok(false),
        }
    }

    fn open(&self, factor: &FactorRow) -> Result<Vec<u8>, Failure> {
        self.keys.open(Sealed {
            secret: &factor.sealed,
            key_id: &factor.key_id,
            user: factor.user_id,
            factor: factor.id,
        })
    }

    /// Begins to enrol an authenticator app of `user`. Only `holder` can go on with it.
    pub(crate) async fn begin_totp(&self, user: &UserRow, holder: &str) -> Result<PendingTotp, Failure> {
        let most = usize::try_from(MOST_FACTORS).unwrap_or(usize::MAX);
        if self.factors.of(user.id).await?.len() >= most {
            return Err(Failure::of(ErrorCode::Conflict));
        }
        let now = self.clock.now();
        let id = uuid_v7(&*self.random, now)?;
        let secret = totp::fresh_secret(&*self.random)?;
        let (key, uri) = totp::shown(&secret, &user.email, &self.issuer)?;
        let row = FactorRow {
            id,
            user_id: user.id,
            kind: FactorKind::Totp.as_str().to_owned(),
            name: None,
            sealed: self.keys.seal(&secret, user.id, id, &*self.random)?,
            key_id: self.keys.current().to_owned(),
            last_step: None,
            created_at: now,
            confirmed_at: None,
            holder: Some(holder.to_owned()),
            last_used_at: None,
        };
        self.factors.begin(row).await?;
        Ok(PendingTotp {
            secret: key,
            uri,
            expires_in: u32::try_from(PENDING / SECOND).unwrap_or(u32::MAX),
        })
    }

    /// Lets what `holder` has begun count, for `code` is one of it. Recovery codes come with the first factor of a person.
    pub(crate) async fn confirm_totp(
        &self,
        origin: &Origin,
        user: &UserRow,
        holder: &str,
        code: &str,
        name: Option<String>,
        session: Option<Uuid>,
    ) -> Result<Option<RecoveryCodes>, Failure> {
        let now = self.clock.now();
        let pending = self.factors.pending(user.id, holder, now - PENDING).await?;
        let pending = pending.ok_or_else(|| Failure::of(ErrorCode::NotFound))?;
        let Some(step) = totp::step_of(&self.open(&pending)?, code, now)? else {
            return Err(Failure::field("code", FieldRule::Incorrect));
        };
        let codes = if self.factors.recovery_codes_left(user.id).await? == 0 {
            Some(self.fresh_codes(user.id).await?)
        } else {
            None
        };
        let (rows, shown) = codes.map(|codes| (codes.rows, codes.shown)).unzip();
        let confirmed = self
            .factors
            .confirm(FactorConfirmation {
                factor: pending.id,
                user: user.id,
                holder: holder.to_owned(),
                name,
                step,
                now,
                codes: rows,
                notice: self.notices.factor_added(user)?,
            })
            .await?;
        if !confirmed {
            return Err(Failure::of(ErrorCode::NotFound));
        }
        self.notices.post.wake();
        let detail = json!({"kind": FactorKind::Totp, "recovery_codes": shown.is_some()});
        self.note(origin, Event::FactorAdded, user, session, detail)
            .await?;
        Ok(shown)
    }

    async fn note(
        &self,
        origin: &Origin,
        event: Event,
        user: &UserRow,
        session: Option<Uuid>,
        detail: serde_json::Value,
    ) -> Result<(), Failure> {
        let entry = Entry::accepted(event)
            .by_person(user.id)
            .to(user.id)
            .detail(detail);
        let entry = match session {
            Some(session) => entry.in_session(session),
            None => entry,
        };
        self.audit.record(origin, entry).await
    }

    async fn fresh_codes(&self, person: Uuid) -> Result<FreshCodes, Failure> {
        let now = self.clock.now();
        let codes = recovery_codes::fresh(&*self.random)?;
        let mut rows = Vec::with_capacity(codes.len());
        for code in &codes {
            rows.push(RecoveryCodeRow {
                id: uuid_v7(&*self.random, now)?,
                user_id: person,
                selector: recovery_codes::selector(code).to_owned(),
                hash: self.passwords.hash_in_turn(code).await?,
                used_at: None,
            });
        }
        let written = codes.iter().map(|code| recovery_codes::written(code));
        Ok(FreshCodes {
            rows,
            shown: RecoveryCodes::new(written.collect()),
        })
    }

    /// New recovery codes for `user`; the older ones are dead.
    pub(crate) async fn renew_recovery_codes(
        &self,
        origin: &Origin,
        user: &UserRow,
        session: Uuid,
    ) -> Result<RecoveryCodes, Failure> {
        let codes = self.fresh_codes(user.id).await?;
        let notice = self.notices.recovery_codes_renewed(user)?;
        if !self
            .factors
            .renew_recovery_codes(user.id, codes.rows, notice)
            .await?
        {
            return Err(Failure::of(ErrorCode::Conflict));
        }
        self.notices.post.wake();
        let event = Event::RecoveryCodesRenewed;
        self.note(origin, event, user, Some(session), json!({})).await?;
        Ok(codes.shown)
    }

    /// Gives a factor of `user` another name.
    pub(crate) async fn rename(&self, user: &UserRow, id: FactorId, name: String) -> Result<(), Failure> {
        if self.factors.rename(user.id, id.0, name).await? {
            Ok(())
        } else {
            Err(Failure::of(ErrorCode::NotFound))
        }
    }

    /// Takes a factor of `user` away. The last one stays where the person must have one.
    pub(crate) async fn remove(
        &self,
        origin: &Origin,
        user: &UserRow,
        id: FactorId,
        session: Uuid,
    ) -> Result<(), Failure> {
        let notice = self.notices.factor_removed(user)?;
        let required = self.is_required(user)?;
        match self.factors.remove(user.id, id.0, required, notice).await? {
            Removal::Missing => return Err(Failure::of(ErrorCode::NotFound)),
            Removal::Last => return Err(Failure::of(ErrorCode::LastFactor)),
            Removal::Done => self.notices.post.wake(),
        }
        let detail = json!({"kind": FactorKind::Totp});
        let event = Event::FactorRemoved;
        self.note(origin, event, user, Some(session), detail).await
    }

    /// Takes everything away from `user`, whom an administrator has heard: tries as well. Says how many sessions ended.
    pub(crate) async fn reset(&self, user: &UserRow) -> Result<u64, Failure> {
        let notice = self.notices.factors_reset(user)?;
        let ended = self.factors.reset(user.id, self.clock.now(), notice).await?;
        self.tries_forgotten(user.id).await?;
        self.notices.post.wake();
        Ok(ended)
    }

    /// What `person` showed so far was taken away: so are the tries at it.
    pub(crate) async fn tries_forgotten(&self, person: Uuid) -> Result<(), Failure> {
        for method in [FactorMethod::Totp, FactorMethod::RecoveryCode] {
            for key in [
                Key::factor(person, method),
                Key::factor_confirmation(person, method),
            ] {
                self.throttle.succeeded(&key).await?;
            }
        }
        for device in self.throttle.devices.of(person).await? {
            for key in Key::factors_on(&device.token_hash) {
                self.throttle.succeeded(&key).await?;
            }
        }
        Ok(())
    }

    /// Forgets what was begun and never shown, and seals anew what lies under an older key.
    pub(crate) async fn purge(&self) -> Result<(), Failure> {
        self.factors.purge(self.clock.now() - PENDING).await?;
        for factor in self.factors.sealed_otherwise(self.keys.current()).await? {
            let Ok(secret) = self.open(&factor) else {
                tracing::error!(event = "seal_key", factor = %factor.id, "a second factor cannot be opened");
                continue;
            };
            let sealed = self
                .keys
                .seal(&secret, factor.user_id, factor.id, &*self.random)?;
            self.factors
                .seal_again(factor.id, sealed, self.keys.current())
                .await?;
        }
        Ok(())
    }
}

fn described(row: FactorRow) -> Result<Factor, Failure> {
    Ok(Factor {
        id: FactorId(row.id),
        kind: stored(&row.kind)?,
        name: row.name,
        enrolled_at: timestamp(row.confirmed_at.unwrap_or(row.created_at))?,
        last_used_at: row.last_used_at.map(timestamp).transpose()?,
    })
}

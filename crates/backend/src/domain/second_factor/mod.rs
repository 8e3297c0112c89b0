//! The second factor: passkeys, authenticator apps and recovery codes.
//!
//! A secret counts once a code of it was shown. Every try is counted by the person before it is looked at, whatever
//! sign-in or session it is made in, so that beginning anew gives no tries back; every code works once, also of two that
//! arrive at the same moment. The secrets lie sealed, see [`seal`].

mod apps;
mod ceremony;
mod passkeys;
mod recovery_codes;
mod relying_party;
pub mod seal;
mod sent_codes;
mod totp;

use std::sync::Arc;

use portico_contract::ids::FactorId;
use portico_contract::problem::{ErrorCode, FieldRule};
use portico_contract::second_factor::{
    Factor, FactorKind, FactorMethod, FactorProof, MOST_FACTORS, SecondFactorState,
};
use portico_contract::sent_code::CodeChannel;
use portico_contract::user::Role;
use serde_json::json;
use uuid::Uuid;

use super::audit::{Audit, Entry, Event};
use super::clock::{Clock, MINUTE, SECOND, timestamp};
use super::failure::Failure;
use super::instance::InstanceKey;
use super::notices::Notices;
use super::origin::Origin;
use super::passwords::Passwords;
use super::random::{Random, uuid_v7};
use super::rules::SecondFactorRule;
use super::throttle::{Key, Throttle};
use crate::store::{
    FactorConfirmation, FactorRow, Factors, PasskeyCeremonies, Removal, SentCodes, UserRow, stored,
};
pub(crate) use passkeys::Identified;
pub(crate) use relying_party::RelyingParty;
use seal::{SealKeys, Sealed};
pub(crate) use sent_codes::counting;

/// What was begun has to be shown within this long.
const PENDING: i64 = 10 * MINUTE;

/// Second factors of people.
#[derive(Clone)]
pub(crate) struct SecondFactors {
    pub(crate) factors: Factors,
    pub(crate) ceremonies: PasskeyCeremonies,
    pub(crate) sent_codes: SentCodes,
    /// Where codes may be sent here.
    pub(crate) channels: Vec<CodeChannel>,
    pub(crate) key: InstanceKey,
    /// What passkeys are made for, where there can be any.
    pub(crate) relying_party: Option<Arc<RelyingParty>>,
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
    /// In a running sign-in, in a browser that the person may be known with.
    SigningIn {
        running: &'a str,
        device: Option<&'a str>,
    },
    /// From within this session.
    InSession(Uuid),
}

impl Shown<'_> {
    /// What strangers do who know the password is not to keep out whom the browser is known with, nor whoever is inside. And
    /// each method has a counter of its own: a recovery code is the way round codes that somebody has guessed at.
    fn key(self, person: Uuid, method: FactorMethod) -> Key {
        match self {
            Self::SigningIn { device: None, .. } => Key::factor(person, method),
            Self::SigningIn {
                device: Some(device), ..
            } => Key::factor_on(device, method),
            Self::InSession(_) => Key::factor_confirmation(person, method),
        }
    }
}

impl SecondFactors {
    /// Whether `user` must have a second factor.
    pub(crate) fn is_required(&self, user: &UserRow) -> Result<bool, Failure> {
        let role: Role = stored(&user.role)?;
        Ok(self.rule.is_required(role))
    }

    /// What can be enrolled here, the best first.
    pub(crate) fn kinds(&self) -> Vec<FactorKind> {
        let passkey = self.takes_passkeys().then_some(FactorKind::Passkey);
        let sent = self.channels.iter().map(|channel| channel.kind());
        passkey
            .into_iter()
            .chain([FactorKind::Totp])
            .chain(sent)
            .collect()
    }

    /// Whether there can be passkeys here.
    pub(crate) fn takes_passkeys(&self) -> bool {
        self.relying_party.is_some()
    }

    /// What `person` can show, the everyday things first; nothing where there is no factor.
    pub(crate) async fn methods(&self, person: Uuid) -> Result<Vec<FactorMethod>, Failure> {
        let factors = self.factors.of(person).await?;
        if factors.is_empty() {
            return Ok(Vec::new());
        }
        let has = |kind: FactorKind| factors.iter().any(|factor| factor.kind == kind.as_str());
        let mut methods = Vec::new();
        // Also where none can be shown any more: whoever has a factor does not get in without.
        if has(FactorKind::Passkey) {
            methods.push(FactorMethod::Passkey);
        }
        if has(FactorKind::Totp) {
            methods.push(FactorMethod::Totp);
        }
        for channel in [CodeChannel::Sms, CodeChannel::Mail] {
            if has(channel.kind()) {
                methods.push(channel.method());
            }
        }
        if self.factors.recovery_codes_left(person).await? > 0 {
            methods.push(FactorMethod::RecoveryCode);
        }
        Ok(methods)
    }

    /// What `user` has.
    pub(crate) async fn state(&self, user: &UserRow) -> Result<SecondFactorState, Failure> {
        let rows = self.factors.of(user.id).await?;
        let passkeys = self.accepted(user, &rows);
        let factors = rows.into_iter().map(|row| {
            let to = self.hint(user, &row);
            described(row, to)
        });
        Ok(SecondFactorState {
            factors: factors.collect::<Result<_, _>>()?,
            recovery_codes_left: self.factors.recovery_codes_left(user.id).await?,
            required: self.is_required(user)?,
            kinds: self.kinds(),
            passkeys,
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
        let method = proof.method();
        let question = match &proof {
            FactorProof::Passkey(answer) => self.question(answer, shown).await?,
            FactorProof::Sms { .. } => {
                self.awaits_code(user, CodeChannel::Sms, shown).await?;
                String::new()
            }
            FactorProof::Mail { .. } => {
                self.awaits_code(user, CodeChannel::Mail, shown).await?;
                String::new()
            }
            FactorProof::Totp { .. } | FactorProof::RecoveryCode { .. } => String::new(),
        };
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
        let looked = match &proof {
            FactorProof::Passkey(answer) => self.take_passkey(user.id, answer, &question).await,
            FactorProof::Totp { code } => self.take_totp(user.id, code).await,
            FactorProof::Sms { code } => self.take_sent_code(user.id, CodeChannel::Sms, code, shown).await,
            FactorProof::Mail { code } => self.take_sent_code(user.id, CodeChannel::Mail, code, shown).await,
            FactorProof::RecoveryCode { code } => self.take_recovery_code(user.id, code).await,
        };
        if self.throttle.looked_at(&[&key], looked).await? {
            self.throttle.succeeded(&key).await?;
            if user.password_by_message {
                self.factors.let_messages_count(user.id).await?;
            }
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
        let field = match method {
            FactorMethod::Passkey => "passkey",
            FactorMethod::Totp | FactorMethod::Sms | FactorMethod::Mail | FactorMethod::RecoveryCode => {
                "code"
            }
        };
        Err(Failure {
            attempts_left: Some(admission.attempts_left()),
            retry_after: admission.pause(),
            ..Failure::field(field, FieldRule::Incorrect)
        })
    }

    fn open(&self, factor: &FactorRow) -> Result<Vec<u8>, Failure> {
        self.keys.open(Sealed {
            secret: &factor.sealed,
            key_id: &factor.key_id,
            user: factor.user_id,
            factor: factor.id,
        })
    }

    /// The secret of `factor`; one that does not open is none, and the operator is told.
    fn opened(&self, factor: &FactorRow) -> Option<Vec<u8>> {
        let secret = self.open(factor);
        if secret.is_err() {
            tracing::error!(event = "seal_key", factor = %factor.id, "a second factor cannot be opened");
        }
        secret.ok()
    }

    /// A factor of `person` that counts once it was shown; only `holder` can do that.
    fn pending(
        &self,
        person: Uuid,
        kind: FactorKind,
        secret: &[u8],
        holder: &str,
    ) -> Result<FactorRow, Failure> {
        let now = self.clock.now();
        let id = uuid_v7(&*self.random, now)?;
        Ok(FactorRow {
            id,
            user_id: person,
            kind: kind.as_str().to_owned(),
            name: None,
            sealed: self.keys.seal(secret, person, id, &*self.random)?,
            key_id: self.keys.current().to_owned(),
            credential: None,
            last_step: None,
            created_at: now,
            confirmed_at: None,
            holder: Some(holder.to_owned()),
            last_used_at: None,
        })
    }

    /// Whether `person` may have another factor of `kind`.
    async fn has_room(&self, person: Uuid, kind: FactorKind) -> Result<(), Failure> {
        let factors = self.factors.of(person).await?;
        let has = factors.iter().filter(|it| it.kind == kind.as_str()).count();
        let most = match kind {
            FactorKind::Passkey | FactorKind::Totp => MOST_FACTORS,
            // A code goes to one place.
            FactorKind::Sms | FactorKind::Mail => 1,
        };
        if u32::try_from(has).is_ok_and(|has| has < most) {
            Ok(())
        } else {
            Err(Failure::of(ErrorCode::Conflict))
        }
    }

    /// Lets a factor of `user` count, and tells of it.
    async fn enrolled(
        &self,
        origin: &Origin,
        user: &UserRow,
        kind: FactorKind,
        confirmation: FactorConfirmation,
        session: Option<Uuid>,
    ) -> Result<(), Failure> {
        let with_codes = confirmation.codes.is_some();
        if !self.factors.confirm(confirmation).await? {
            return Err(Failure::of(ErrorCode::NotFound));
        }
        self.notices.post.wake();
        let detail = json!({"kind": kind, "recovery_codes": with_codes});
        self.note(origin, Event::FactorAdded, user, session, detail).await
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
        let missing = || Failure::of(ErrorCode::NotFound);
        let factors = self.factors.of(user.id).await?;
        let factor = factors
            .into_iter()
            .find(|factor| factor.id == id.0)
            .ok_or_else(missing)?;
        let notice = self.notices.factor_removed(user)?;
        let required = self.is_required(user)?;
        match self.factors.remove(user.id, id.0, required, notice).await? {
            Removal::Missing => return Err(missing()),
            Removal::Last => return Err(Failure::of(ErrorCode::LastFactor)),
            Removal::Done => self.notices.post.wake(),
        }
        let detail = json!({"kind": factor.kind});
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
        for method in Key::METHODS {
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
        let now = self.clock.now();
        self.factors.purge(now - PENDING).await?;
        self.ceremonies.purge(now).await?;
        self.sent_codes.purge(now).await?;
        for factor in self.factors.sealed_otherwise(self.keys.current()).await? {
            let Some(secret) = self.opened(&factor) else {
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

fn seconds(duration: i64) -> u32 {
    u32::try_from(duration / SECOND).unwrap_or(u32::MAX)
}

fn described(row: FactorRow, to: Option<String>) -> Result<Factor, Failure> {
    Ok(Factor {
        id: FactorId(row.id),
        kind: stored(&row.kind)?,
        name: row.name,
        to,
        enrolled_at: timestamp(row.confirmed_at.unwrap_or(row.created_at))?,
        last_used_at: row.last_used_at.map(timestamp).transpose()?,
    })
}

//! Passkeys of people: asked for, shown, made. Each question is answered once, where it was asked, and in time.

use portico_contract::passkey::{
    AcceptedPasskeys, NewPasskey, PasskeyAssertion, PasskeyCreation, PasskeyRequest,
};
use portico_contract::problem::{ErrorCode, FieldRule};
use portico_contract::second_factor::{FactorKind, RecoveryCodes};
use uuid::Uuid;
use webauthn_rs::prelude::Passkey;

use super::ceremony::Ceremony;
use super::relying_party::{self, RelyingParty};
use super::{PENDING, SecondFactors, Shown, seconds};
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::domain::tokens;
use crate::store::{Enrolling, FactorConfirmation, FactorRow, PasskeyCeremonyRow, UserRow};

/// What an answer to the question of a sign-in is worth.
pub(crate) enum Identified {
    /// It is this person.
    Right(Uuid),
    /// The answer does not fit the passkey, which belongs to this person.
    Wrong(Uuid),
    /// There is no such passkey.
    Unknown,
    /// The question is too old, or was answered before.
    Over,
}

fn written(passkey: &Passkey) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(passkey).map_err(Failure::internal)
}

impl SecondFactors {
    fn relying_party(&self) -> Result<&RelyingParty, Failure> {
        let party = self.relying_party.as_deref();
        party.ok_or_else(|| Failure::of(ErrorCode::NotFound))
    }

    fn passkey(&self, row: &FactorRow) -> Result<Passkey, Failure> {
        serde_json::from_slice(&self.open(row)?).map_err(Failure::internal)
    }

    /// The passkeys of `person` that can be used, with their rows.
    async fn passkeys(&self, person: Uuid) -> Result<Vec<(FactorRow, Passkey)>, Failure> {
        let rows = self.factors.of(person).await?;
        Ok(rows
            .into_iter()
            .filter(|row| row.kind == FactorKind::Passkey.as_str())
            .filter_map(|row| {
                let secret = self.opened(&row)?;
                Some((row, serde_json::from_slice(&secret).ok()?))
            })
            .collect())
    }

    async fn remember(&self, ceremony: &Ceremony<'_>, state: String) -> Result<String, Failure> {
        let token = tokens::fresh(&*self.random)?;
        let row = PasskeyCeremonyRow {
            hash: token.hash,
            holder: ceremony.holder(),
            state,
            expires_at: self.clock.now() + PENDING,
        };
        self.ceremonies.begin(row).await?;
        Ok(token.text)
    }

    /// What was asked as `ceremony` under `name`, which is used up by that.
    async fn recall(&self, ceremony: &Ceremony<'_>, name: &str) -> Result<Option<String>, Failure> {
        let Some(hash) = tokens::hash(name) else {
            return Ok(None);
        };
        let (holder, now) = (ceremony.holder(), self.clock.now());
        self.ceremonies.take(&hash, &holder, now).await
    }

    async fn ask(&self, ceremony: Ceremony<'_>, allowed: Vec<String>) -> Result<PasskeyRequest, Failure> {
        let party = self.relying_party()?;
        let question = party.ask()?;
        Ok(PasskeyRequest {
            ceremony: self.remember(&ceremony, question.state).await?,
            challenge: question.challenge,
            domain: party.domain().to_owned(),
            allowed,
            expires_in: seconds(PENDING),
        })
    }

    /// Asks for a passkey to sign in with, whoever it may be.
    pub(crate) async fn ask_who(&self) -> Result<PasskeyRequest, Failure> {
        self.ask(Ceremony::SignIn, Vec::new()).await
    }

    /// Asks for a passkey of `person`.
    pub(crate) async fn ask_for_passkey(
        &self,
        person: Uuid,
        shown: Shown<'_>,
    ) -> Result<PasskeyRequest, Failure> {
        let passkeys = self.passkeys(person).await?;
        if passkeys.is_empty() {
            return Err(Failure::of(ErrorCode::NotFound));
        }
        let allowed = passkeys.into_iter().filter_map(|(row, _)| row.credential);
        self.ask(Ceremony::Shown(shown), allowed.collect()).await
    }

    /// Who answers the question of a sign-in.
    pub(crate) async fn identify(&self, answer: &PasskeyAssertion) -> Result<Identified, Failure> {
        let Some(state) = self.recall(&Ceremony::SignIn, &answer.ceremony).await? else {
            return Ok(Identified::Over);
        };
        let Some(row) = self.factors.of_credential(&answer.credential).await? else {
            return Ok(Identified::Unknown);
        };
        // Nobody was named, so the authenticator has to name its own (WebAuthn, 7.2, step 6).
        let handle = answer.user_handle.as_deref().and_then(relying_party::account);
        let person = row.user_id;
        Ok(
            if handle == Some(person) && self.fits(row, answer, &state).await? {
                Identified::Right(person)
            } else {
                Identified::Wrong(person)
            },
        )
    }

    /// The question that `answer` belongs to, which is used up by that.
    pub(super) async fn question(
        &self,
        answer: &PasskeyAssertion,
        shown: Shown<'_>,
    ) -> Result<String, Failure> {
        let state = self.recall(&Ceremony::Shown(shown), &answer.ceremony).await?;
        state.ok_or_else(|| Failure::field("passkey", FieldRule::NotAllowed))
    }

    /// Whether `person` has the passkey that answers the question of `state`.
    pub(super) async fn take_passkey(
        &self,
        person: Uuid,
        answer: &PasskeyAssertion,
        state: &str,
    ) -> Result<bool, Failure> {
        let row = self.factors.of_credential(&answer.credential).await?;
        let handle = answer.user_handle.as_deref().map(relying_party::account);
        match row.filter(|row| row.user_id == person) {
            Some(row) if handle.is_none_or(|handle| handle == Some(person)) => {
                self.fits(row, answer, state).await
            }
            _ => Ok(false),
        }
    }

    /// Whether `answer` is one of the passkey of `row`, whose use is noted then.
    async fn fits(&self, row: FactorRow, answer: &PasskeyAssertion, state: &str) -> Result<bool, Failure> {
        let mut passkey = self.passkey(&row)?;
        let Some(result) = self.relying_party()?.shown(answer, state, &passkey)? else {
            return Ok(false);
        };
        passkey.update_credential(&result);
        let text = written(&passkey)?;
        let sealed = self.keys.seal(&text, row.user_id, row.id, &*self.random)?;
        self.factors
            .use_passkey(row.id, sealed, self.keys.current(), self.clock.now())
            .await
    }

    /// Begins to enrol a passkey of `user`. Only `holder` can go on with it.
    pub(crate) async fn begin_passkey(
        &self,
        user: &UserRow,
        holder: &str,
    ) -> Result<PasskeyCreation, Failure> {
        let party = self.relying_party()?;
        self.has_room(user.id, FactorKind::Passkey).await?;
        let (rows, passkeys): (Vec<_>, Vec<_>) = self.passkeys(user.id).await?.into_iter().unzip();
        let making = party.ask_to_make(user, &passkeys)?;
        let ceremony = Ceremony::Enrolment(holder);
        Ok(PasskeyCreation {
            ceremony: self.remember(&ceremony, making.question.state).await?,
            challenge: making.question.challenge,
            domain: party.domain().to_owned(),
            site: party.site().to_owned(),
            user: making.user,
            algorithms: making.algorithms,
            excluded: rows.into_iter().filter_map(|row| row.credential).collect(),
            expires_in: seconds(PENDING),
        })
    }

    /// Lets the passkey count that answers what `holder` was asked. Recovery codes come with the first factor of a person.
    pub(crate) async fn confirm_passkey(
        &self,
        origin: &Origin,
        user: &UserRow,
        holder: &str,
        answer: NewPasskey,
        session: Option<Uuid>,
    ) -> Result<Option<RecoveryCodes>, Failure> {
        let ceremony = Ceremony::Enrolment(holder);
        let state = self.recall(&ceremony, &answer.ceremony).await?;
        let state = state.ok_or_else(|| Failure::of(ErrorCode::NotFound))?;
        let Some(passkey) = self.relying_party()?.made(&answer, &state)? else {
            return Err(Failure::field("passkey", FieldRule::Incorrect));
        };
        let credential = relying_party::encoded(passkey.cred_id());
        if self.factors.of_credential(&credential).await?.is_some() {
            return Err(Failure::field("passkey", FieldRule::Taken));
        }
        self.has_room(user.id, FactorKind::Passkey).await?;
        let now = self.clock.now();
        let pending = self.pending(user.id, FactorKind::Passkey, &written(&passkey)?, holder)?;
        let row = FactorRow {
            name: answer.name,
            credential: Some(credential),
            confirmed_at: Some(now),
            holder: None,
            last_used_at: Some(now),
            ..pending
        };
        let codes = self.codes_with_the_first(user.id).await?;
        let (rows, shown) = codes.map(|codes| (codes.rows, codes.shown)).unzip();
        let confirmation = FactorConfirmation {
            enrolling: Enrolling::New(Box::new(row)),
            user: user.id,
            holder: holder.to_owned(),
            now,
            codes: rows,
            notice: self.notices.factor_added(user)?,
        };
        self.enrolled(origin, user, FactorKind::Passkey, confirmation, session)
            .await?;
        Ok(shown)
    }

    /// The passkeys of `user` among `rows`, for the browser; nothing where there can be none.
    pub(super) fn accepted(&self, user: &UserRow, rows: &[FactorRow]) -> Option<AcceptedPasskeys> {
        let party = self.relying_party.as_deref()?;
        Some(AcceptedPasskeys {
            domain: party.domain().to_owned(),
            handle: relying_party::encoded(user.id.as_bytes()),
            credentials: rows.iter().filter_map(|row| row.credential.clone()).collect(),
        })
    }
}

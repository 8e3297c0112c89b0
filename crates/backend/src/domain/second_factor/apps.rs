//! Authenticator apps of people: enrolled, shown.

use portico_contract::problem::{ErrorCode, FieldRule};
use portico_contract::second_factor::{FactorKind, PendingTotp, RecoveryCodes};
use uuid::Uuid;

use super::{PENDING, SecondFactors, seconds, totp};
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::store::{Enrolling, FactorConfirmation, UserRow};

impl SecondFactors {
    pub(super) async fn take_totp(&self, person: Uuid, code: &str) -> Result<bool, Failure> {
        let now = self.clock.now();
        let factors = self.factors.of(person).await?;
        for factor in factors.iter().filter(|it| it.kind == FactorKind::Totp.as_str()) {
            let Some(secret) = self.opened(factor) else {
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

    /// Begins to enrol an authenticator app of `user`. Only `holder` can go on with it.
    pub(crate) async fn begin_totp(&self, user: &UserRow, holder: &str) -> Result<PendingTotp, Failure> {
        self.has_room(user.id, FactorKind::Totp).await?;
        let secret = totp::fresh_secret(&*self.random)?;
        let (key, uri) = totp::shown(&secret, &user.email, &self.issuer)?;
        let row = self.pending(user.id, FactorKind::Totp, &secret, holder)?;
        self.factors.begin(row).await?;
        Ok(PendingTotp {
            secret: key,
            uri,
            expires_in: seconds(PENDING),
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
        let pending = pending.filter(|row| row.kind == FactorKind::Totp.as_str());
        let pending = pending.ok_or_else(|| Failure::of(ErrorCode::NotFound))?;
        let Some(step) = totp::step_of(&self.open(&pending)?, code, now)? else {
            return Err(Failure::field("code", FieldRule::Incorrect));
        };
        let codes = self.codes_with_the_first(user.id).await?;
        let (rows, shown) = codes.map(|codes| (codes.rows, codes.shown)).unzip();
        let confirmation = FactorConfirmation {
            enrolling: Enrolling::Pending {
                factor: pending.id,
                name,
                step: Some(step),
            },
            user: user.id,
            holder: holder.to_owned(),
            now,
            codes: rows,
            notice: self.notices.factor_added(user)?,
        };
        self.enrolled(origin, user, FactorKind::Totp, confirmation, session)
            .await?;
        Ok(shown)
    }
}

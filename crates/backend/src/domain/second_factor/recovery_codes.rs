//! Recovery codes: what stands in for the second factor on the day on which everything else is lost.
//!
//! A code has eighty random bits. The first three characters say which one it is and are stored as they are; the whole is
//! stored as a password would be, for it has less than the 112 bits a plain hash would need (ASVS 5.0, 6.5.2).

use portico_contract::problem::ErrorCode;
use portico_contract::second_factor::{RECOVERY_CODE_LENGTH, RECOVERY_CODES, RecoveryCodes};
use serde_json::json;
use uuid::Uuid;

use super::SecondFactors;
use crate::domain::audit::Event;
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::domain::random::{Random, uuid_v7};
use crate::store::{RecoveryCodeRow, UserRow};

/// Crockford's base 32: no letter that could be taken for a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many characters say which code it is.
const SELECTOR: usize = 3;
/// Characters between two dashes.
const GROUP: usize = 4;

/// A new code, as it is compared.
fn generate(random: &dyn Random) -> Result<String, Failure> {
    let mut bytes = [0; RECOVERY_CODE_LENGTH];
    random.fill(&mut bytes)?;
    // 256 is a multiple of 32: every character is as likely as any other.
    Ok(bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]))
        .collect())
}

/// The part of `code` that says which one it is.
pub(super) fn selector(code: &str) -> &str {
    code.get(..SELECTOR).unwrap_or_default()
}

/// A new set, of which each says by itself which one it is.
pub(super) fn fresh(random: &dyn Random) -> Result<Vec<String>, Failure> {
    let mut codes: Vec<String> = Vec::with_capacity(RECOVERY_CODES);
    while codes.len() < RECOVERY_CODES {
        let code = generate(random)?;
        if codes.iter().all(|other| selector(other) != selector(&code)) {
            codes.push(code);
        }
    }
    Ok(codes)
}

/// `code` as people read it.
pub(super) fn written(code: &str) -> String {
    let groups: Vec<_> = code
        .as_bytes()
        .chunks(GROUP)
        .map(String::from_utf8_lossy)
        .collect();
    groups.join("-")
}

/// New recovery codes: what is stored, and what is shown once.
pub(super) struct FreshCodes {
    pub(super) rows: Vec<RecoveryCodeRow>,
    pub(super) shown: RecoveryCodes,
}

impl SecondFactors {
    pub(super) async fn take_recovery_code(&self, person: Uuid, code: &str) -> Result<bool, Failure> {
        let selector = selector(code);
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

    /// The recovery codes that come with a factor of `person`, if there are none.
    pub(super) async fn codes_with_the_first(&self, person: Uuid) -> Result<Option<FreshCodes>, Failure> {
        if self.factors.recovery_codes_left(person).await? > 0 {
            return Ok(None);
        }
        self.fresh_codes(person).await.map(Some)
    }

    async fn fresh_codes(&self, person: Uuid) -> Result<FreshCodes, Failure> {
        let now = self.clock.now();
        let codes = fresh(&*self.random)?;
        let mut rows = Vec::with_capacity(codes.len());
        for code in &codes {
            rows.push(RecoveryCodeRow {
                id: uuid_v7(&*self.random, now)?,
                user_id: person,
                selector: selector(code).to_owned(),
                hash: self.passwords.hash_in_turn(code).await?,
                used_at: None,
            });
        }
        let written = codes.iter().map(|code| written(code));
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
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::random::OsRandom;

    #[test]
    fn a_set_has_ten_codes_that_no_selector_mixes_up() {
        let codes = fresh(&OsRandom).unwrap();
        assert_eq!(codes.len(), 10);
        let selectors: HashSet<_> = codes.iter().map(|code| selector(code)).collect();
        assert_eq!(selectors.len(), 10);
        for code in &codes {
            assert_eq!(code.len(), RECOVERY_CODE_LENGTH);
            assert!(code.bytes().all(|byte| ALPHABET.contains(&byte)), "{code}");
        }
    }

    #[test]
    fn codes_are_written_in_groups() {
        assert_eq!(written("ABCDEFGHJKMNPQRS"), "ABCD-EFGH-JKMN-PQRS");
    }
}

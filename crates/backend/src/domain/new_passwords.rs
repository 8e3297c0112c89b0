//! New passwords: whether one may be used, and taking it into use. Every way to a new password leads through here.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use portico_contract::auth::MAX_PASSWORD;
use portico_contract::password::PasswordPolicy;
use portico_contract::problem::FieldRule;
use portico_contract::validate::{FieldProblems, code_points};
use portico_strength::{Context, estimate};
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

use super::clock::{Clock, DAY, HOUR};
use super::failure::Failure;
use super::notices::Notices;
use super::passwords::Passwords;
use super::random::{Random, uuid_v7};
use crate::store::{NewPasswordRow, PasswordStore, UserRow, Users};

/// A password that somebody else gave lets the person choose one for this long.
pub(crate) const TEMPORARY: i64 = 24 * HOUR;

/// The product's name: nobody's secret.
const PRODUCT: &str = "Portico";

/// Passwords that nobody may have, from the operator's file: one a line, compared in any case.
#[derive(Clone, Debug, Default)]
pub struct Blocklist(HashSet<String>);

impl Blocklist {
    /// The list in the file at `path`.
    pub fn read(path: &Path) -> std::io::Result<Self> {
        let text = std::fs::read_to_string(path)?;
        Ok(text.lines().collect())
    }

    fn contains(&self, candidate: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&folded(candidate))
    }
}

impl<'a> FromIterator<&'a str> for Blocklist {
    fn from_iter<T: IntoIterator<Item = &'a str>>(lines: T) -> Self {
        let lines = lines.into_iter().map(folded);
        Self(lines.filter(|line| !line.is_empty()).collect())
    }
}

fn folded(text: &str) -> String {
    text.trim().nfc().flat_map(char::to_lowercase).collect()
}

/// What becomes of the person's sessions when the password changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OtherSessions {
    /// They go on.
    Keep,
    /// All but this one end.
    EndAllBut(Uuid),
    /// All end.
    End,
}

/// Judges new passwords and takes them into use.
#[derive(Clone)]
pub(crate) struct NewPasswords {
    pub(crate) users: Users,
    pub(crate) store: PasswordStore,
    pub(crate) passwords: Arc<Passwords>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) policy: PasswordPolicy,
    pub(crate) blocklist: Arc<Blocklist>,
    pub(crate) notices: Notices,
}

impl NewPasswords {
    /// The rules that hold here.
    pub(crate) fn policy(&self) -> &PasswordPolicy {
        &self.policy
    }

    /// What others may know of `user` and would try.
    async fn context(&self, user: &UserRow) -> Result<Context, Failure> {
        let team = self.users.team_name(user.team_id).await?;
        Ok(Context {
            names: vec![user.name.clone()],
            emails: vec![user.email.clone()],
            username: user.username.clone(),
            employee_number: Some(user.employee_number.clone()),
            phones: user.phone.iter().cloned().collect(),
            companies: vec![team, PRODUCT.to_owned()],
            ..Context::default()
        })
    }

    /// The words a new password of `user` must not be.
    pub(crate) async fn context_words(&self, user: &UserRow) -> Result<Vec<String>, Failure> {
        let Context {
            names,
            emails,
            username,
            employee_number,
            phones,
            companies,
            ..
        } = self.context(user).await?;
        let mut words = [names, emails, phones, companies].concat();
        words.extend([username, employee_number].into_iter().flatten());
        words.retain(|word| !word.is_empty());
        Ok(words)
    }

    /// Whether `user` may have the password `candidate`. What is wrong with it is told of `field`.
    pub(crate) async fn check(&self, field: &str, user: &UserRow, candidate: &str) -> Result<(), Failure> {
        let wrong = |rule, limit| {
            let mut problems = FieldProblems::default();
            problems.add(field, rule, limit);
            Err(problems.into())
        };
        let (policy, context) = (&self.policy, self.context(user).await?);
        if let Some((rule, limit)) = self.broken_rule(candidate, &self.context_words(user).await?) {
            return wrong(rule, limit);
        }
        let judged: String = candidate.nfc().collect();
        // Up to tens of milliseconds of arithmetic.
        let estimate = tokio::task::spawn_blocking(move || estimate(&judged, &context))
            .await
            .map_err(Failure::internal)?;
        if estimate.personal {
            return wrong(FieldRule::ContextWord, None);
        }
        if estimate.common || self.blocklist.contains(candidate) {
            return wrong(FieldRule::CommonPassword, None);
        }
        if policy.min_score.is_some_and(|least| estimate.score < least) {
            return wrong(FieldRule::TooGuessable, None);
        }
        // Guessed within a thousand tries: what is on the lists, with a letter or two replaced by a sign.
        if estimate.score == 0 {
            return wrong(FieldRule::CommonPassword, None);
        }
        if user.password_hash.is_some()
            && self
                .passwords
                .verify(candidate, user.password_hash.clone())
                .await?
        {
            return wrong(FieldRule::SameAsNow, None);
        }
        for earlier in self.store.history(user.id, policy.history).await? {
            if self.passwords.verify(candidate, Some(earlier)).await? {
                return wrong(FieldRule::UsedBefore, Some(policy.history));
            }
        }
        Ok(())
    }

    /// The first rule of the policy that `candidate` breaks by itself.
    fn broken_rule(&self, candidate: &str, context: &[String]) -> Option<(FieldRule, Option<u32>)> {
        // Nothing else is to be done with a text of any length.
        if code_points(candidate) > MAX_PASSWORD {
            return Some((FieldRule::TooLong, Some(MAX_PASSWORD)));
        }
        let context: Vec<_> = context.iter().map(String::as_str).collect();
        let violations = self.policy.violations(candidate, &context);
        violations.first().map(|violation| violation.as_problem())
    }

    /// Gives `user` the password `candidate`, which was checked, and uses up the sign-in with the hash `running`, if it is
    /// chosen in one. Running sign-ins that rest on the older one are forgotten, and what was to be said about the older
    /// one is over. `None` where the account, or the sign-in, is not any more as it was looked at.
    pub(crate) async fn set(
        &self,
        user: &UserRow,
        candidate: &str,
        sessions: OtherSessions,
        running: Option<String>,
    ) -> Result<Option<UserRow>, Failure> {
        let row = self.prepare(user, candidate, sessions).await?;
        let changed = self.store.set(NewPasswordRow { running, ..row }).await?;
        self.notices.post.wake();
        Ok(changed)
    }

    /// What [`set`](Self::set) writes, for those who write more along with it.
    pub(crate) async fn prepare(
        &self,
        user: &UserRow,
        candidate: &str,
        sessions: OtherSessions,
    ) -> Result<NewPasswordRow, Failure> {
        let now = self.clock.now();
        let hash = self.passwords.hash_in_turn(candidate).await?;
        Ok(NewPasswordRow {
            user: user.id,
            hash,
            now,
            history_id: uuid_v7(&*self.random, now)?,
            earlier: user.password_hash.clone(),
            running: None,
            by_message: false,
            history: self.policy.history,
            sessions,
            notice: match user.password_hash {
                Some(_) => Some(self.notices.password_changed(user)?),
                // Whoever accepts an invitation has none that could be another one.
                None => None,
            },
        })
    }

    /// `user` with the right `password` stored as hashes are made now, if it was stored otherwise (ASVS 5.0, 11.2.2).
    pub(crate) async fn hashed_anew(&self, user: UserRow, password: &str) -> Result<UserRow, Failure> {
        let Some(earlier) = user
            .password_hash
            .clone()
            .filter(|hash| self.passwords.is_outdated(hash))
        else {
            return Ok(user);
        };
        let hash = self.passwords.hash_in_turn(password).await?;
        if !self.store.hash_anew(user.id, &earlier, &hash).await? {
            return Ok(user);
        }
        Ok(UserRow {
            password_hash: Some(hash),
            ..user
        })
    }

    /// Whether the operator's list has `password`, which somebody uses: it is known to others.
    pub(crate) fn is_listed(&self, password: &str) -> bool {
        self.blocklist.contains(password)
    }

    /// Whether the password of `user` is older than the policy allows.
    pub(crate) fn has_expired(&self, user: &UserRow) -> bool {
        let (Some(days), Some(changed)) = (self.policy.max_age_days, user.password_changed_at) else {
            return false;
        };
        self.clock.now() - changed >= i64::from(days) * DAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operators_list_is_compared_as_a_whole_and_in_any_case() {
        let list: Blocklist = "Acme-Summer-2026\n\n  pa\u{308}sse \n".lines().collect();
        assert!(list.contains("ACME-summer-2026"));
        assert!(list.contains("p\u{e4}sse"));
        assert!(!list.contains("Acme-Summer-2026 and more"));
        assert!(!list.contains(""));
    }
}

//! Notices of what happens with an account, to those who would want to know (ASVS 5.0, 6.3.5 and 6.3.7).

use std::sync::Arc;

use portico_contract::user::Role;
use portico_contract::user_agent;

use super::access::Reach;
use super::clock::{DAY, moment_in};
use super::failure::Failure;
use super::letters::Letter;
use super::origin::Origin;
use super::post::{Post, Recipient};
use super::throttle::{Key, Ladder, Throttle};
use crate::store::{NewMessage, UserRow, Users};

/// After so many wrong passwords in a row a right one is worth a word.
const NOTABLE_FAILURES: i64 = 3;

const ONCE_A_DAY: Ladder = Ladder {
    window: DAY,
    pauses: &[(1, DAY)],
    lock_from: i64::MAX,
    most_in_a_row: i64::MAX,
};

/// Writes notices.
#[derive(Clone)]
pub(crate) struct Notices {
    pub(crate) users: Users,
    pub(crate) post: Arc<Post>,
    pub(crate) throttle: Throttle,
}

impl Notices {
    fn when(&self, reader: &UserRow) -> Result<String, Failure> {
        moment_in(self.post.clock.now(), &reader.time_zone)
    }

    /// That the password of `user` is another one, for whoever stores it.
    pub(crate) fn password_changed(&self, user: &UserRow) -> Result<NewMessage, Failure> {
        let letter = Letter::PasswordChanged {
            when: self.when(user)?,
        };
        self.post.notice(user, &letter)
    }

    /// That what `user` is asked after a code is another question, for whoever stores it.
    pub(crate) fn question_changed(&self, user: &UserRow) -> Result<NewMessage, Failure> {
        let letter = Letter::QuestionChanged {
            when: self.when(user)?,
        };
        self.post.notice(user, &letter)
    }

    /// Tells `user` that a session was ended because two went on with it.
    pub(crate) async fn session_copied(&self, user: &UserRow) -> Result<(), Failure> {
        let letter = Letter::SessionCopied {
            when: self.when(user)?,
        };
        self.send(vec![self.post.notice(user, &letter)?]).await
    }

    /// That the mail address of `user` is another one, to both addresses, for whoever stores it.
    pub(crate) fn address_changed(&self, user: &UserRow, earlier: &str) -> Result<[NewMessage; 2], Failure> {
        let letter = Letter::AddressChanged {
            when: self.when(user)?,
        };
        let locale = self.post.language(user, None);
        let to_earlier = Recipient::Mail(earlier);
        Ok([
            self.post.notice(user, &letter)?,
            self.post.message(to_earlier, &user.name, locale, &letter, None)?,
        ])
    }

    /// Tells administrators that guessing closed what somebody signs in with. Where nobody does, the same is written to
    /// nobody, so that the tenth guess takes as long. Once a day for each account, for guessing may go on for long.
    pub(crate) async fn locked(&self, pseudonym: &str, user: Option<&UserRow>) -> Result<(), Failure> {
        let account = user.map_or_else(|| pseudonym.to_owned(), |user| user.id.to_string());
        let key = Key::of("lock-notice", &account, &ONCE_A_DAY);
        let letter = |person, employee_number, when| Letter::Locked {
            person,
            employee_number,
            when,
        };
        self.to_administrators(&key, user, letter).await
    }

    /// Tells administrators that somebody asks for help at the account of `user`, or of nobody, in the same way.
    pub(crate) async fn request_waits(&self, pseudonym: &str, user: Option<&UserRow>) -> Result<(), Failure> {
        let account = user.map_or_else(|| pseudonym.to_owned(), |user| user.id.to_string());
        let key = Key::of("request-notice", &account, &ONCE_A_DAY);
        let letter = |person, employee_number, when| Letter::RequestWaits {
            person,
            employee_number,
            when,
        };
        self.to_administrators(&key, user, letter).await
    }

    /// That `user` says of a session that it was somebody else's, to every administrator, for whoever stores it.
    pub(crate) async fn session_disowned(&self, user: &UserRow) -> Result<Vec<NewMessage>, Failure> {
        let key = Key::of("disown-notice", &user.id.to_string(), &ONCE_A_DAY);
        let letter = |person, employee_number, when| Letter::SessionDisowned {
            person,
            employee_number,
            when,
        };
        self.for_administrators(&key, Some(user), letter).await
    }

    /// Writes to every administrator what `letter` makes of the name and number of `user` and the time, as often as `key`
    /// lets it. About nobody the same is written to nobody.
    async fn to_administrators(
        &self,
        key: &Key,
        user: Option<&UserRow>,
        letter: impl Fn(String, String, String) -> Letter,
    ) -> Result<(), Failure> {
        let messages = self.for_administrators(key, user, letter).await?;
        self.send(messages).await
    }

    /// The same, for whoever stores it.
    async fn for_administrators(
        &self,
        key: &Key,
        user: Option<&UserRow>,
        letter: impl Fn(String, String, String) -> Letter,
    ) -> Result<Vec<NewMessage>, Failure> {
        if self.throttle.admit(key).await?.is_err() {
            return Ok(Vec::new());
        }
        let administrators = self
            .users
            .active(Reach::All, std::iter::once(Role::Admin))
            .await?;
        let mut messages = Vec::with_capacity(administrators.len());
        for reader in &administrators {
            let letter = letter(
                user.map(|user| user.name.clone()).unwrap_or_default(),
                user.map(|user| user.employee_number.clone()).unwrap_or_default(),
                self.when(reader)?,
            );
            let to = match user {
                Some(_) => Recipient::Mail(&reader.email),
                None => Recipient::Nobody,
            };
            let locale = self.post.language(reader, None);
            messages.push(self.post.message(to, &reader.name, locale, &letter, None)?);
        }
        Ok(messages)
    }

    /// Tells `user` of a sign-in after `failures` wrong passwords, if they are many.
    pub(crate) async fn after_failures(&self, user: &UserRow, failures: i64) -> Result<(), Failure> {
        if failures < NOTABLE_FAILURES {
            return Ok(());
        }
        let letter = Letter::AfterFailures {
            when: self.when(user)?,
            failures,
        };
        self.send(vec![self.post.notice(user, &letter)?]).await
    }

    /// Tells `user` of a sign-in from a browser that was not used before.
    pub(crate) async fn new_device(&self, user: &UserRow, origin: &Origin) -> Result<(), Failure> {
        // The first sign-in of all is new on every device.
        if user.last_sign_in_at.is_none() {
            return Ok(());
        }
        let letter = Letter::NewDevice {
            when: self.when(user)?,
            device: user_agent::describe(origin.user_agent.as_deref().unwrap_or_default()),
        };
        self.send(vec![self.post.notice(user, &letter)?]).await
    }

    /// That `user` has a second factor more, for whoever stores it.
    pub(crate) fn factor_added(&self, user: &UserRow) -> Result<NewMessage, Failure> {
        let when = self.when(user)?;
        self.post.notice(user, &Letter::FactorAdded { when })
    }

    /// That `user` has a second factor less, for whoever stores it.
    pub(crate) fn factor_removed(&self, user: &UserRow) -> Result<NewMessage, Failure> {
        let when = self.when(user)?;
        self.post.notice(user, &Letter::FactorRemoved { when })
    }

    /// That an administrator has taken the second factors of `user` away, for whoever stores it.
    pub(crate) fn factors_reset(&self, user: &UserRow) -> Result<NewMessage, Failure> {
        let when = self.when(user)?;
        self.post.notice(user, &Letter::FactorsReset { when })
    }

    /// That `user` has other recovery codes, for whoever stores it.
    pub(crate) fn recovery_codes_renewed(&self, user: &UserRow) -> Result<NewMessage, Failure> {
        let when = self.when(user)?;
        self.post.notice(user, &Letter::RecoveryCodesRenewed { when })
    }

    /// Tells `user` that a recovery code was used, and how many are left.
    pub(crate) async fn recovery_code_used(&self, user: &UserRow, left: u32) -> Result<(), Failure> {
        let letter = Letter::RecoveryCodeUsed {
            when: self.when(user)?,
            left,
        };
        self.send(vec![self.post.notice(user, &letter)?]).await
    }

    /// Tells `user` that somebody knows the password and not the second factor, once `failures` in a row are too many for a
    /// slip; once a day.
    pub(crate) async fn factor_refused(&self, user: &UserRow, failures: i64) -> Result<(), Failure> {
        let key = Key::of("factor-notice", &user.id.to_string(), &ONCE_A_DAY);
        if failures < NOTABLE_FAILURES || self.throttle.admit(&key).await?.is_err() {
            return Ok(());
        }
        let letter = Letter::FactorRefused {
            when: self.when(user)?,
        };
        self.send(vec![self.post.notice(user, &letter)?]).await
    }

    async fn send(&self, messages: Vec<NewMessage>) -> Result<(), Failure> {
        self.post.messages.enqueue(messages).await?;
        self.post.wake();
        Ok(())
    }
}

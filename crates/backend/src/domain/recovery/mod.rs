//! Ways in without a password: resets by link and code, invitations, requests to the administrators.
//!
//! Whoever asks gets the same answer for the same work, whether anybody has the name they typed or not: each request
//! writes one row and one message, of which those to nobody are thrown away unsent. Opening a link uses nothing up;
//! a password that is accepted does.

mod code;
mod complete;
mod request;
mod welcome;

use std::sync::Arc;

use portico_contract::locale::Locale;
use portico_contract::recovery::{LinkOver, ResetAccount, ResetChannel};
use uuid::Uuid;

use super::audit::Audit;
use super::clock::{Clock, DAY, HOUR, MINUTE};
use super::failure::Failure;
use super::instance::InstanceKey;
use super::letters::Letter;
use super::masking;
use super::new_passwords::NewPasswords;
use super::passwords::Passwords;
use super::post::{Post, Recipient};
use super::random::{Random, uuid_v7};
use super::throttle::Throttle;
use super::tokens;
use super::users::verified_number;
use crate::store::{
    AdminRequests, Channel, NewMessage, Recoveries, RecoveryRow, SecurityQuestions, UserRow, Users,
};

pub(crate) use code::Code;

/// A reset's link works this long.
const LINK_LIFE: i64 = HOUR;
/// Its code this long.
const CODE_LIFE: i64 = 10 * MINUTE;
/// So many wrong codes in an hour are all; asking for another one does not give them back.
const MOST_TRIES: i64 = 5;
/// An invitation works this long.
const INVITATION_LIFE: i64 = portico_contract::admin::INVITATION_DAYS as i64 * DAY;
/// What is over is remembered this long, so that a late link says what became of it.
const MEMORY: i64 = 30 * DAY;

/// What a way in is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Reset,
    Invitation,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Invitation => "invitation",
        }
    }
}

/// Resets and invitations.
#[derive(Clone)]
pub(crate) struct Recovery {
    pub(crate) users: Users,
    pub(crate) recoveries: Recoveries,
    pub(crate) requests: AdminRequests,
    pub(crate) questions: SecurityQuestions,
    pub(crate) new_passwords: NewPasswords,
    pub(crate) passwords: Arc<Passwords>,
    pub(crate) throttle: Throttle,
    pub(crate) post: Arc<Post>,
    pub(crate) audit: Audit,
    pub(crate) key: InstanceKey,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
}

/// A way in that is about to be stored, and the secrets that only the message and the browser get.
struct Draft {
    row: RecoveryRow,
    token: String,
    code: Code,
}

impl Recovery {
    /// A new way in for `user`, or for nobody.
    fn draft(&self, purpose: Purpose, user: Option<&UserRow>, locale: Locale) -> Result<Draft, Failure> {
        let now = self.clock.now();
        let token = tokens::fresh(&*self.random)?;
        let id = uuid_v7(&*self.random, now)?;
        let life = match purpose {
            Purpose::Reset => LINK_LIFE,
            Purpose::Invitation => INVITATION_LIFE,
        };
        let row = RecoveryRow {
            id,
            purpose: purpose.as_str().to_owned(),
            user_id: user.map(|user| user.id),
            asked_for: None,
            token_hash: token.hash,
            code_tag: None,
            browser_hash: None,
            address_tag: self.address_tag(user.map_or("", |user| &user.email)),
            sent_by: None,
            locale: locale.tag().to_owned(),
            created_at: now,
            expires_at: now + life,
            code_proven_at: None,
            proven_at: None,
            used_at: None,
            superseded_at: None,
        };
        Ok(Draft {
            row,
            token: token.text,
            code: Code::generate(&*self.random)?,
        })
    }

    /// A name for an address that says nothing about it.
    fn address_tag(&self, address: &str) -> String {
        tokens::hex(&self.key.tag("recovery address", address.as_bytes()))
    }

    /// The invitation of `user` that `draft` is.
    fn invitation(
        &self,
        draft: &Draft,
        user: &UserRow,
        locale: Locale,
        inviter: Option<&UserRow>,
    ) -> Result<NewMessage, Failure> {
        let letter = Letter::Invitation {
            link: self.post.site.link("/welcome", &draft.token),
            inviter: inviter.map(|inviter| inviter.name.clone()),
            until: super::clock::moment_in(draft.row.expires_at, &user.time_zone)?,
            employee_number: user.employee_number.clone(),
        };
        let to = Recipient::Mail(&user.email);
        self.post
            .message(to, &user.name, locale, &letter, Some(draft.row.expires_at))
    }

    /// The account a way in leads to, or why it does not.
    async fn open(
        &self,
        row: Option<RecoveryRow>,
        purpose: Purpose,
    ) -> Result<Result<(RecoveryRow, UserRow), LinkOver>, Failure> {
        let Some(row) = row.filter(|row| row.purpose == purpose.as_str()) else {
            return Ok(Err(LinkOver::Unknown));
        };
        let user = match row.user_id {
            Some(user) => self.users.find(user).await?,
            None => None,
        };
        let Some(user) = user.filter(|user| user.active) else {
            return Ok(Err(LinkOver::Unknown));
        };
        Ok(match self.over(&row, &user) {
            Some(reason) => Err(reason),
            None => Ok((row, user)),
        })
    }

    fn over(&self, row: &RecoveryRow, user: &UserRow) -> Option<LinkOver> {
        let addresses = [Some(user.email.as_str()), verified_number(user)];
        let reaches = |address: Option<&str>| {
            address.is_some_and(|address| self.address_tag(address) == row.address_tag)
        };
        if row.used_at.is_some() {
            Some(LinkOver::Used)
        } else if row.superseded_at.is_some() {
            Some(LinkOver::Superseded)
        } else if self.clock.now() >= row.expires_at {
            Some(LinkOver::Expired)
        } else if !addresses.into_iter().any(reaches) {
            Some(LinkOver::ChangedAddress)
        } else {
            None
        }
    }

    async fn by_token(
        &self,
        token: &str,
        purpose: Purpose,
    ) -> Result<Result<(RecoveryRow, UserRow), LinkOver>, Failure> {
        let row = match tokens::hash(token) {
            Some(hash) => self.recoveries.by_token(&hash).await?,
            None => None,
        };
        self.open(row, purpose).await
    }

    /// Why the way in `id`, which worked a moment ago, was not used.
    async fn open_again(&self, id: Uuid, purpose: Purpose) -> Result<LinkOver, Failure> {
        let row = self.recoveries.find(id).await?;
        let opened = self.open(row, purpose).await?;
        Ok(opened.err().unwrap_or(LinkOver::Superseded))
    }

    async fn account(&self, user: &UserRow) -> Result<ResetAccount, Failure> {
        Ok(ResetAccount {
            hint: masking::email(&user.email),
            words: self.new_passwords.context_words(user).await?,
        })
    }

    /// Where a reset can be sent here.
    pub(crate) fn channels(&self) -> Vec<ResetChannel> {
        let mut channels = Vec::new();
        if self.post.outlets.leads_somewhere(Channel::Mail) {
            channels.push(ResetChannel::Mail);
        }
        if self.post.outlets.leads_somewhere(Channel::Sms) {
            channels.push(ResetChannel::Sms);
        }
        channels
    }

    /// Forgets what has been over for long.
    pub(crate) async fn purge(&self) -> Result<(), Failure> {
        let horizon = self.clock.now() - MEMORY;
        self.recoveries.purge(horizon).await?;
        self.requests.purge(horizon).await
    }
}

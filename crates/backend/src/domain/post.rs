//! The post: letters become messages in the queue, in the transaction of what caused them, and a worker sends them.
//!
//! A message is claimed before it is sent, so that several processes do not send it at once; what cannot be sent is tried
//! again with growing pauses, and given up after some refusals or when its content is worth nothing any more. It leaves
//! at least once: where a process dies between the server's word and its own note of it, another one sends it again
//! under the same Message-ID.

use std::sync::Arc;

use portico_contract::locale::Locale;
use tokio::sync::Notify;

use super::clock::{Clock, DAY, HOUR, MINUTE, SECOND};
use super::failure::Failure;
use super::letters::{Letter, Letters};
use super::random::{Random, uuid_v7};
use super::site::Site;
use crate::outlets::{Delivered, Outgoing, Outlets};
use crate::store::{Channel, MessageRow, Messages, NewMessage, Store, UserRow};

/// A claimed message is another process's again after this long. No try takes as long.
const LEASE: i64 = 2 * MINUTE;
/// After it was refused so often a message is given up. That nobody could be reached is not counted: a mail server may be
/// down for hours.
const MAX_REFUSALS: i32 = 10;
/// The pause after the first try; it doubles with each.
const FIRST_PAUSE: i64 = 15 * SECOND;
const LONGEST_PAUSE: i64 = HOUR;
/// How long a letter without an end of its own is worth sending.
const USUAL_LIFE: i64 = 2 * DAY;
/// The demonstration's outbox keeps what it holds this long.
const OUTBOX_LIFE: i64 = DAY;

/// Whom a letter goes to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Recipient<'a> {
    /// A mail address.
    Mail(&'a str),
    /// A telephone number.
    Sms(&'a str),
    /// Nobody: the message is made, stored and thrown away, so that it costs what a real one costs.
    Nobody,
}

/// Writes and sends.
pub(crate) struct Post {
    pub(crate) messages: Messages,
    pub(crate) outlets: Outlets,
    pub(crate) letters: Letters,
    pub(crate) site: Arc<Site>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) waiting: Notify,
}

impl Post {
    /// The post of `site`, which leaves by `outlets`.
    pub(crate) fn new(
        store: &Store,
        outlets: Outlets,
        site: Site,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, Failure> {
        Ok(Self {
            messages: store.messages(),
            outlets,
            letters: Letters::new()?,
            site: Arc::new(site),
            clock,
            random,
            waiting: Notify::new(),
        })
    }

    /// `letter` as a message for the queue, worth sending until `ends`.
    pub(crate) fn message(
        &self,
        to: Recipient<'_>,
        name: &str,
        locale: Locale,
        letter: &Letter,
        ends: Option<i64>,
    ) -> Result<NewMessage, Failure> {
        let now = self.clock.now();
        let written = self.letters.write(letter, name, locale, &self.site)?;
        let (channel, recipient) = match to {
            Recipient::Mail(address) => (Channel::Mail, address),
            Recipient::Sms(number) => (Channel::Sms, number),
            Recipient::Nobody => (Channel::Mail, ""),
        };
        Ok(NewMessage {
            id: uuid_v7(&*self.random, now)?,
            channel,
            letter: letter.name(),
            recipient: recipient.to_owned(),
            locale,
            subject: written.subject,
            body: written.text,
            now,
            ends: ends.unwrap_or(now + USUAL_LIFE),
        })
    }

    /// A notice to `user` by mail, in the user's language.
    pub(crate) fn notice(&self, user: &UserRow, letter: &Letter) -> Result<NewMessage, Failure> {
        let locale = self.language(user, None);
        self.message(Recipient::Mail(&user.email), &user.name, locale, letter, None)
    }

    /// The language to write to `user` in: the account's, else that of the page, else the site's.
    pub(crate) fn language(&self, user: &UserRow, page: Option<Locale>) -> Locale {
        let chosen = user.chosen_locale.as_deref().and_then(Locale::from_tag);
        chosen.or(page).unwrap_or(self.site.default_locale)
    }

    /// Says that something was put into the queue.
    pub(crate) fn wake(&self) {
        self.waiting.notify_one();
    }

    /// Sends everything that is due; says how many messages left.
    pub(crate) async fn deliver(&self) -> Result<u32, Failure> {
        let (mail, sms) = tokio::join!(self.deliver_by(Channel::Mail), self.deliver_by(Channel::Sms));
        Ok(mail? + sms?)
    }

    async fn deliver_by(&self, channel: Channel) -> Result<u32, Failure> {
        let mut sent = 0;
        loop {
            let now = self.clock.now();
            let Some(message) = self.messages.claim(channel, now, now + LEASE).await? else {
                return Ok(sent);
            };
            match self.try_one(channel, &message).await? {
                Delivered::Sent => sent += 1,
                // Whatever else waits would fail alike: it keeps until the next round.
                Delivered::Unreachable => return Ok(sent),
                Delivered::Later(_) | Delivered::Never(_) => {}
            }
        }
    }

    async fn try_one(&self, channel: Channel, message: &MessageRow) -> Result<Delivered, Failure> {
        let now = self.clock.now();
        if message.recipient.is_empty() {
            self.messages.remove(message).await?;
            return Ok(Delivered::Later("nobody"));
        }
        let (id, letter) = (message.id, message.letter.as_str());
        if now >= message.ends_at {
            self.messages.remove(message).await?;
            tracing::warn!(event = "message", outcome = "outdated", %id, letter, tries = message.tries);
            return Ok(Delivered::Never("outdated"));
        }
        let outgoing = self.outgoing(channel, message)?;
        let delivered = self.outlets.send(channel, &outgoing).await;
        let refusals = message.refusals + i32::from(matches!(delivered, Delivered::Later(_)));
        let pause = FIRST_PAUSE << (message.tries - 1).clamp(0, 16);
        let due = now + pause.min(LONGEST_PAUSE);
        let given_up = refusals >= MAX_REFUSALS || matches!(delivered, Delivered::Never(_));
        let was_ours = match delivered {
            Delivered::Sent if self.outlets.keeps(channel) => self.messages.to_outbox(message, now).await?,
            Delivered::Later(_) | Delivered::Unreachable if !given_up => {
                self.messages.put_back(message, due, refusals).await?
            }
            // It left, or it never will.
            _ => self.messages.remove(message).await?,
        };
        if !was_ours {
            tracing::warn!(event = "message", outcome = "claimed by another", %id, letter);
        }
        let (outcome, reason) = delivered.words();
        if matches!(delivered, Delivered::Sent) {
            tracing::info!(event = "message", outcome, %id, letter, tries = message.tries);
        } else {
            tracing::warn!(event = "message", outcome, reason, given_up, %id, letter, tries = message.tries);
        }
        Ok(delivered)
    }

    fn outgoing(&self, channel: Channel, message: &MessageRow) -> Result<Outgoing, Failure> {
        let html = match channel {
            Channel::Mail => {
                self.letters
                    .html(&message.subject, &message.body, &message.locale, &self.site)?
            }
            Channel::Sms => String::new(),
        };
        Ok(Outgoing {
            id: format!("{}@{}", message.id, self.site.host()),
            to: message.recipient.clone(),
            subject: message.subject.clone(),
            text: message.body.clone(),
            html,
        })
    }

    /// Forgets what the outbox held long enough.
    pub(crate) async fn purge(&self) -> Result<(), Failure> {
        self.messages.purge_outbox(self.clock.now() - OUTBOX_LIFE).await
    }
}

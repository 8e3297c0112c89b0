//! Codes that are sent to people: as a second factor, and to enrol where they go.
//!
//! A code is good for ten minutes, for five tries and where it was asked for; the next one ends it, and gives no tries back,
//! for those are counted by the person as well. How often one is sent is counted by the person, too.
//!
//! Where the password was set by way of a message, nothing is sent to a sign-in until something else was shown: otherwise the
//! mailbox, or the telephone, would be all it takes.

use portico_contract::problem::{ErrorCode, FieldRule};
use portico_contract::second_factor::{CODE_DIGITS, FactorKind, FactorMethod, RecoveryCodes};
use portico_contract::sent_code::{BeginSentCode, CodeChannel, CodeSent, ConfirmSentCode};
use serde_json::json;
use uuid::Uuid;

use super::ceremony::Ceremony;
use super::{PENDING, SecondFactors, Shown, seconds};
use crate::domain::audit::{Entry, Event};
use crate::domain::clock::{HOUR, MINUTE, SECOND};
use crate::domain::failure::Failure;
use crate::domain::letters::Letter;
use crate::domain::masking;
use crate::domain::origin::Origin;
use crate::domain::post::Recipient;
use crate::domain::throttle::{Key, Ladder};
use crate::domain::tokens;
use crate::store::{Enrolling, FactorConfirmation, FactorRow, SentCodeRow, UserRow};

const CONTEXT: &str = "sent code";

/// How often a code is sent to a person on a channel.
const SENDS: Ladder = Ladder {
    window: HOUR,
    pauses: &[
        (1, 30 * SECOND),
        (2, MINUTE),
        (3, 2 * MINUTE),
        (4, 5 * MINUTE),
        (5, HOUR),
    ],
    lock_from: i64::MAX,
    most_in_a_row: i64::MAX,
};

fn sends(person: Uuid, channel: CodeChannel) -> Key {
    let what = format!("{person}:{}", channel.kind().as_str());
    Key::of("code-sent", &what, &SENDS)
}

/// Where a code goes, in full.
enum Destination<'a> {
    Phone(String),
    Mail(&'a str),
}

impl Destination<'_> {
    /// With most of it left out.
    fn hint(&self) -> String {
        match self {
            Self::Phone(number) => masking::phone(number),
            Self::Mail(address) => masking::email(address),
        }
    }
}

/// Whether a code may be shown by `user` here.
pub(super) const fn counts(user: &UserRow, shown: Shown<'_>) -> bool {
    !(user.password_by_message && matches!(shown, Shown::SigningIn { .. }))
}

/// What of `methods` counts in a sign-in of `user`. Where that is none it is a recovery code, which may be used up: then an
/// administrator helps.
pub(crate) fn counting(user: &UserRow, methods: Vec<FactorMethod>) -> Vec<FactorMethod> {
    let is_sent = |method: &FactorMethod| matches!(method, FactorMethod::Sms | FactorMethod::Mail);
    if !user.password_by_message || methods.is_empty() {
        return methods;
    }
    let held: Vec<_> = methods.into_iter().filter(|method| !is_sent(method)).collect();
    if held.is_empty() {
        vec![FactorMethod::RecoveryCode]
    } else {
        held
    }
}

impl SecondFactors {
    fn holder(ceremony: &Ceremony<'_>, channel: CodeChannel) -> String {
        format!("{}:{}", ceremony.holder(), channel.kind().as_str())
    }

    fn tag(&self, holder: &str, code: &str) -> Vec<u8> {
        self.key
            .tag(CONTEXT, format!("{holder}:{code}").as_bytes())
            .to_vec()
    }

    /// Sends `user` a code to `destination`, which counts as an answer to `ceremony`.
    async fn dispatch(
        &self,
        origin: &Origin,
        user: &UserRow,
        ceremony: &Ceremony<'_>,
        channel: CodeChannel,
        destination: &Destination<'_>,
    ) -> Result<CodeSent, Failure> {
        if !self.channels.contains(&channel) {
            return Err(Failure::of(ErrorCode::NotFound));
        }
        let admission = self.throttle.admit(&sends(user.id, channel)).await?;
        let admission = admission.map_err(|refusal| Failure {
            code: ErrorCode::RateLimited,
            ..refusal.into()
        })?;
        let code = tokens::digits(&*self.random, CODE_DIGITS)?;
        let (holder, now) = (Self::holder(ceremony, channel), self.clock.now());
        let letter = match destination {
            Destination::Phone(_) => Letter::FactorCode { code: code.clone() },
            Destination::Mail(_) => Letter::FactorCodeByMail { code: code.clone() },
        };
        let to = match destination {
            Destination::Phone(number) => Recipient::Sms(number),
            Destination::Mail(address) => Recipient::Mail(address),
        };
        let post = &self.notices.post;
        let locale = post.language(user, None);
        let message = post.message(to, &user.name, locale, &letter, Some(now + PENDING))?;
        let row = SentCodeRow {
            tag: self.tag(&holder, &code),
            holder,
            tries: 0,
            expires_at: now + PENDING,
        };
        self.sent_codes.send(row, message).await?;
        post.wake();
        let entry = Entry::accepted(Event::CodeSent).by_person(user.id).to(user.id);
        let detail = json!({"channel": channel});
        self.audit.record(origin, entry.detail(detail)).await?;
        let pause = admission.pause().unwrap_or_default();
        Ok(CodeSent {
            to: destination.hint(),
            expires_in: seconds(PENDING),
            resend_in: u32::try_from(pause).unwrap_or(u32::MAX),
        })
    }

    /// Where codes of the factor in `row` go.
    fn destination<'a>(
        &self,
        user: &'a UserRow,
        row: &FactorRow,
    ) -> Result<Option<Destination<'a>>, Failure> {
        if row.kind == FactorKind::Mail.as_str() {
            return Ok(Some(Destination::Mail(&user.email)));
        }
        if row.kind != FactorKind::Sms.as_str() {
            return Ok(None);
        }
        let number = String::from_utf8(self.open(row)?).map_err(Failure::internal)?;
        Ok(Some(Destination::Phone(number)))
    }

    /// Where codes of the factor in `row` go, for its owner to recognise.
    pub(super) fn hint(&self, user: &UserRow, row: &FactorRow) -> Option<String> {
        let destination = self.destination(user, row).ok().flatten()?;
        Some(destination.hint())
    }

    /// Sends `user` a code as the second factor.
    pub(crate) async fn send_code(
        &self,
        origin: &Origin,
        user: &UserRow,
        channel: CodeChannel,
        shown: Shown<'_>,
    ) -> Result<CodeSent, Failure> {
        let factors = self.factors.of(user.id).await?;
        let row = factors
            .iter()
            .find(|row| row.kind == channel.kind().as_str() && counts(user, shown));
        let missing = || Failure::of(ErrorCode::NotFound);
        let destination = self
            .destination(user, row.ok_or_else(missing)?)?
            .ok_or_else(missing)?;
        self.dispatch(origin, user, &Ceremony::Shown(shown), channel, &destination)
            .await
    }

    /// Fails where no code is waited for: it says that another one has to be sent, and costs no try.
    pub(super) async fn awaits_code(
        &self,
        user: &UserRow,
        channel: CodeChannel,
        shown: Shown<'_>,
    ) -> Result<(), Failure> {
        let holder = Self::holder(&Ceremony::Shown(shown), channel);
        if counts(user, shown) && self.sent_codes.waits(&holder, self.clock.now()).await? {
            Ok(())
        } else {
            Err(Failure::field("code", FieldRule::NotAllowed))
        }
    }

    /// Whether `code` is the one that was sent to `person`.
    pub(super) async fn take_sent_code(
        &self,
        person: Uuid,
        channel: CodeChannel,
        code: &str,
        shown: Shown<'_>,
    ) -> Result<bool, Failure> {
        let holder = Self::holder(&Ceremony::Shown(shown), channel);
        if !self.fits_sent(&holder, code).await? {
            return Ok(false);
        }
        // Whoever gets them may have more of them.
        self.throttle.succeeded(&sends(person, channel)).await?;
        // The factor is still the person's.
        let factors = self.factors.of(person).await?;
        match factors.iter().find(|row| row.kind == channel.kind().as_str()) {
            Some(row) => self.factors.touch(row.id, self.clock.now()).await,
            None => Ok(false),
        }
    }

    /// A try at the code that was sent for `holder`; it counts before it is looked at.
    async fn fits_sent(&self, holder: &str, code: &str) -> Result<bool, Failure> {
        let tag = self.sent_codes.try_one(holder, self.clock.now()).await?;
        let given = format!("{holder}:{code}");
        match tag {
            Some(tag) if self.key.verify_prefix(CONTEXT, given.as_bytes(), &tag) => {
                self.sent_codes.use_up(holder, &tag).await
            }
            _ => Ok(false),
        }
    }

    /// Begins to enrol where codes of `user` go, by sending one there. Only `holder` can go on with it.
    pub(crate) async fn begin_sent_code(
        &self,
        origin: &Origin,
        user: &UserRow,
        holder: &str,
        input: BeginSentCode,
    ) -> Result<CodeSent, Failure> {
        let kind = input.channel.kind();
        self.has_room(user.id, kind).await?;
        let destination = match input.phone {
            Some(number) => Destination::Phone(number),
            None => Destination::Mail(&user.email),
        };
        let ceremony = Ceremony::Enrolment(holder);
        let sent = self
            .dispatch(origin, user, &ceremony, input.channel, &destination)
            .await?;
        let secret = match &destination {
            Destination::Phone(number) => number.as_bytes(),
            Destination::Mail(_) => &[],
        };
        let row = self.pending(user.id, kind, secret, holder)?;
        self.factors.begin(row).await?;
        Ok(sent)
    }

    /// Lets what `holder` has begun count, for the code has arrived. Recovery codes come with the first factor of a person.
    pub(crate) async fn confirm_sent_code(
        &self,
        origin: &Origin,
        user: &UserRow,
        holder: &str,
        input: ConfirmSentCode,
        session: Option<Uuid>,
    ) -> Result<(CodeChannel, Option<RecoveryCodes>), Failure> {
        let now = self.clock.now();
        let pending = self.factors.pending(user.id, holder, now - PENDING).await?;
        let channel = pending.as_ref().and_then(|row| {
            [CodeChannel::Sms, CodeChannel::Mail]
                .into_iter()
                .find(|channel| row.kind == channel.kind().as_str())
        });
        let (Some(pending), Some(channel)) = (pending, channel) else {
            return Err(Failure::of(ErrorCode::NotFound));
        };
        let code_holder = Self::holder(&Ceremony::Enrolment(holder), channel);
        if !self.sent_codes.waits(&code_holder, now).await? {
            return Err(Failure::field("code", FieldRule::NotAllowed));
        }
        if !self.fits_sent(&code_holder, &input.code).await? {
            return Err(Failure::field("code", FieldRule::Incorrect));
        }
        self.throttle.succeeded(&sends(user.id, channel)).await?;
        let codes = self.codes_with_the_first(user.id).await?;
        let (rows, shown) = codes.map(|codes| (codes.rows, codes.shown)).unzip();
        let confirmation = FactorConfirmation {
            enrolling: Enrolling::Pending {
                factor: pending.id,
                name: input.name,
                step: None,
            },
            user: user.id,
            holder: holder.to_owned(),
            now,
            codes: rows,
            notice: self.notices.factor_added(user)?,
        };
        self.enrolled(origin, user, channel.kind(), confirmation, session)
            .await?;
        Ok((channel, shown))
    }
}

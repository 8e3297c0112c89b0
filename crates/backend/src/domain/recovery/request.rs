//! Asking for a way in.

use portico_contract::locale::Locale;
use portico_contract::problem::ErrorCode;
use portico_contract::recovery::{RequestAdminReset, ResetChannel, StartReset};
use portico_contract::validate::Validated;

use super::code::CodeKeys;
use super::{CODE_LIFE, Draft, LINK_LIFE, Purpose, Recovery};
use crate::domain::audit::{Entry, Event};
use crate::domain::clock::HOUR;
use crate::domain::failure::Failure;
use crate::domain::letters::Letter;
use crate::domain::origin::Origin;
use crate::domain::post::Recipient;
use crate::domain::random::uuid_v7;
use crate::domain::throttle::{Key, Ladder};
use crate::domain::{tokens, users};
use crate::store::{AdminRequestRow, NewMessage, UserRow, WayIn};

/// So often in an hour a reset is sent for one name.
pub(super) const MOST_PER_HOUR: i64 = 3;

/// Whom a request means and how it reaches them.
enum Reached<'a> {
    /// A reset, to a mail address.
    Mail(&'a UserRow),
    /// A reset, to a telephone.
    Phone(&'a UserRow, &'a str),
    /// An invitation, for who has not used theirs.
    Invited(&'a UserRow),
    /// Nobody.
    Nobody,
}

fn reached(user: Option<&UserRow>, channel: ResetChannel) -> Reached<'_> {
    match (user.filter(|user| user.active), channel) {
        (Some(user), ResetChannel::Mail) if user.password_hash.is_none() => Reached::Invited(user),
        (Some(user), ResetChannel::Mail) => Reached::Mail(user),
        (Some(user), ResetChannel::Sms) if user.password_hash.is_some() => {
            users::verified_number(user).map_or(Reached::Nobody, |number| Reached::Phone(user, number))
        }
        _ => Reached::Nobody,
    }
}

impl Recovery {
    /// Sends a way in to whoever has the name that was typed, if anybody has. Answers the secret that binds the code to
    /// this browser, always.
    pub(crate) async fn start(
        &self,
        origin: &Origin,
        request: Validated<StartReset>,
    ) -> Result<String, Failure> {
        let StartReset {
            identifier,
            channel,
            locale: page,
        } = request.into_inner();
        let identifier = users::canonical_identifier(&identifier);
        let pseudonym = self.key.pseudonym(&identifier);
        self.limit("reset", &pseudonym, origin).await?;
        let user = self.users.find_by_identifier(&identifier).await?;
        let reached = reached(user.as_ref(), channel);
        let invited_by = self
            .recoveries
            .invitation(
                user.as_ref().map(|user| user.id).unwrap_or_default(),
                Purpose::Invitation.as_str(),
            )
            .await?
            .and_then(|invitation| invitation.sent_by);
        let locale = user.as_ref().map_or_else(
            || page.unwrap_or(self.post.site.default_locale),
            |user| self.post.language(user, page),
        );
        let browser = tokens::fresh(&*self.random)?;
        let (purpose, person) = match &reached {
            Reached::Mail(user) | Reached::Phone(user, _) => (Purpose::Reset, Some(*user)),
            Reached::Invited(user) => (Purpose::Invitation, Some(*user)),
            Reached::Nobody => (Purpose::Reset, None),
        };
        let mut draft = self.draft(purpose, person, locale)?;
        draft.row.asked_for = Some(pseudonym.clone());
        draft.row.browser_hash = Some(browser.hash);
        draft.row.sent_by = invited_by.filter(|_| purpose == Purpose::Invitation);
        if purpose == Purpose::Reset {
            draft.row.code_tag = Some(draft.code.tag(&self.key, draft.row.id));
        }
        if let Reached::Phone(_, number) = &reached {
            draft.row.address_tag = self.address_tag(number);
        }
        let has_tries = self.has_tries(&CodeKeys::of(&draft.row)).await?;
        let message = self.letter(&reached, &draft, has_tries, locale)?;
        let subject = draft.row.user_id;
        let way_in = WayIn {
            row: draft.row,
            message,
        };
        self.send(way_in).await?;
        let entry = Entry::accepted(Event::ResetRequested)
            .identified(&pseudonym)
            .detail(serde_json::json!({"channel": channel}));
        let entry = match subject {
            Some(subject) => entry.to(subject),
            None => entry,
        };
        self.audit.record(origin, entry).await?;
        Ok(browser.text)
    }

    /// Stores a way in and lets its message leave.
    pub(crate) async fn send(&self, way_in: WayIn) -> Result<(), Failure> {
        self.recoveries.begin(way_in).await?;
        self.post.wake();
        Ok(())
    }

    /// The message of a request. A code that cannot be entered, because there are no tries left, is not sent.
    fn letter(
        &self,
        reached: &Reached<'_>,
        draft: &Draft,
        has_tries: bool,
        locale: Locale,
    ) -> Result<NewMessage, Failure> {
        let reset = || Letter::Reset {
            link: self.post.site.link("/reset-password", &draft.token),
            code: has_tries.then(|| draft.code.reveal().to_owned()),
            by_administrator: false,
        };
        let code = || Letter::ResetCode {
            code: draft.code.reveal().to_owned(),
        };
        let made = draft.row.created_at;
        let (to, name, letter, life) = match reached {
            Reached::Invited(user) => return self.invitation(draft, user, locale, None),
            Reached::Mail(user) => (
                Recipient::Mail(&user.email),
                user.name.as_str(),
                reset(),
                LINK_LIFE,
            ),
            Reached::Phone(user, number) if has_tries => {
                (Recipient::Sms(number), user.name.as_str(), code(), CODE_LIFE)
            }
            Reached::Phone(..) | Reached::Nobody => (Recipient::Nobody, "", reset(), LINK_LIFE),
        };
        self.post.message(to, name, locale, &letter, Some(made + life))
    }

    /// Asks the administrators for a reset, for whoever has the name that was typed.
    pub(crate) async fn ask_administrators(
        &self,
        origin: &Origin,
        request: Validated<RequestAdminReset>,
    ) -> Result<(), Failure> {
        let RequestAdminReset { identifier, reason } = request.into_inner();
        let identifier = users::canonical_identifier(&identifier);
        let pseudonym = self.key.pseudonym(&identifier);
        self.limit("reset-request", &pseudonym, origin).await?;
        let user = self.users.find_by_identifier(&identifier).await?;
        let user = user.filter(|user| user.active);
        let now = self.clock.now();
        let row = AdminRequestRow {
            id: uuid_v7(&*self.random, now)?,
            user_id: user.as_ref().map(|user| user.id),
            kind: portico_contract::admin::RequestKind::Password.as_str().to_owned(),
            reason,
            state: portico_contract::admin::RequestState::Open.as_str().to_owned(),
            created_at: now,
            answered_by: None,
            answered_at: None,
            note: None,
        };
        self.requests.insert(row).await?;
        self.new_passwords
            .notices
            .request_waits(&pseudonym, user.as_ref())
            .await?;
        let entry = Entry::accepted(Event::ResetRequested)
            .identified(&pseudonym)
            .detail(serde_json::json!({"channel": "administrator"}));
        let entry = match &user {
            Some(user) => entry.to(user.id),
            None => entry,
        };
        self.audit.record(origin, entry).await
    }

    /// Lets so many requests through for one name, known or not, and for one network.
    async fn limit(&self, kind: &str, pseudonym: &str, origin: &Origin) -> Result<(), Failure> {
        let by_name = Key::of(kind, pseudonym, &BY_NAME);
        let counted = self.throttle.network(origin).and(origin.network());
        let by_network = counted.map(|network| {
            let network = self.key.pseudonym(&network.to_string());
            Key::of(&format!("{kind}-network"), &network, &BY_NETWORK)
        });
        for key in by_network.iter().chain([&by_name]) {
            if let Err(refusal) = self.throttle.admit(key).await? {
                if refusal.is_notable() {
                    let entry = Entry::refused(Event::Throttled)
                        .identified(pseudonym)
                        .detail(serde_json::json!({"what": kind}));
                    self.audit.record(origin, entry).await?;
                }
                return Err(Failure {
                    code: ErrorCode::RateLimited,
                    ..refusal.into()
                });
            }
        }
        Ok(())
    }

    /// A reset for `user` because `sender`, an administrator, says so; an invitation for who has not used theirs. Nothing
    /// binds it to a browser, so there is no code.
    pub(crate) fn by_administrator(&self, user: &UserRow, sender: &UserRow) -> Result<WayIn, Failure> {
        let locale = self.post.language(user, None);
        let is_invited = user.password_hash.is_none();
        let purpose = if is_invited {
            Purpose::Invitation
        } else {
            Purpose::Reset
        };
        let mut draft = self.draft(purpose, Some(user), locale)?;
        draft.row.sent_by = Some(sender.id);
        let message = if is_invited {
            self.invitation(&draft, user, locale, Some(sender))?
        } else {
            let letter = Letter::Reset {
                link: self.post.site.link("/reset-password", &draft.token),
                code: None,
                by_administrator: true,
            };
            let to = Recipient::Mail(&user.email);
            self.post
                .message(to, &user.name, locale, &letter, Some(draft.row.expires_at))?
        };
        Ok(WayIn {
            row: draft.row,
            message,
        })
    }
}

/// Three for one name: the fourth within the window waits for its end.
const BY_NAME: Ladder = Ladder {
    window: HOUR,
    pauses: &[(MOST_PER_HOUR, HOUR)],
    lock_from: i64::MAX,
    most_in_a_row: i64::MAX,
};
/// A network can hold an office of people who all lost their passwords on the same morning.
const BY_NETWORK: Ladder = Ladder {
    window: HOUR,
    pauses: &[(60, HOUR)],
    lock_from: i64::MAX,
    most_in_a_row: i64::MAX,
};

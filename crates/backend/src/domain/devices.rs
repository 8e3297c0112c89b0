//! Where a person is signed in, the browsers the person is known with, and what happened with the account lately: what a
//! person needs to find a stranger, and to put them out.

use std::collections::HashSet;
use std::sync::Arc;

use portico_contract::devices::{
    AccountEvent, Disowned, EventOutcome, HISTORY_DAYS, KnownBrowser, OthersEnded, OwnSession, RefusalReason,
    SessionAct, SessionState, Shown, SignInEntry,
};
use portico_contract::ids::{AccountEventId, DeviceId, SessionId};
use portico_contract::paging::{Page, PageQuery};
use portico_contract::problem::ErrorCode;
use portico_contract::user_agent::describe;
use serde_json::{Value, json};
use uuid::Uuid;

use super::audit::{Audit, Entry, Event, Outcome};
use super::auth::Actor;
use super::clock::{Clock, DAY, timestamp};
use super::cursor::Cursors;
use super::failure::Failure;
use super::instance::InstanceKey;
use super::notices::Notices;
use super::origin::Origin;
use super::throttle::{Key, Throttle};
use super::tokens;
use crate::store::{
    AuditEventRow, AuditEvents, Disowning, KnownDeviceRow, KnownDevices, SessionRow, Sessions, Told, stored,
};

const HISTORY: &str = "own sign-ins";
/// So many lines of what was done in a session are told.
const MOST_ACTS: u64 = 200;

/// What a person is told of: what opens the account, closes it, or changes what opens it.
const TOLD: [&str; 21] = [
    Event::SignIn.as_str(),
    Event::Locked.as_str(),
    Event::RefreshReuse.as_str(),
    Event::SessionsEnded.as_str(),
    Event::SessionDisowned.as_str(),
    Event::BrowserForgotten.as_str(),
    Event::PasswordChanged.as_str(),
    Event::ResetRequested.as_str(),
    Event::ResetCompleted.as_str(),
    Event::Welcomed.as_str(),
    Event::UserChanged.as_str(),
    Event::NewPasswordRequired.as_str(),
    Event::Deactivated.as_str(),
    Event::Reactivated.as_str(),
    Event::QuestionChosen.as_str(),
    Event::FactorShown.as_str(),
    Event::FactorAdded.as_str(),
    Event::FactorRemoved.as_str(),
    Event::FactorsReset.as_str(),
    Event::FactorRequested.as_str(),
    Event::RecoveryCodesRenewed.as_str(),
];

/// Whoever was signed in and is not the person.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stranger {
    /// By the session, which may be over.
    Session(Uuid),
    /// By the entry of the sign-in that began it; the session may be long forgotten.
    SignIn(Uuid),
}

/// Shows a person's own sign-ins, and ends what is not the person's.
pub(crate) struct Devices {
    pub(crate) sessions: Sessions,
    pub(crate) browsers: KnownDevices,
    pub(crate) events: AuditEvents,
    pub(crate) throttle: Throttle,
    pub(crate) notices: Notices,
    pub(crate) audit: Audit,
    pub(crate) cursors: Arc<Cursors>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) key: InstanceKey,
}

fn not_found() -> Failure {
    Failure::of(ErrorCode::NotFound)
}

/// The things shown that `text` names, whatever stands between them.
fn shown(text: &str) -> Vec<Shown> {
    text.split(|c: char| !c.is_ascii_lowercase() && c != '_')
        .filter_map(|word| stored(word).ok())
        .collect()
}

/// Only words of our own: how a browser describes itself is the sender's text.
fn device(user_agent: Option<&str>) -> String {
    describe(user_agent.unwrap_or_default())
}

fn session(row: SessionRow, current: Uuid) -> Result<OwnSession, Failure> {
    Ok(OwnSession {
        id: SessionId(row.id),
        current: row.id == current,
        device: device(row.user_agent.as_deref()),
        address: row.address,
        started_at: timestamp(row.created_at)?,
        last_active_at: timestamp(row.last_active_at)?,
        method: shown(&row.method),
    })
}

fn browser(row: KnownDeviceRow, held: Option<&str>, now: i64) -> Result<KnownBrowser, Failure> {
    let trusted = row.trusted_until.filter(|until| now < *until);
    Ok(KnownBrowser {
        id: DeviceId(row.id),
        current: held == Some(row.token_hash.as_str()),
        device: device(row.user_agent.as_deref()),
        address: row.address,
        first_seen_at: timestamp(row.created_at)?,
        last_seen_at: timestamp(row.last_seen_at)?,
        trusted_until: trusted.map(timestamp).transpose()?,
    })
}

fn event(row: &AuditEventRow) -> AccountEvent {
    stored(&row.event).unwrap_or(AccountEvent::Other)
}

fn outcome(row: &AuditEventRow) -> EventOutcome {
    if row.outcome == Outcome::Accepted.as_str() {
        EventOutcome::Accepted
    } else {
        EventOutcome::Refused
    }
}

/// Why the sign-in of `row` was refused. Where nothing is written of it, what was shown was not right.
fn reason(row: &AuditEventRow, detail: &Value) -> Option<RefusalReason> {
    let is_refused = event(row) == AccountEvent::SignIn && outcome(row) == EventOutcome::Refused;
    is_refused.then(|| match detail["reason"].as_str() {
        Some(reason) => stored(reason).unwrap_or(RefusalReason::Other),
        None => RefusalReason::InvalidCredentials,
    })
}

fn act(row: AuditEventRow) -> Result<SessionAct, Failure> {
    Ok(SessionAct {
        at: timestamp(row.at)?,
        event: event(&row),
        outcome: outcome(&row),
        address: row.address,
    })
}

impl Devices {
    /// Where the person is signed in, this session first.
    pub(crate) async fn sessions(&self, actor: &Actor) -> Result<Vec<OwnSession>, Failure> {
        let mut rows = self.sessions.living(actor.user.id, self.clock.now()).await?;
        let current = actor.session.id;
        rows.sort_by_key(|row| row.id != current);
        rows.into_iter().map(|row| session(row, current)).collect()
    }

    /// Ends another session of the person's.
    pub(crate) async fn end_session(&self, origin: &Origin, actor: &Actor, id: Uuid) -> Result<(), Failure> {
        if id == actor.session.id {
            return Err(Failure::of(ErrorCode::Conflict));
        }
        if !self.sessions.end_one(id, actor.user.id, self.clock.now()).await? {
            return Err(not_found());
        }
        self.note_ended(origin, actor, 1).await
    }

    /// Ends every other session of the person's.
    pub(crate) async fn end_others(&self, origin: &Origin, actor: &Actor) -> Result<OthersEnded, Failure> {
        let now = self.clock.now();
        let sessions = self
            .sessions
            .end_others(actor.user.id, actor.session.id, now)
            .await?;
        self.note_ended(origin, actor, sessions).await?;
        Ok(OthersEnded { sessions })
    }

    async fn note_ended(&self, origin: &Origin, actor: &Actor, sessions: u64) -> Result<(), Failure> {
        let entry = Entry::accepted(Event::SessionsEnded).by(actor).to(actor.user.id);
        let detail = json!({"sessions": sessions});
        self.audit.record(origin, entry.detail(detail)).await
    }

    /// The browsers the person is known with. `held` is what the cookie of this one holds.
    pub(crate) async fn browsers(
        &self,
        actor: &Actor,
        held: Option<&str>,
    ) -> Result<Vec<KnownBrowser>, Failure> {
        let held = held.and_then(tokens::hash);
        let now = self.clock.now();
        let rows = self.browsers.of(actor.user.id).await?;
        rows.into_iter()
            .map(|row| browser(row, held.as_deref(), now))
            .collect()
    }

    /// Forgets a browser of the person's with what was counted in it.
    pub(crate) async fn forget_browser(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: Uuid,
    ) -> Result<(), Failure> {
        let forgotten = self.browsers.forget(actor.user.id, id).await?;
        let hash = forgotten.ok_or_else(not_found)?;
        for key in Key::all_on(&hash) {
            self.throttle.succeeded(&key).await?;
        }
        let entry = Entry::accepted(Event::BrowserForgotten).by(actor);
        self.audit.record(origin, entry.to(actor.user.id)).await
    }

    fn told(&self, actor: &Actor) -> Told<'static> {
        Told {
            subject: actor.user.id,
            events: &TOLD,
            since: self.clock.now() - i64::from(HISTORY_DAYS) * DAY,
        }
    }

    /// A page of what happened with the person's account.
    pub(crate) async fn history(
        &self,
        actor: &Actor,
        query: &PageQuery,
    ) -> Result<Page<SignInEntry>, Failure> {
        let window = self
            .cursors
            .window(HISTORY, query.cursor.as_deref(), query.limit)?;
        let (mut rows, total) = self.events.page(self.told(actor), &window).await?;
        let next = self
            .cursors
            .cut(HISTORY, &window, &mut rows, AuditEvents::position);
        let living = self.sessions.living(actor.user.id, self.clock.now()).await?;
        let living: HashSet<_> = living
            .iter()
            .map(|row| self.key.session_pseudonym(row.id))
            .collect();
        let here = self.key.session_pseudonym(actor.session.id);
        let entries = rows.into_iter().map(|row| entry(row, &here, &living));
        Ok(Page {
            items: entries.collect::<Result<_, _>>()?,
            next,
            total,
        })
    }

    /// The pseudonym of the session that `stranger` had, which is one of the person's.
    async fn session_of(&self, actor: &Actor, stranger: Stranger) -> Result<String, Failure> {
        let session = match stranger {
            Stranger::Session(id) => {
                let own = self.sessions.belongs(id, actor.user.id).await?;
                own.then(|| self.key.session_pseudonym(id))
            }
            Stranger::SignIn(id) => {
                let row = self.events.find(id, self.told(actor)).await?;
                let row = row.filter(|row| event(row) == AccountEvent::SignIn);
                row.and_then(|row| row.session_hash)
            }
        };
        session.ok_or_else(not_found)
    }

    /// Takes everything from `stranger`: what was known to them is worth nothing any more, and the person goes on here,
    /// in the browser that is known by `held`.
    pub(crate) async fn disown(
        &self,
        origin: &Origin,
        actor: &Actor,
        stranger: Stranger,
        held: Option<&str>,
    ) -> Result<Disowned, Failure> {
        let session = self.session_of(actor, stranger).await?;
        if session == self.key.session_pseudonym(actor.session.id) {
            return Err(Failure::of(ErrorCode::Conflict));
        }
        let acts = self.events.of_session(&session, MOST_ACTS).await?;
        let notices = self.notices.session_disowned(&actor.user).await?;
        let done = self
            .sessions
            .disown(Disowning {
                user: actor.user.id,
                spared: actor.session.id,
                browser: held.and_then(tokens::hash),
                now: self.clock.now(),
                notices,
            })
            .await?;
        self.notices.post.wake();
        for key in done.browsers.iter().flat_map(|hash| Key::all_on(hash)) {
            self.throttle.succeeded(&key).await?;
        }
        let browsers = u64::try_from(done.browsers.len()).unwrap_or(u64::MAX);
        let detail = json!({"disowned": session, "sessions": done.sessions, "browsers": browsers});
        let entry = Entry::accepted(Event::SessionDisowned).by(actor);
        self.audit
            .record(origin, entry.to(actor.user.id).detail(detail))
            .await?;
        Ok(Disowned {
            sessions_ended: done.sessions,
            browsers_forgotten: browsers,
            new_password: done.password,
            acts: acts.into_iter().map(act).collect::<Result<_, _>>()?,
        })
    }
}

/// What the person is told of `row`. `here` is the pseudonym of this session, `living` those of all that go on.
fn entry(row: AuditEventRow, here: &str, living: &HashSet<String>) -> Result<SignInEntry, Failure> {
    let detail: Value = serde_json::from_str(&row.detail).unwrap_or_default();
    let session = row.session_hash.as_deref().map(|session| {
        if session == here {
            SessionState::This
        } else if living.contains(session) {
            SessionState::Living
        } else {
            SessionState::Over
        }
    });
    Ok(SignInEntry {
        id: AccountEventId(row.id),
        at: timestamp(row.at)?,
        event: event(&row),
        outcome: outcome(&row),
        reason: reason(&row, &detail),
        device: device(row.user_agent.as_deref()),
        method: shown(&detail["method"].to_string()),
        new_browser: detail["new_browser"].as_bool().unwrap_or_default(),
        address: row.address,
        session,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_a_person_is_told_of_has_a_word() {
        for told in TOLD {
            let event: AccountEvent = stored(told).unwrap();
            assert_ne!(event, AccountEvent::Other, "{told}");
        }
    }

    #[test]
    fn what_was_shown_is_read_whatever_stands_between() {
        let both = [Shown::Password, Shown::Totp];
        for text in [
            "password totp",
            "password+totp",
            "[\"password\",\"totp\"]",
            "password,made_up,totp",
        ] {
            assert_eq!(shown(text), both, "{text}");
        }
        assert_eq!(shown("null"), []);
        assert_eq!(shown(""), []);
    }
}

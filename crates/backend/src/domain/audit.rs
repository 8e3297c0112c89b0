//! The audit log: what happened with accounts, sessions and rights (ASVS 5.0, 16.3). Each event is a row nobody can
//! change, and a line of the log.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Value, json};
use uuid::Uuid;

use super::auth::Actor;
use super::clock::Clock;
use super::failure::Failure;
use super::instance::InstanceKey;
use super::origin::Origin;
use super::random::{Random, uuid_v7};
use crate::store::{AuditEventRow, AuditEvents};

macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)?) => {
        /// What can happen.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Event {
            $($(#[$doc])* $variant,)+
        }

        impl Event {
            /// The event as it is stored.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }
    };
}

events! {
    /// Somebody tried to sign in; `method` says how.
    SignIn = "sign_in",
    /// A step of a sign-in was asked for that is not the one it waits for, or one that is over.
    SignInStep = "sign_in_step",
    /// Tries were refused unseen because there were too many.
    Throttled = "throttled",
    /// So many tries failed that an identifier is closed for a while, or until its owner recovers it.
    Locked = "locked",
    /// Somebody signed out.
    SignOut = "sign_out",
    /// A refresh token was used twice.
    RefreshReuse = "refresh_reuse",
    /// Sessions were ended by somebody or something else than signing out.
    SessionsEnded = "sessions_ended",
    /// A person did not have the right to what they asked for.
    AuthorizationDenied = "authorization_denied",
    /// A person changed their password, or tried to.
    PasswordChanged = "password_changed",
    /// A new password was asked for by somebody who has lost theirs.
    ResetRequested = "reset_requested",
    /// A code, or an answer, was right: a step of a reset.
    ResetStep = "reset_step",
    /// It was set.
    ResetCompleted = "reset_completed",
    /// A person was invited.
    Invited = "invited",
    /// An invited person chose a password.
    Welcomed = "welcomed",
    /// An account was changed by an administrator.
    UserChanged = "user_changed",
    /// An account was taken out of use.
    Deactivated = "deactivated",
    /// It was taken into use again.
    Reactivated = "reactivated",
    /// An administrator marked a password as known to others.
    NewPasswordRequired = "new_password_required",
    /// An administrator answered somebody who asked for help.
    RequestAnswered = "request_answered",
    /// Something was shown as the second factor that was not one.
    FactorShown = "factor_shown",
    /// A code was sent to a person as a second factor.
    CodeSent = "code_sent",
    /// A person enrolled a second factor.
    FactorAdded = "factor_added",
    /// A person took one away.
    FactorRemoved = "factor_removed",
    /// A person made new recovery codes.
    RecoveryCodesRenewed = "recovery_codes_renewed",
    /// A person asked the administrators for a new second factor.
    FactorRequested = "factor_requested",
    /// An administrator took a person's second factors away.
    FactorsReset = "factors_reset",
    /// A person showed once more who they are, in the middle of a session.
    SteppedUp = "stepped_up",
    /// A person chose what is asked after a code.
    QuestionChosen = "question_chosen",
    /// A person said of a session that it was somebody else's.
    SessionDisowned = "session_disowned",
    /// A person had a browser forgotten.
    BrowserForgotten = "browser_forgotten",
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Outcome {
    /// It was done.
    Accepted,
    /// It was not.
    Refused,
}

impl Outcome {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }
}

/// One event, before it is written.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    event: Event,
    outcome: Outcome,
    actor: Option<Uuid>,
    subject: Option<Uuid>,
    identifier_hash: Option<String>,
    session: Option<Uuid>,
    detail: Value,
}

impl Entry {
    /// `event` ended with `outcome`.
    pub(crate) fn new(event: Event, outcome: Outcome) -> Self {
        Self {
            event,
            outcome,
            actor: None,
            subject: None,
            identifier_hash: None,
            session: None,
            detail: json!({}),
        }
    }

    /// `event` was done.
    pub(crate) fn accepted(event: Event) -> Self {
        Self::new(event, Outcome::Accepted)
    }

    /// `event` was refused.
    pub(crate) fn refused(event: Event) -> Self {
        Self::new(event, Outcome::Refused)
    }

    /// Who did it: the person and the session.
    pub(crate) fn by(self, actor: &Actor) -> Self {
        self.by_person(actor.user.id).in_session(actor.session.id)
    }

    /// Who did it, where there is no session.
    pub(crate) fn by_person(self, person: Uuid) -> Self {
        Self {
            actor: Some(person),
            ..self
        }
    }

    /// Whom it happened to.
    pub(crate) fn to(self, person: Uuid) -> Self {
        Self {
            subject: Some(person),
            ..self
        }
    }

    /// Whom it was about, if that is known: for what is refused before anybody has shown who they are.
    pub(crate) fn about(self, person: Option<Uuid>) -> Self {
        Self {
            subject: person,
            ..self
        }
    }

    /// The pseudonym of what was typed to name a person.
    pub(crate) fn identified(self, pseudonym: &str) -> Self {
        Self {
            identifier_hash: Some(pseudonym.to_owned()),
            ..self
        }
    }

    /// The session it is about.
    pub(crate) fn in_session(self, session: Uuid) -> Self {
        Self {
            session: Some(session),
            ..self
        }
    }

    /// What else there is to know, as a JSON object. Never a secret, and no name or address of a person.
    pub(crate) fn detail(self, detail: Value) -> Self {
        Self { detail, ..self }
    }
}

/// Writes the audit log.
#[derive(Clone)]
pub(crate) struct Audit {
    pub(crate) events: AuditEvents,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) key: InstanceKey,
}

impl Audit {
    /// Writes `entry`, which happened in the request of `origin`. When it cannot be written the request fails: nothing
    /// is to happen unseen.
    pub(crate) async fn record(&self, origin: &Origin, entry: Entry) -> Result<(), Failure> {
        let now = self.clock.now();
        let row = AuditEventRow {
            id: uuid_v7(&*self.random, now)?,
            at: now,
            event: entry.event.as_str().to_owned(),
            outcome: entry.outcome.as_str().to_owned(),
            actor_id: entry.actor,
            subject_id: entry.subject,
            identifier_hash: entry.identifier_hash,
            address: origin.stored_address(),
            user_agent: origin.stored_user_agent(),
            session_hash: entry.session.map(|session| self.key.session_pseudonym(session)),
            request_id: origin.request_id,
            detail: entry.detail.to_string(),
        };
        log(&row);
        self.events.append(row).await
    }
}

fn log(row: &AuditEventRow) {
    let text = |text: &Option<String>| text.as_deref().map(escaped).unwrap_or_default();
    let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    tracing::info!(
        event = row.event,
        outcome = row.outcome,
        actor = id(row.actor_id),
        subject = id(row.subject_id),
        identifier = text(&row.identifier_hash),
        address = text(&row.address),
        user_agent = text(&row.user_agent),
        session = text(&row.session_hash),
        detail = escaped(&row.detail),
        "audit"
    );
}

/// `text` with everything escaped that could forge a line or steer a terminal: control characters of both sets, line
/// separators, and what turns the direction of writing. JSON escapes only the first of these.
pub(crate) fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut safe, c| {
        let steers = c.is_control()
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        if steers {
            // Writing to a String cannot fail.
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
        } else {
            safe.push(c);
        }
        safe
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_forge_a_line_or_steer_a_terminal_is_escaped() {
        assert_eq!(
            escaped("a\r\nb\u{1b}[2Jc\u{9b}d\u{202e}e\u{2028}"),
            "a\\u{d}\\u{a}b\\u{1b}[2Jc\\u{9b}d\\u{202e}e\\u{2028}"
        );
        assert_eq!(escaped("Mozilla/5.0 (张三)"), "Mozilla/5.0 (张三)");
    }
}

//! What is said of sessions and events. Pure.

use portico_contract::devices::{AccountEvent, EventOutcome, OwnSession, RefusalReason, Shown, SignInEntry};
use portico_contract::ids::{AccountEventId, DeviceId, SessionId};
use portico_contract::paging::PageQuery;

use crate::i18n::Text;
use crate::i18n::texts::sign_ins as words;
use crate::ui::IconName;

/// Entries of one page.
const PAGE_ENTRIES: u16 = 25;

/// What somebody else's sign-in is named by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stranger {
    /// A session that goes on.
    Session(SessionId),
    /// The sign-in that began it; the session may be long over.
    SignIn(AccountEventId),
}

/// What is asked before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Ending every session but this one: so many.
    EndOthers(u64),
    /// Saying that somebody else was signed in.
    Disown(Stranger),
}

/// What waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// Ending a session.
    Session(SessionId),
    /// Forgetting a browser.
    Browser(DeviceId),
    /// What was asked before it was done.
    Question,
}

/// How many of `sessions` are not this one.
pub fn others(sessions: &[OwnSession]) -> u64 {
    let others = sessions.iter().filter(|session| !session.current).count();
    u64::try_from(others).unwrap_or(u64::MAX)
}

/// The request for the page that starts at `cursor`, or the first one.
pub fn page_at(cursor: Option<String>) -> PageQuery {
    PageQuery {
        cursor,
        limit: Some(PAGE_ENTRIES),
    }
}

/// What was shown to sign in, in a word or two.
pub const fn shown_text(shown: Shown) -> Text {
    match shown {
        Shown::Password => words::SHOWN_PASSWORD,
        Shown::Totp => words::SHOWN_TOTP,
        Shown::Passkey => words::SHOWN_PASSKEY,
        Shown::Sms => words::SHOWN_SMS,
        Shown::Mail => words::SHOWN_MAIL,
        Shown::RecoveryCode => words::SHOWN_RECOVERY_CODE,
    }
}

/// What happened, in words that also say how it ended.
pub const fn entry_text(entry: &SignInEntry) -> Text {
    match (entry.event, entry.outcome, entry.reason) {
        (AccountEvent::SignIn, EventOutcome::Refused, Some(reason)) => refusal_text(reason),
        (event, outcome, _) => event_text(event, outcome),
    }
}

const fn refusal_text(reason: RefusalReason) -> Text {
    match reason {
        RefusalReason::InvalidCredentials => words::REFUSED_CREDENTIALS,
        RefusalReason::TemporaryPasswordExpired => words::REFUSED_TEMPORARY,
        RefusalReason::OutsideHours => words::REFUSED_HOURS,
        RefusalReason::OutsideNetwork => words::REFUSED_NETWORK,
        RefusalReason::Maintenance => words::REFUSED_MAINTENANCE,
        RefusalReason::SignInExpired | RefusalReason::Other => words::SIGN_IN_REFUSED,
    }
}

/// What was done, or not.
pub const fn event_text(event: AccountEvent, outcome: EventOutcome) -> Text {
    let is_refused = matches!(outcome, EventOutcome::Refused);
    match event {
        AccountEvent::SignIn if is_refused => words::SIGN_IN_REFUSED,
        AccountEvent::SignIn => words::SIGNED_IN,
        AccountEvent::SignOut => words::SIGNED_OUT,
        AccountEvent::Locked => words::LOCKED,
        AccountEvent::RefreshReuse => words::SESSION_COPIED,
        AccountEvent::SessionsEnded => words::SESSIONS_ENDED,
        AccountEvent::SessionDisowned => words::SESSION_DISOWNED,
        AccountEvent::BrowserForgotten => words::BROWSER_FORGOTTEN,
        AccountEvent::PasswordChanged if is_refused => words::PASSWORD_NOT_CHANGED,
        AccountEvent::PasswordChanged => words::PASSWORD_CHANGED,
        AccountEvent::ResetRequested => words::RESET_REQUESTED,
        AccountEvent::ResetCompleted if is_refused => words::RESET_REFUSED,
        AccountEvent::ResetCompleted => words::RESET_COMPLETED,
        AccountEvent::Welcomed if is_refused => words::INVITATION_REFUSED,
        AccountEvent::Welcomed => words::INVITATION_ACCEPTED,
        AccountEvent::UserChanged => words::ACCOUNT_CHANGED,
        AccountEvent::NewPasswordRequired => words::NEW_PASSWORD_REQUIRED,
        AccountEvent::Deactivated => words::DEACTIVATED,
        AccountEvent::Reactivated => words::REACTIVATED,
        AccountEvent::QuestionChosen if is_refused => words::QUESTION_NOT_CHOSEN,
        AccountEvent::QuestionChosen => words::QUESTION_CHOSEN,
        AccountEvent::FactorShown => words::FACTOR_WRONG,
        AccountEvent::FactorAdded => words::FACTOR_ADDED,
        AccountEvent::FactorRemoved => words::FACTOR_REMOVED,
        AccountEvent::FactorsReset => words::FACTORS_RESET,
        AccountEvent::FactorRequested => words::FACTOR_REQUESTED,
        AccountEvent::RecoveryCodesRenewed => words::RECOVERY_CODES_RENEWED,
        AccountEvent::SteppedUp if is_refused => words::STEP_UP_REFUSED,
        AccountEvent::SteppedUp => words::STEPPED_UP,
        AccountEvent::Invited => words::INVITED,
        AccountEvent::RequestAnswered => words::REQUEST_ANSWERED,
        AccountEvent::AuthorizationDenied => words::DENIED,
        AccountEvent::Other if is_refused => words::OTHER_REFUSED,
        AccountEvent::Other => words::OTHER,
    }
}

/// The sign of what happened; the words say the same.
pub const fn event_icon(event: AccountEvent, outcome: EventOutcome) -> IconName {
    match (event, outcome) {
        (AccountEvent::Locked | AccountEvent::RefreshReuse | AccountEvent::SessionDisowned, _)
        | (_, EventOutcome::Refused) => IconName::Alert,
        (AccountEvent::SignIn, EventOutcome::Accepted) => IconName::Check,
        (AccountEvent::SignOut | AccountEvent::SessionsEnded | AccountEvent::BrowserForgotten, _) => {
            IconName::LogOut
        }
        _ => IconName::Shield,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: [AccountEvent; 27] = [
        AccountEvent::SignIn,
        AccountEvent::SignOut,
        AccountEvent::Locked,
        AccountEvent::RefreshReuse,
        AccountEvent::SessionsEnded,
        AccountEvent::SessionDisowned,
        AccountEvent::BrowserForgotten,
        AccountEvent::PasswordChanged,
        AccountEvent::ResetRequested,
        AccountEvent::ResetCompleted,
        AccountEvent::Welcomed,
        AccountEvent::UserChanged,
        AccountEvent::NewPasswordRequired,
        AccountEvent::Deactivated,
        AccountEvent::Reactivated,
        AccountEvent::QuestionChosen,
        AccountEvent::FactorShown,
        AccountEvent::FactorAdded,
        AccountEvent::FactorRemoved,
        AccountEvent::FactorsReset,
        AccountEvent::FactorRequested,
        AccountEvent::RecoveryCodesRenewed,
        AccountEvent::SteppedUp,
        AccountEvent::Invited,
        AccountEvent::RequestAnswered,
        AccountEvent::AuthorizationDenied,
        AccountEvent::Other,
    ];

    fn entry(outcome: EventOutcome, reason: Option<RefusalReason>) -> SignInEntry {
        SignInEntry {
            id: "0192f0c1-2345-7abc-8def-0123456789ab".parse().unwrap(),
            at: "2026-11-23T10:00:00Z".to_owned().try_into().unwrap(),
            event: AccountEvent::SignIn,
            outcome,
            reason,
            device: String::new(),
            address: None,
            method: Vec::new(),
            new_browser: false,
            session: None,
        }
    }

    #[test]
    fn no_two_events_are_said_in_the_same_words() {
        for (index, event) in EVENTS.iter().enumerate() {
            for other in &EVENTS[..index] {
                let said = |event: &AccountEvent| event_text(*event, EventOutcome::Accepted);
                assert_ne!(said(event), said(other), "{event:?} and {other:?}");
            }
        }
    }

    #[test]
    fn what_failed_is_never_said_to_be_done() {
        for event in [
            AccountEvent::SignIn,
            AccountEvent::PasswordChanged,
            AccountEvent::ResetCompleted,
            AccountEvent::Welcomed,
            AccountEvent::QuestionChosen,
            AccountEvent::SteppedUp,
            AccountEvent::Other,
        ] {
            let said = |outcome| event_text(event, outcome);
            assert_ne!(
                said(EventOutcome::Accepted),
                said(EventOutcome::Refused),
                "{event:?}"
            );
        }
        for event in EVENTS {
            assert_eq!(
                event_icon(event, EventOutcome::Refused),
                IconName::Alert,
                "{event:?}"
            );
        }
    }

    #[test]
    fn a_refused_sign_in_says_why() {
        let said = |outcome, reason| entry_text(&entry(outcome, reason));
        assert_eq!(said(EventOutcome::Accepted, None), words::SIGNED_IN);
        assert_eq!(
            said(EventOutcome::Refused, Some(RefusalReason::InvalidCredentials)),
            words::REFUSED_CREDENTIALS
        );
        assert_eq!(
            said(EventOutcome::Refused, Some(RefusalReason::Other)),
            words::SIGN_IN_REFUSED
        );
        assert_eq!(said(EventOutcome::Refused, None), words::SIGN_IN_REFUSED);
    }

    #[test]
    fn others_are_counted_without_this_one() {
        let session = |current| OwnSession {
            id: "0192f0c1-2345-7abc-8def-0123456789ab".parse().unwrap(),
            current,
            device: String::new(),
            address: None,
            started_at: "2026-11-23T10:00:00Z".to_owned().try_into().unwrap(),
            last_active_at: "2026-11-23T10:00:00Z".to_owned().try_into().unwrap(),
            method: Vec::new(),
        };
        assert_eq!(others(&[session(true)]), 0);
        assert_eq!(others(&[session(true), session(false), session(false)]), 2);
    }
}

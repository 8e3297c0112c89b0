//! Where a person is signed in, the browsers the person is known with, and what happened with the account lately.

use serde::{Deserialize, Serialize};

use crate::ids::{AccountEventId, DeviceId, SessionId};
use crate::time::Timestamp;

/// So many days of what happened with an account its owner is shown.
pub const HISTORY_DAYS: u32 = 90;

/// What was shown to begin a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The password.
    Password,
    /// The code of an authenticator app.
    Totp,
    /// A passkey.
    Passkey,
    /// A code that was sent to a telephone.
    Sms,
    /// A code that was sent to the mail address.
    Mail,
    /// A recovery code.
    RecoveryCode,
}

/// A session of the person's that goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnSession {
    /// Which. Public, opens nothing.
    pub id: SessionId,
    /// Whether it is the one that asks.
    pub current: bool,
    /// The browser and the system in words, such as `Firefox, Linux`; empty where neither is known.
    pub device: String,
    /// The network address it was begun from, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// When it was begun.
    pub started_at: Timestamp,
    /// When the person last did something in it.
    pub last_active_at: Timestamp,
    /// What was shown, in the order it was.
    pub method: Vec<Shown>,
}

/// `POST /me/sessions/end-others`: an empty object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EndOtherSessions {}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OthersEnded {
    /// How many sessions ended.
    pub sessions: u64,
}

/// A browser the person has signed in with and is known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnownBrowser {
    /// Which.
    pub id: DeviceId,
    /// Whether it is the one that asks.
    pub current: bool,
    /// The browser and the system in words; empty where neither is known.
    pub device: String,
    /// The network address it last signed in from, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// When the person first signed in with it.
    pub first_seen_at: Timestamp,
    /// When the person last did.
    pub last_seen_at: Timestamp,
    /// Until when the second factor is not asked for in it; absent where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trusted_until: Option<Timestamp>,
}

/// What happened with an account, or was done in one of its sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountEvent {
    /// Somebody signed in, or tried to.
    SignIn,
    /// Somebody signed out.
    SignOut,
    /// So many tries failed that signing in was closed for a while.
    Locked,
    /// A session went on in two places and was ended.
    RefreshReuse,
    /// Sessions were ended.
    SessionsEnded,
    /// The person said of a session that it was somebody else's.
    SessionDisowned,
    /// A browser was forgotten.
    BrowserForgotten,
    /// The password was changed, or somebody tried to.
    PasswordChanged,
    /// A new password was asked for by somebody who said to have lost theirs.
    ResetRequested,
    /// It was set.
    ResetCompleted,
    /// The invitation was accepted.
    Welcomed,
    /// An administrator changed the account.
    UserChanged,
    /// An administrator asked for a new password.
    NewPasswordRequired,
    /// The account was taken out of use.
    Deactivated,
    /// It was taken into use again.
    Reactivated,
    /// Another security question was chosen.
    QuestionChosen,
    /// A wrong second factor was shown after the right password.
    FactorShown,
    /// A second factor was enrolled.
    FactorAdded,
    /// One was taken away.
    FactorRemoved,
    /// An administrator took the second factors away.
    FactorsReset,
    /// An administrator was asked for a new second factor.
    FactorRequested,
    /// New recovery codes were made.
    RecoveryCodesRenewed,
    /// The person showed once more who they are, or tried to.
    SteppedUp,
    /// Somebody else was invited.
    Invited,
    /// A request of somebody else was answered.
    RequestAnswered,
    /// Something was asked for without the right to it.
    AuthorizationDenied,
    /// Something that this list has no word for.
    #[serde(other)]
    Other,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventOutcome {
    /// It was done.
    Accepted,
    /// It was not.
    Refused,
}

/// Why a sign-in was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// What was shown was not right.
    InvalidCredentials,
    /// The temporary password was over.
    TemporaryPasswordExpired,
    /// Nobody may sign in at that time.
    OutsideHours,
    /// Nobody may sign in from that network.
    OutsideNetwork,
    /// The backend was being looked after.
    Maintenance,
    /// The sign-in took too long, or was begun anew.
    SignInExpired,
    /// Something that this list has no word for.
    #[serde(other)]
    Other,
}

/// What became of the session an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// It is the one that asks.
    This,
    /// It goes on.
    Living,
    /// It is over.
    Over,
}

/// One entry of what happened with an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInEntry {
    /// Which.
    pub id: AccountEventId,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub event: AccountEvent,
    /// How it ended.
    pub outcome: EventOutcome,
    /// Why a sign-in was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RefusalReason>,
    /// The browser and the system in words; empty where neither is known.
    pub device: String,
    /// The network address it came from, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What was shown.
    pub method: Vec<Shown>,
    /// Whether the person was not known with the browser before.
    #[serde(default)]
    pub new_browser: bool,
    /// What became of the session it happened in, or that it began; absent where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionState>,
}

impl SignInEntry {
    /// Whether the person may say that it was somebody else: a session was begun, and it is not the one that asks.
    pub fn can_be_disowned(&self) -> bool {
        self.event == AccountEvent::SignIn
            && self.outcome == EventOutcome::Accepted
            && matches!(self.session, Some(SessionState::Living | SessionState::Over))
    }
}

/// `POST …/disown`: an empty object. The session was somebody else's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Disown {}

/// What became of it, and what was done in the session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Disowned {
    /// How many sessions ended: every one but this.
    pub sessions_ended: u64,
    /// How many browsers were forgotten: every one but this.
    pub browsers_forgotten: u64,
    /// Whether the person has to choose a new password now: the old one leads to nothing else at the next sign-in.
    pub new_password: bool,
    /// What was done in the session, the oldest first.
    pub acts: Vec<SessionAct>,
}

/// One thing that was done in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionAct {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: AccountEvent,
    /// How it ended.
    pub outcome: EventOutcome,
    /// The network address it came from, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(event: AccountEvent, outcome: EventOutcome, session: Option<SessionState>) -> SignInEntry {
        SignInEntry {
            id: "0192f0c1-2345-7abc-8def-0123456789ab".parse().unwrap(),
            at: "2026-11-23T10:00:00Z".to_owned().try_into().unwrap(),
            event,
            outcome,
            reason: None,
            device: String::new(),
            address: None,
            method: Vec::new(),
            new_browser: false,
            session,
        }
    }

    #[test]
    fn only_a_sign_in_that_began_another_session_can_be_disowned() {
        use AccountEvent::{PasswordChanged, SignIn};
        use EventOutcome::{Accepted, Refused};
        use SessionState::{Living, Over, This};
        for (event, outcome, session, can) in [
            (SignIn, Accepted, Some(Living), true),
            (SignIn, Accepted, Some(Over), true),
            (SignIn, Accepted, Some(This), false),
            (SignIn, Accepted, None, false),
            (SignIn, Refused, Some(Over), false),
            (PasswordChanged, Accepted, Some(Over), false),
        ] {
            assert_eq!(entry(event, outcome, session).can_be_disowned(), can);
        }
    }

    #[test]
    fn what_a_later_backend_says_is_something_else() {
        let read = |text| serde_json::from_str::<AccountEvent>(text).unwrap();
        assert_eq!(read("\"sign_in\""), AccountEvent::SignIn);
        assert_eq!(read("\"factor_enrolled\""), AccountEvent::Other);
        let reason: RefusalReason = serde_json::from_str("\"made_up\"").unwrap();
        assert_eq!(reason, RefusalReason::Other);
    }
}

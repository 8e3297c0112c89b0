//! How a request can fail, and what that says to the person.

use portico_contract::problem::{ErrorCode, FieldProblem, FieldRule, Problem};
use portico_contract::second_factor::StepUpNeeded;
use portico_contract::validate::FieldProblems;
use serde::Deserialize;

use crate::i18n::explain::Explanation;
use crate::i18n::texts::{common, session};
use crate::i18n::{I18n, Message};
use crate::platform::http::{Answer, Silence};

/// A request that did not bring what was asked for. The backend's own words are never shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// Fields are wrong.
    Validation(FieldProblems),
    /// Identifier and password do not fit together.
    InvalidCredentials {
        /// Tries left before a pause begins.
        attempts_left: Option<u32>,
    },
    /// Too many tries failed: closed for so many seconds, or until the password is reset.
    Locked {
        /// Seconds.
        retry_after: Option<u32>,
    },
    /// The temporary password is right, but its time is over.
    TemporaryPasswordExpired,
    /// Nobody may sign in at this time.
    OutsideHours {
        /// Seconds until it is possible again.
        retry_after: Option<u32>,
    },
    /// Nobody may sign in from this network.
    OutsideNetwork,
    /// The backend is being looked after.
    Maintenance {
        /// Seconds until that is over.
        retry_after: Option<u32>,
    },
    /// The session is over.
    SessionEnded,
    /// Who is asking has to be shown once more before this is done.
    StepUpRequired(StepUpChallenge),
    /// The sign-in took too long and starts anew.
    SignInExpired,
    /// The right is missing.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// The record was changed in the meantime.
    Conflict,
    /// What is asked for does not go together with what there is; fields that hold what is taken are named.
    Refused {
        /// In which way.
        code: ErrorCode,
        /// The fields.
        fields: FieldProblems,
    },
    /// Too many tries; come back after so many seconds.
    RateLimited {
        /// Seconds.
        retry_after: u32,
    },
    /// Nothing could be reached.
    Offline,
    /// The time was up.
    Timeout,
    /// The backend is busy and says so.
    Unavailable,
    /// The backend failed, or refused for a reason that is the program's fault.
    Server {
        /// Names the request in the backend's log.
        request_id: Option<String>,
    },
    /// The answer is not what the contract says.
    Decode,
}

/// The refusal of something that a session alone may not do, as it came: only the frame, which asks for what is missing,
/// has to be able to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepUpChallenge(String);

impl StepUpChallenge {
    /// What has to be shown once more. The password, where the backend does not say.
    pub fn needed(&self) -> StepUpNeeded {
        let problem = serde_json::from_str::<Problem>(&self.0).ok();
        problem
            .and_then(|problem| problem.step_up)
            .unwrap_or(StepUpNeeded {
                password: true,
                methods: Vec::new(),
            })
    }
}

/// What of a [`Problem`] everybody has to be able to read: the first load is smaller without the rest.
#[derive(Deserialize)]
pub(super) struct Refusal {
    /// Why.
    pub(super) code: ErrorCode,
    #[serde(default)]
    fields: Vec<FieldProblem>,
    attempts_left: Option<u32>,
    retry_after: Option<u32>,
    request_id: String,
}

impl Refusal {
    /// That of `answer`, if it is one.
    pub(super) fn of(answer: &Answer) -> Option<Self> {
        serde_json::from_str(&answer.body).ok()
    }
}

/// How long to wait when a backend says "later" without saying when, in seconds.
const DEFAULT_RETRY_AFTER: u32 = 60;

impl ApiError {
    /// The error that `answer`, which is not a success, stands for.
    pub fn from_answer(answer: &Answer) -> Self {
        let Some(problem) = Refusal::of(answer) else {
            // A proxy in between speaks for a backend that is not there.
            let gateway = matches!(answer.status, 502..=504);
            return if gateway {
                Self::Unavailable
            } else {
                Self::Server { request_id: None }
            };
        };
        match problem.code {
            ErrorCode::Validation => Self::Validation(problem.fields.into()),
            ErrorCode::InvalidCredentials => Self::InvalidCredentials {
                attempts_left: problem.attempts_left,
            },
            ErrorCode::Locked => Self::Locked {
                retry_after: problem.retry_after,
            },
            ErrorCode::TemporaryPasswordExpired => Self::TemporaryPasswordExpired,
            ErrorCode::OutsideHours => Self::OutsideHours {
                retry_after: problem.retry_after,
            },
            ErrorCode::OutsideNetwork => Self::OutsideNetwork,
            ErrorCode::Maintenance => Self::Maintenance {
                retry_after: problem.retry_after,
            },
            ErrorCode::Unauthenticated | ErrorCode::SessionEnded | ErrorCode::SessionChanged => {
                Self::SessionEnded
            }
            ErrorCode::StepUpRequired => Self::StepUpRequired(StepUpChallenge(answer.body.clone())),
            ErrorCode::SignInExpired => Self::SignInExpired,
            ErrorCode::Forbidden => Self::Forbidden,
            ErrorCode::NotFound => Self::NotFound,
            ErrorCode::VersionMismatch => Self::Conflict,
            ErrorCode::Conflict | ErrorCode::OwnAccount | ErrorCode::LastAdmin | ErrorCode::LastFactor => {
                Self::Refused {
                    code: problem.code,
                    fields: problem.fields.into(),
                }
            }
            ErrorCode::RateLimited => Self::RateLimited {
                retry_after: answer.retry_after.unwrap_or(DEFAULT_RETRY_AFTER),
            },
            ErrorCode::Unavailable => Self::Unavailable,
            _ => Self::Server {
                request_id: Some(problem.request_id),
            },
        }
    }

    /// Whether waiting may help: nothing was decided, nothing was done.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Offline | Self::Timeout | Self::Unavailable)
    }

    /// Seconds until another try makes sense, where the backend says so.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::RateLimited { retry_after } => Some(*retry_after),
            Self::Locked { retry_after }
            | Self::OutsideHours { retry_after }
            | Self::Maintenance { retry_after } => *retry_after,
            _ => None,
        }
    }

    /// The error in words.
    pub fn explain(&self, i18n: I18n) -> Explanation {
        let (title, hint) = match self {
            Self::Offline => (common::ERROR_OFFLINE, common::ERROR_OFFLINE_HINT),
            Self::Timeout | Self::Unavailable => (common::ERROR_TIMEOUT, common::ERROR_TIMEOUT_HINT),
            Self::Forbidden => (common::ERROR_FORBIDDEN, common::ERROR_FORBIDDEN_HINT),
            Self::NotFound => (common::ERROR_GONE, common::ERROR_GONE_HINT),
            Self::Conflict | Self::Refused { .. } => (common::ERROR_CONFLICT, common::ERROR_CONFLICT_HINT),
            Self::SessionEnded
            | Self::SignInExpired
            | Self::InvalidCredentials { .. }
            | Self::TemporaryPasswordExpired => (common::ERROR_SESSION, common::ERROR_SESSION_HINT),
            Self::StepUpRequired(_) => (session::STEP_UP_LEFT, session::STEP_UP_LEFT_HINT),
            Self::OutsideHours { .. } | Self::OutsideNetwork => {
                (common::ERROR_FORBIDDEN, common::ERROR_FORBIDDEN_HINT)
            }
            Self::Maintenance { .. } => (common::ERROR_MAINTENANCE, common::ERROR_MAINTENANCE_HINT),
            Self::Validation(_) => (common::ERROR_INVALID, common::ERROR_INVALID_HINT),
            Self::Server { .. } | Self::Decode => (common::ERROR_SERVER, common::ERROR_SERVER_HINT),
            Self::Locked { retry_after: None } => (common::ERROR_RATE_LIMITED, common::ERROR_LOCKED_HINT),
            Self::RateLimited { .. } | Self::Locked { .. } => {
                let seconds = self.retry_after().unwrap_or(DEFAULT_RETRY_AFTER);
                let hint = common::error_rate_limited_hint(i18n.message(&wait(seconds)));
                return Explanation {
                    title: common::ERROR_RATE_LIMITED.into(),
                    hint,
                    reference: None,
                    retry: true,
                };
            }
        };
        let reference = if let Self::Server { request_id } = self {
            request_id.clone()
        } else {
            None
        };
        let retry = !matches!(self, Self::Forbidden | Self::NotFound | Self::Validation(_));
        Explanation {
            title: title.into(),
            hint: hint.into(),
            reference,
            retry,
        }
    }
}

impl From<Silence> for ApiError {
    fn from(silence: Silence) -> Self {
        match silence {
            Silence::Unreachable => Self::Offline,
            Silence::TimedOut => Self::Timeout,
        }
    }
}

/// A waiting time in words, in minutes once it is more than a minute.
fn wait(seconds: u32) -> Message {
    if seconds > 60 {
        common::minutes(u64::from(seconds.div_ceil(60)))
    } else {
        common::seconds(u64::from(seconds))
    }
}

/// What is wrong with one field, in words.
pub fn explain_field(rule: FieldRule, limit: Option<u32>) -> Message {
    let limit = limit.unwrap_or_default().to_string();
    match rule {
        FieldRule::Required => common::FIELD_REQUIRED.into(),
        FieldRule::TooShort => common::field_too_short(limit),
        FieldRule::TooLong => common::field_too_long(limit),
        FieldRule::TooMany => common::field_too_many(limit),
        FieldRule::Malformed => common::FIELD_MALFORMED.into(),
        // Forms that can hear of a taken value or of a rule of passwords say so in their own words.
        FieldRule::NotAllowed
        | FieldRule::Taken
        | FieldRule::Incorrect
        | FieldRule::MissingUppercase
        | FieldRule::MissingLowercase
        | FieldRule::MissingDigit
        | FieldRule::MissingSpecial
        | FieldRule::MissingLetter
        | FieldRule::ContextWord
        | FieldRule::CommonPassword
        | FieldRule::TooGuessable
        | FieldRule::SameAsNow
        | FieldRule::UsedBefore => common::FIELD_NOT_ALLOWED.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer {
            status,
            body: body.to_owned(),
            retry_after: None,
            date: None,
        }
    }

    #[test]
    fn a_problem_is_known_by_its_code() {
        let body = serde_json::to_string(&Problem::new(ErrorCode::VersionMismatch, "r")).unwrap();
        assert_eq!(ApiError::from_answer(&answer(412, &body)), ApiError::Conflict);
        let body = serde_json::to_string(&Problem::new(ErrorCode::Internal, "r-1")).unwrap();
        assert_eq!(
            ApiError::from_answer(&answer(500, &body)),
            ApiError::Server {
                request_id: Some("r-1".into())
            }
        );
    }

    #[test]
    fn what_is_no_problem_document_is_judged_by_its_status() {
        assert_eq!(
            ApiError::from_answer(&answer(502, "<html>")),
            ApiError::Unavailable
        );
        assert_eq!(
            ApiError::from_answer(&answer(418, "")),
            ApiError::Server { request_id: None }
        );
    }

    #[test]
    fn only_what_was_not_decided_is_transient() {
        assert!(ApiError::Offline.is_transient());
        assert!(!ApiError::Conflict.is_transient());
        assert!(!ApiError::Server { request_id: None }.is_transient());
    }
}

//! Why a request cannot be answered as asked: the one error type of the domain.

use portico_contract::problem::{ErrorCode, FieldProblem, FieldRule};
use portico_contract::second_factor::StepUpNeeded;
use portico_contract::validate::FieldProblems;

use super::clock::SECOND;

/// A refused or failed request.
#[derive(Debug)]
pub struct Failure {
    /// What the client is told.
    pub(crate) code: ErrorCode,
    /// The fields that are wrong.
    pub(crate) fields: Vec<FieldProblem>,
    /// Tries of the same kind left before a pause begins.
    pub(crate) attempts_left: Option<u32>,
    /// Seconds after which another try makes sense.
    pub(crate) retry_after: Option<u64>,
    /// What has to be shown once more.
    pub(crate) step_up: Option<StepUpNeeded>,
    /// What only the log is told.
    pub(crate) cause: Option<String>,
}

impl Failure {
    /// A failure of `code` and nothing else.
    pub(crate) fn of(code: ErrorCode) -> Self {
        Self {
            code,
            fields: Vec::new(),
            attempts_left: None,
            retry_after: None,
            step_up: None,
            cause: None,
        }
    }

    /// The backend failed because of `cause`.
    pub(crate) fn internal(cause: impl std::fmt::Display) -> Self {
        Self {
            cause: Some(cause.to_string()),
            ..Self::of(ErrorCode::Internal)
        }
    }

    /// Too busy; worth another try after `seconds`.
    pub(crate) fn retry(code: ErrorCode, seconds: u64) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::of(code)
        }
    }

    /// The same, worth another try after so many milliseconds.
    pub(crate) fn retry_in(self, millis: i64) -> Self {
        let seconds = u64::try_from((millis + SECOND - 1) / SECOND).unwrap_or(1).max(1);
        Self {
            retry_after: Some(seconds),
            ..self
        }
    }

    /// One field is wrong.
    pub(crate) fn field(field: &str, rule: FieldRule) -> Self {
        let mut problems = FieldProblems::default();
        problems.add(field, rule, None);
        problems.into()
    }
}

impl From<FieldProblems> for Failure {
    fn from(problems: FieldProblems) -> Self {
        Self {
            fields: problems.into_vec(),
            ..Self::of(ErrorCode::Validation)
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.cause {
            Some(cause) => write!(f, "{}: {cause}", self.code.as_str()),
            None => f.write_str(self.code.as_str()),
        }
    }
}

impl std::error::Error for Failure {}

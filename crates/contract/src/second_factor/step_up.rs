//! Showing once more who one is, before something that a session alone may not do (RFC 9470).

use serde::{Deserialize, Serialize};

use super::{FactorMethod, FactorProof};
use crate::auth::MAX_PASSWORD;
use crate::problem::FieldRule;
use crate::validate::{FieldProblems, Validate};

/// What has to be shown once more before something is done. A passkey, where it is among the methods, stands for the
/// password as well. Part of the problem `insufficient_user_authentication`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepUpNeeded {
    /// Whether the password is.
    pub password: bool,
    /// What of may be shown as the second factor; empty where none is needed.
    pub methods: Vec<FactorMethod>,
}

/// `POST /me/step-up`: shows it. The answer is the session as it goes on, with tokens of its own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StepUp {
    /// The password, exactly as typed.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 128))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The second factor; a passkey stands for the password as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<FactorProof>,
}

impl std::fmt::Debug for StepUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StepUp(…)")
    }
}

impl Validate for StepUp {
    fn check(&mut self, problems: &mut FieldProblems) {
        if let Some(password) = &self.password {
            problems.check_text("password", password, MAX_PASSWORD);
        }
        if let Some(proof) = &mut self.proof {
            proof.check(problems);
        }
        if self.password.is_none() && self.proof.is_none() {
            problems.add("password", FieldRule::Required, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_up_shows_something() {
        let nothing = StepUp {
            password: None,
            proof: None,
        };
        assert!(nothing.validate().is_err());
    }
}

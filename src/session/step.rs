//! What a sign-in still waits for.

use portico_contract::auth::PasswordChange;
use portico_contract::second_factor::{FactorChallenge, FactorEnrolment};

/// The step that a sign-in waits for before there is a session. The browser holds the sign-in itself in a cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PendingStep {
    /// A new password.
    NewPassword(PasswordChange),
    /// The second factor.
    SecondFactor(FactorChallenge),
    /// A second factor to be enrolled.
    EnrolFactor(FactorEnrolment),
}

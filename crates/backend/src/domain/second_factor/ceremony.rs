//! Where something is asked or sent.

use super::Shown;

/// Where a question is asked or a code sent, and so where alone the answer counts.
pub(super) enum Ceremony<'a> {
    /// To sign in with nothing else.
    SignIn,
    /// As the second factor of a sign-in or a session.
    Shown(Shown<'a>),
    /// To enrol another factor in what is named.
    Enrolment(&'a str),
}

impl Ceremony<'_> {
    /// The same as it is stored.
    pub(super) fn holder(&self) -> String {
        match self {
            Self::SignIn => "sign-in".to_owned(),
            Self::Shown(Shown::SigningIn { running, .. }) => format!("second-factor:{running}"),
            Self::Shown(Shown::InSession(session)) => format!("step-up:{session}"),
            Self::Enrolment(holder) => format!("enrolment:{holder}"),
        }
    }
}

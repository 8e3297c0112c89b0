//! Signing in, staying signed in, signing out.

use serde::{Deserialize, Serialize};

use crate::ids::SessionId;
use crate::password::PasswordPolicy;
use crate::recovery::ResetChannel;
use crate::second_factor::{FactorChallenge, FactorEnrolment, FactorKind};
use crate::time::Timestamp;
use crate::user::Me;
use crate::validate::{FieldProblems, Validate};

/// The header every cookie-authenticated request must carry. A foreign page cannot set it without a preflight.
pub const CSRF_HEADER: &str = "x-portico";
/// The value of [`CSRF_HEADER`].
pub const CSRF_VALUE: &str = "1";

/// The longest identifier, in code points: that of a mail address (RFC 5321).
pub const MAX_IDENTIFIER: u32 = 254;
/// The longest password, in code points.
pub const MAX_PASSWORD: u32 = 128;

/// `GET /auth/policy`: how to sign in here and what a password must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuthPolicy {
    /// Rules for new passwords.
    pub password: PasswordPolicy,
    /// Whether everybody needs a second factor.
    pub second_factor: SecondFactor,
    /// What can be enrolled as one.
    #[serde(default)]
    pub factors: Vec<FactorKind>,
    /// The ways to sign in that this backend offers.
    pub methods: Vec<SignInMethod>,
    /// Where a reset of the password can be sent. An administrator can always be asked.
    #[serde(default)]
    pub reset_channels: Vec<ResetChannel>,
    /// Seconds without activity after which a session ends.
    pub idle_seconds: u32,
    /// Seconds after which a session ends in any case.
    pub absolute_seconds: u32,
    /// Days a session lasts that was kept on purpose; absent where that is not offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remember_days: Option<u32>,
    /// When the backend will be, or is, looked after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maintenance: Option<Maintenance>,
    /// Whether the backend runs with demonstration data that anybody may see.
    pub demo: bool,
}

/// A time in which only administrators can work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Maintenance {
    /// When it begins.
    pub from: Timestamp,
    /// When it is over.
    pub until: Timestamp,
}

/// Whether a second factor is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SecondFactor {
    /// Those who enrolled one are asked for it.
    Optional,
    /// Those with certain roles must have one, others may.
    ByRole,
    /// Everybody must have one.
    Required,
}

/// A way to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignInMethod {
    /// Identifier and password.
    Password,
    /// A passkey, which needs no identifier.
    Passkey,
}

/// `POST /auth/sign-in`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Mail address, employee number, username or verified telephone number, in any case.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 254))]
    pub identifier: String,
    /// The password, exactly as typed.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 128))]
    pub password: String,
    /// Whether to stay signed in when the browser is closed. Without effect where the policy has no `remember_days`.
    #[serde(default)]
    pub remember: bool,
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignIn(…)")
    }
}

impl Validate for SignIn {
    fn check(&mut self, problems: &mut FieldProblems) {
        self.identifier = self.identifier.trim().to_owned();
        problems.check_text("identifier", &self.identifier, MAX_IDENTIFIER);
        problems.check_text("password", &self.password, MAX_PASSWORD);
    }
}

/// What follows a step of a sign-in. Each is answered at an endpoint of its own, within the time it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum SignInStep {
    /// The person is signed in.
    Done(Box<SessionGrant>),
    /// Only with a new password: `POST /auth/sign-in/new-password`.
    ChangePassword(PasswordChange),
    /// Only with the second factor: `POST /auth/sign-in/second-factor`.
    SecondFactor(FactorChallenge),
    /// Only with a second factor enrolled: `POST /auth/sign-in/enrol/totp`, or `…/passkey`.
    EnrolFactor(FactorEnrolment),
}

/// Why a new password is needed before a session starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeReason {
    /// Somebody else knows the password: it was given to the person to start with.
    Temporary,
    /// It is older than the policy allows.
    Expired,
    /// It is known to be in the wrong hands.
    Compromised,
}

impl ChangeReason {
    /// The reason as it travels and is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Temporary => "temporary",
            Self::Expired => "expired",
            Self::Compromised => "compromised",
        }
    }
}

/// A sign-in that waits for a new password. The browser holds it in a cookie.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordChange {
    /// Why.
    pub reason: ChangeReason,
    /// Seconds until the sign-in has to be started anew.
    pub expires_in: u32,
    /// The person's own words, which the new password must not be and is judged with.
    pub context: Vec<String>,
}

impl std::fmt::Debug for PasswordChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PasswordChange({:?}, …)", self.reason)
    }
}

/// `POST /auth/sign-in/new-password`: the step after [`SignInStep::ChangePassword`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// The new password, exactly as typed.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 128))]
    pub new: String,
}

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

impl Validate for NewPassword {
    fn check(&mut self, problems: &mut FieldProblems) {
        problems.check_text("new", &self.new, MAX_PASSWORD);
    }
}

/// `POST /me/password`: people change their own password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeOwnPassword {
    /// The password in use, exactly as typed.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 128))]
    pub current: String,
    /// The new one.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 128))]
    pub new: String,
    /// Whether the person's other sessions end.
    pub end_other_sessions: bool,
}

impl std::fmt::Debug for ChangeOwnPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChangeOwnPassword(…)")
    }
}

impl Validate for ChangeOwnPassword {
    fn check(&mut self, problems: &mut FieldProblems) {
        problems.check_text("current", &self.current, MAX_PASSWORD);
        problems.check_text("new", &self.new, MAX_PASSWORD);
    }
}

/// `POST /auth/refresh`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// The session this tab believes it has. A cookie of another session is then refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<SessionId>,
}

/// What a refresh finds. To have no session is an ordinary answer, not an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RefreshOutcome {
    /// The session goes on.
    SignedIn(Box<SessionGrant>),
    /// The browser sent no refresh cookie.
    SignedOut,
}

/// `POST /auth/sign-out`: an empty object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignOut {}

/// `POST /auth/activity`: an empty object. The answer is the session with its new limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Activity {}

/// `POST /auth/cookie-check`: an empty object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CookieCheck {}

/// What a cookie check finds. It takes two: the first sets a cookie, the second sees whether it came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CookieCheckOutcome {
    /// Whether the browser sent the cookie of an earlier check.
    pub returned: bool,
}

/// A fresh access token and whom it belongs to. The refresh token travels only in its cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionGrant {
    /// The token for the `Authorization` header.
    pub access_token: AccessToken,
    /// Seconds until it expires.
    pub expires_in: u32,
    /// Who is signed in.
    pub me: Me,
    /// The person's key for what is kept on the device.
    pub draft_key: DraftKey,
}

/// The key with which the front end encrypts what was typed and not yet sent before it keeps it on the device. It
/// belongs to the person, stays the same over sessions and is held in memory only. It cannot be printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[A-Za-z0-9_-]{43}$"))]
#[serde(transparent)]
pub struct DraftKey(String);

impl DraftKey {
    /// Wraps a key as it was issued.
    pub fn new(key: String) -> Self {
        Self(key)
    }

    /// The key, 32 bytes in base64url without padding.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for DraftKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DraftKey(…)")
    }
}

/// An opaque access token. It can be sent; it cannot be printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct AccessToken(String);

impl AccessToken {
    /// Wraps a token as it was issued.
    pub fn new(token: String) -> Self {
        Self(token)
    }

    /// The value of the `Authorization` header.
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.0)
    }
}

impl std::fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::FieldRule;

    #[test]
    fn an_identifier_is_trimmed_and_a_password_is_not() {
        let sign_in = SignIn {
            identifier: "  zhang.san ".into(),
            password: " p ".into(),
            remember: false,
        };
        let sign_in = sign_in.validate().unwrap();
        assert_eq!(sign_in.identifier, "zhang.san");
        assert_eq!(sign_in.password, " p ");
    }

    #[test]
    fn every_wrong_field_is_named() {
        let problems = SignIn {
            identifier: "  ".into(),
            password: "x".repeat(129),
            remember: false,
        }
        .validate()
        .unwrap_err();
        assert_eq!(problems.get("identifier").unwrap().rule, FieldRule::Required);
        let password = problems.get("password").unwrap();
        assert_eq!((password.rule, password.limit), (FieldRule::TooLong, Some(128)));
    }

    #[test]
    fn secrets_do_not_print() {
        let sign_in = SignIn {
            identifier: "a@b".into(),
            password: "hunter2".into(),
            remember: false,
        };
        assert!(!format!("{sign_in:?}").contains("hunter2"));
        let change = ChangeOwnPassword {
            current: "hunter2".into(),
            new: "hunter2".into(),
            end_other_sessions: true,
        };
        assert!(!format!("{change:?}").contains("hunter2"));
        let new = NewPassword {
            new: "hunter2".into(),
        };
        assert!(!format!("{new:?}").contains("hunter2"));
        assert!(!format!("{:?}", AccessToken::new("secret".into())).contains("secret"));
        assert!(!format!("{:?}", DraftKey::new("secret".into())).contains("secret"));
    }
}

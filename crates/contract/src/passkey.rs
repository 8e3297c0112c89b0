//! Passkeys: what an authenticator is asked for and what it answers (`WebAuthn` level 3). Bytes travel in base64url
//! without padding, as in the JSON of the standard.
//!
//! A passkey checks by itself who holds it, so it stands for the password and the second factor at once.

use serde::{Deserialize, Serialize};

use crate::problem::FieldRule;
use crate::second_factor::MAX_FACTOR_NAME;
use crate::validate::{FieldProblems, Validate, code_points};

/// The longest text of a ceremony's name.
const MAX_CEREMONY: u32 = 64;
/// The longest id of a credential: 1023 bytes (`WebAuthn`, 4).
const MAX_CREDENTIAL: u32 = 1_364;
/// The longest signature, user handle or data of an authenticator or browser that is looked at.
const MAX_DATA: u32 = 8_192;
/// The most ways to reach an authenticator.
const MOST_TRANSPORTS: usize = 8;
/// The longest name of one.
const MAX_TRANSPORT: u32 = 32;

/// An empty object: begins to show a passkey, or to enrol one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginPasskey {}

/// What an authenticator is asked to show a passkey. The user has to be verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyRequest {
    /// Names the question; it goes back with the answer, once.
    pub ceremony: String,
    /// What is to be signed.
    pub challenge: String,
    /// The domain that passkeys are made for here.
    pub domain: String,
    /// The passkeys that may answer; empty for any that was made for the domain.
    pub allowed: Vec<String>,
    /// Seconds until it has to be asked anew.
    pub expires_in: u32,
}

/// What an authenticator answers. It cannot be printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasskeyAssertion {
    /// Which question is answered.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    pub ceremony: String,
    /// Which passkey it is.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 1364))]
    pub credential: String,
    /// What the browser says about the question.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 8192))]
    pub client_data: String,
    /// What the authenticator says about itself.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 8192))]
    pub authenticator_data: String,
    /// Its signature over both.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 8192))]
    pub signature: String,
    /// Whose passkey it is, as it was told when it was made.
    #[cfg_attr(feature = "openapi", schema(max_length = 8192))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_handle: Option<String>,
}

impl std::fmt::Debug for PasskeyAssertion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasskeyAssertion(…)")
    }
}

impl PasskeyAssertion {
    pub(crate) fn check(&self, problems: &mut FieldProblems) {
        for (text, max) in [
            (&self.ceremony, MAX_CEREMONY),
            (&self.credential, MAX_CREDENTIAL),
            (&self.client_data, MAX_DATA),
            (&self.authenticator_data, MAX_DATA),
            (&self.signature, MAX_DATA),
        ] {
            check_bytes(problems, text, max);
        }
        if let Some(handle) = &self.user_handle {
            check_bytes(problems, handle, MAX_DATA);
        }
    }
}

/// Nobody types any of it, so one field stands for all.
fn check_bytes(problems: &mut FieldProblems, text: &str, max: u32) {
    problems.check_text("passkey", text, max);
    if !text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    {
        problems.add("passkey", FieldRule::Malformed, None);
    }
}

/// `POST /auth/sign-in/passkey`: signs in with a passkey and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInWithPasskey {
    /// What the authenticator answers.
    pub passkey: PasskeyAssertion,
    /// Whether to stay signed in when the browser is closed. Without effect where the policy has no `remember_days`.
    #[serde(default)]
    pub remember: bool,
}

impl Validate for SignInWithPasskey {
    fn check(&mut self, problems: &mut FieldProblems) {
        self.passkey.check(problems);
    }
}

/// What an authenticator is asked to make a passkey from. It is to be one that is found without a name, and the user has to
/// be verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyCreation {
    /// Names the question; it goes back with the answer, once.
    pub ceremony: String,
    /// What the answer has to repeat.
    pub challenge: String,
    /// The domain that passkeys are made for here.
    pub domain: String,
    /// What the site is called.
    pub site: String,
    /// Whose it will be.
    pub user: PasskeyUser,
    /// The algorithms that are understood, the best first (COSE).
    pub algorithms: Vec<i64>,
    /// Passkeys the person has: an authenticator with one of them makes no other.
    pub excluded: Vec<String>,
    /// Seconds until it has to be asked anew.
    pub expires_in: u32,
}

/// A person as an authenticator is told of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyUser {
    /// The account, which does not change.
    pub handle: String,
    /// What they sign in with.
    pub name: String,
    /// What they are called.
    pub display_name: String,
}

/// `POST …/passkey/confirm`: a passkey as an authenticator has made it. It cannot be printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPasskey {
    /// Which question is answered.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    pub ceremony: String,
    /// Which passkey it is.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 1364))]
    pub credential: String,
    /// What the browser says about the question.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 8192))]
    pub client_data: String,
    /// The key, and what the authenticator says about itself.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 8192))]
    pub attestation: String,
    /// The ways to reach the authenticator, as the browser knows them.
    #[cfg_attr(feature = "openapi", schema(max_items = 8))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transports: Vec<String>,
    /// What the person calls it, if anything.
    #[cfg_attr(feature = "openapi", schema(max_length = 60))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl std::fmt::Debug for NewPasskey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPasskey(…)")
    }
}

impl Validate for NewPasskey {
    fn check(&mut self, problems: &mut FieldProblems) {
        for (text, max) in [
            (&self.ceremony, MAX_CEREMONY),
            (&self.credential, MAX_CREDENTIAL),
            (&self.client_data, MAX_DATA),
            (&self.attestation, MAX_DATA),
        ] {
            check_bytes(problems, text, max);
        }
        if self.transports.len() > MOST_TRANSPORTS {
            problems.add(
                "transports",
                FieldRule::TooMany,
                u32::try_from(MOST_TRANSPORTS).ok(),
            );
        }
        if self
            .transports
            .iter()
            .any(|name| code_points(name) > MAX_TRANSPORT)
        {
            problems.add("transports", FieldRule::TooLong, Some(MAX_TRANSPORT));
        }
        if let Some(name) = &mut self.name {
            problems.check_line("name", name, MAX_FACTOR_NAME);
        }
        self.name = self.name.take().filter(|name| !name.is_empty());
    }
}

/// The passkeys of a person that count, for the browser: it may forget every other one it has of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AcceptedPasskeys {
    /// The domain they are for.
    pub domain: String,
    /// Whose they are, see [`PasskeyUser::handle`].
    pub handle: String,
    /// Which.
    pub credentials: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assertion() -> PasskeyAssertion {
        PasskeyAssertion {
            ceremony: "c".into(),
            credential: "AQID".into(),
            client_data: "e30".into(),
            authenticator_data: "AA".into(),
            signature: "314159-_".into(),
            user_handle: None,
        }
    }

    fn fault(change: impl FnOnce(&mut PasskeyAssertion)) -> Option<FieldRule> {
        let mut passkey = assertion();
        change(&mut passkey);
        let request = SignInWithPasskey {
            passkey,
            remember: false,
        };
        let problems = request.validate().err()?;
        problems.get("passkey").map(|problem| problem.rule)
    }

    #[test]
    fn what_an_authenticator_says_is_base64url() {
        assert_eq!(fault(|_| ()), None);
        assert_eq!(fault(|it| it.signature.clear()), Some(FieldRule::Required));
        assert_eq!(
            fault(|it| it.client_data = "e30=".into()),
            Some(FieldRule::Malformed)
        );
        assert_eq!(
            fault(|it| it.credential = "a+b/".into()),
            Some(FieldRule::Malformed)
        );
        assert_eq!(
            fault(|it| it.credential = "a".repeat(1_365)),
            Some(FieldRule::TooLong)
        );
        assert_eq!(
            fault(|it| it.user_handle = Some("ü".into())),
            Some(FieldRule::Malformed)
        );
    }

    #[test]
    fn answers_do_not_print() {
        let new = NewPasskey {
            ceremony: "314159".into(),
            credential: "314159".into(),
            client_data: "314159".into(),
            attestation: "314159".into(),
            transports: Vec::new(),
            name: None,
        };
        let printed = format!("{:?} {new:?}", assertion());
        assert!(!printed.contains("314159"), "{printed}");
    }
}

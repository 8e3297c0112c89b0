//! Coming (back) in without a password: by a mailed link, by a short code, through an administrator, by an invitation.
//!
//! A request for a reset has one answer, whoever asks for whatever: nobody learns from it who has an account. To open
//! a link uses nothing up; only a password that is accepted does.

use serde::{Deserialize, Serialize};

use crate::auth::{MAX_IDENTIFIER, MAX_PASSWORD, SignInStep};
use crate::locale::Locale;
use crate::problem::FieldRule;
use crate::time::Timestamp;
use crate::user::MAX_TIME_ZONE;
use crate::validate::{FieldProblems, Validate};

/// How many digits a code has.
pub const CODE_DIGITS: usize = 8;
/// The longest token, in code points. Ours have 43.
pub const MAX_TOKEN: u32 = 64;
/// The longest word to an administrator and back, in code points.
pub const MAX_REASON: u32 = 300;
/// The longest answer to a security question, in code points.
pub const MAX_ANSWER: u32 = 100;

/// Where a reset is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ResetChannel {
    /// To the mail address: a link, and a code for programs that break links.
    Mail,
    /// To the telephone number, if it was verified: a code.
    Sms,
}

/// `POST /auth/reset`. The answer is always the same.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartReset {
    /// Mail address, employee number, username or verified telephone number, in any case.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 254))]
    pub identifier: String,
    /// Where to.
    pub channel: ResetChannel,
    /// The language of the page, for those whose account names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
}

/// What `POST /auth/reset` and `POST /auth/reset/request-admin` answer: nothing, to everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Noted {}

/// `POST /auth/reset/check` and `POST /auth/welcome/check`: whether a link still works. Uses nothing up.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckLink {
    /// What the link's fragment holds.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    pub token: String,
}

/// Why a link does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LinkOver {
    /// It was never one of ours, was forgotten, or belongs to an account that may not be used.
    Unknown,
    /// Its time is up.
    Expired,
    /// A password was set with it.
    Used,
    /// A newer one was sent.
    Superseded,
    /// It went to an address that is no longer the account's.
    ChangedAddress,
}

/// What a reset's link or code is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ResetCheck {
    /// A password can be set.
    Valid(ResetAccount),
    /// It can be set once the account's question is answered.
    Question {
        /// What the person chose to be asked.
        question: String,
    },
    /// It cannot.
    Over {
        /// Why.
        reason: LinkOver,
    },
}

/// The account a password is set for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResetAccount {
    /// The mail address, masked.
    pub hint: String,
    /// What a password must not be and is not to be made from: the person's and the company's own words.
    pub words: Vec<String>,
}

impl std::fmt::Debug for ResetAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ResetAccount(…)")
    }
}

/// `POST /auth/reset/verify`: the code of a message, in the browser that asked for it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VerifyCode {
    /// Eight digits; spaces and hyphens between them do not matter.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    pub code: String,
}

/// `POST /auth/reset/answer`: the answer to the security question, after the code or with the link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerQuestion {
    /// What the link's fragment holds. Absent where this browser entered the code.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The answer, in any case.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub answer: String,
}

/// What a code, or an answer, is worth. Also a code nobody was sent has tries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum CodeCheck {
    /// It is right: a password can be set in this browser.
    Accepted(ResetAccount),
    /// It is right, and the account asks a question as well.
    Question {
        /// What the person chose to be asked.
        question: String,
    },
    /// It is wrong.
    Refused {
        /// How many tries are left.
        tries_left: u8,
    },
    /// It is wrong, or was right once: expired, used, superseded, tried too often, or another browser's.
    Over,
}

/// `POST /auth/reset/complete`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompleteReset {
    /// What the link's fragment holds. Absent where this browser entered the code.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The password, exactly as typed.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 128))]
    pub new_password: String,
}

/// What follows. A second factor becomes a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum ResetStep {
    /// The password is set, every session has ended. The person signs in with it.
    Done,
    /// Nothing was changed: the link or the code does not work (any more).
    Over {
        /// Why.
        reason: LinkOver,
    },
}

/// `POST /auth/reset/request-admin`: for who can read neither mail nor messages. The answer is always the same.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestAdminReset {
    /// Mail address, employee number, username or verified telephone number, in any case.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 254))]
    pub identifier: String,
    /// Why the usual ways do not work, and how to be reached.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 300))]
    pub reason: String,
}

/// What an invitation's link is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum WelcomeCheck {
    /// The account waits for its password.
    Valid(WelcomeAccount),
    /// It cannot be used.
    Over {
        /// Why.
        reason: LinkOver,
    },
}

/// The account somebody was invited to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WelcomeAccount {
    /// The person's name.
    pub name: String,
    /// What the person signs in with: mail address, employee number, username.
    pub identifiers: Vec<String>,
    /// What a password must not be and is not to be made from: the person's and the company's own words.
    pub words: Vec<String>,
    /// Who sent the invitation and can be asked, if that person still works here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited_by: Option<String>,
    /// The language the invitation was written in.
    pub locale: Locale,
    /// When the invitation ends.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for WelcomeAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WelcomeAccount(…)")
    }
}

/// `POST /auth/welcome/complete`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompleteWelcome {
    /// What the link's fragment holds.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    pub token: String,
    /// The password, exactly as typed.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 128))]
    pub password: String,
    /// The language to work in.
    pub locale: Locale,
    /// IANA time zone.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    pub time_zone: String,
}

/// What follows an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum WelcomeOutcome {
    /// The account is ready, and the sign-in goes on as after a correct password.
    Accepted {
        /// What follows.
        sign_in: Box<SignInStep>,
    },
    /// Nothing was changed: the invitation does not work (any more).
    Over {
        /// Why.
        reason: LinkOver,
    },
}

/// `GET /me/security-question`. There is one only where the password policy is `classic`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecurityQuestion {
    /// What the person chose to be asked, if anything was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
}

/// `PUT /me/security-question`: what is asked after a code where the password policy is `classic`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetSecurityQuestion {
    /// The question, in the person's own words.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 300))]
    pub question: String,
    /// Its answer. It is compared without case and spaces.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub answer: String,
    /// The person's password, for the question is worth as much.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 128))]
    pub password: String,
}

macro_rules! secret_to_debug {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

secret_to_debug!(
    StartReset,
    CheckLink,
    VerifyCode,
    AnswerQuestion,
    CompleteReset,
    RequestAdminReset,
    CompleteWelcome,
    SetSecurityQuestion
);

fn check_identifier(problems: &mut FieldProblems, identifier: &mut String) {
    *identifier = identifier.trim().to_owned();
    problems.check_text("identifier", identifier, MAX_IDENTIFIER);
}

impl Validate for StartReset {
    fn check(&mut self, problems: &mut FieldProblems) {
        check_identifier(problems, &mut self.identifier);
    }
}

impl Validate for CheckLink {
    fn check(&mut self, problems: &mut FieldProblems) {
        problems.check_text("token", &self.token, MAX_TOKEN);
    }
}

impl Validate for VerifyCode {
    fn check(&mut self, problems: &mut FieldProblems) {
        let digits: String = self
            .code
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .collect();
        if digits.is_empty() {
            problems.add("code", FieldRule::Required, None);
        } else if digits.len() != CODE_DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            problems.add("code", FieldRule::Malformed, None);
        }
        self.code = digits;
    }
}

impl Validate for AnswerQuestion {
    fn check(&mut self, problems: &mut FieldProblems) {
        if let Some(token) = &self.token {
            problems.check_text("token", token, MAX_TOKEN);
        }
        problems.check_required_line("answer", &mut self.answer, MAX_ANSWER);
    }
}

impl Validate for CompleteReset {
    fn check(&mut self, problems: &mut FieldProblems) {
        if let Some(token) = &self.token {
            problems.check_text("token", token, MAX_TOKEN);
        }
        problems.check_text("new_password", &self.new_password, MAX_PASSWORD);
    }
}

impl Validate for RequestAdminReset {
    fn check(&mut self, problems: &mut FieldProblems) {
        check_identifier(problems, &mut self.identifier);
        problems.check_required_lines("reason", &mut self.reason, MAX_REASON);
    }
}

impl Validate for CompleteWelcome {
    fn check(&mut self, problems: &mut FieldProblems) {
        problems.check_text("token", &self.token, MAX_TOKEN);
        problems.check_text("password", &self.password, MAX_PASSWORD);
        problems.check_required_line("time_zone", &mut self.time_zone, MAX_TIME_ZONE);
    }
}

impl Validate for SetSecurityQuestion {
    fn check(&mut self, problems: &mut FieldProblems) {
        problems.check_required_line("question", &mut self.question, MAX_REASON);
        problems.check_required_line("answer", &mut self.answer, MAX_ANSWER);
        problems.check_text("password", &self.password, MAX_PASSWORD);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_however_they_are_pasted() {
        for text in ["12345678", " 1234 5678 ", "1234-5678", "1234\u{a0}5678"] {
            let code = VerifyCode { code: text.into() }.validate().unwrap();
            assert_eq!(code.code, "12345678", "{text}");
        }
        for (text, rule) in [
            ("", FieldRule::Required),
            (" - ", FieldRule::Required),
            ("1234567", FieldRule::Malformed),
            ("123456789", FieldRule::Malformed),
            ("1234567a", FieldRule::Malformed),
            ("１２３４５６７８", FieldRule::Malformed),
        ] {
            let problems = VerifyCode { code: text.into() }.validate().unwrap_err();
            assert_eq!(problems.get("code").unwrap().rule, rule, "{text}");
        }
    }

    #[test]
    fn who_asks_an_administrator_may_write_several_lines() {
        let asked = |reason: &str| {
            let request = RequestAdminReset {
                identifier: "EMP1004".into(),
                reason: reason.into(),
            };
            request.validate().map(|request| request.into_inner().reason)
        };
        assert_eq!(
            asked("My phone is gone.\n\nCall 1234.\n"),
            Ok("My phone is gone.\n\nCall 1234.".into())
        );
        let rule = |reason: &str| asked(reason).unwrap_err().get("reason").unwrap().rule;
        assert_eq!(rule("\n \t"), FieldRule::Required);
        assert_eq!(rule("My phone\r\nBcc: x@y.example"), FieldRule::Malformed);
    }

    #[test]
    fn states_travel_by_name() {
        let over = ResetCheck::Over {
            reason: LinkOver::ChangedAddress,
        };
        let json = serde_json::to_value(over).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"state": "over", "reason": "changed_address"})
        );
        let refused = serde_json::to_value(CodeCheck::Refused { tries_left: 4 }).unwrap();
        assert_eq!(refused, serde_json::json!({"state": "refused", "tries_left": 4}));
    }

    #[test]
    fn secrets_do_not_print() {
        let complete = CompleteReset {
            token: Some("canary".into()),
            new_password: "canary".into(),
        };
        assert_eq!(format!("{complete:?}"), "CompleteReset(…)");
    }
}

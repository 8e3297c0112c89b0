//! The second factor: what a person shows beside the password, how it is enrolled, and how it is shown again before
//! something that a stolen session must not do (RFC 9470).

mod own;
mod step_up;

pub use own::{Enrolled, Factor, RenameFactor, RenewRecoveryCodes, SecondFactorState};
pub use step_up::{StepUp, StepUpNeeded};

use serde::{Deserialize, Serialize};

use crate::admin::RequestState;
use crate::auth::SignInStep;
use crate::passkey::PasskeyAssertion;
use crate::problem::FieldRule;
use crate::recovery::MAX_REASON;
use crate::validate::{FieldProblems, Validate, code_points};

/// How many digits a code has, of an authenticator app (RFC 6238) or sent.
pub const CODE_DIGITS: usize = 6;
/// Seconds a code of an authenticator app is shown for (RFC 6238).
pub const CODE_STEP: u32 = 30;
/// How many recovery codes a person gets at a time.
pub const RECOVERY_CODES: usize = 10;
/// How many characters a recovery code has, without what separates them.
pub const RECOVERY_CODE_LENGTH: usize = 16;
/// With so many recovery codes left, or fewer, a person is reminded to get new ones (ASVS 5.0, 6.4.5).
pub const FEW_RECOVERY_CODES: u32 = 3;
/// The longest name of a factor, in code points.
pub const MAX_FACTOR_NAME: u32 = 60;
/// The most factors of one kind a person may have.
pub const MOST_FACTORS: u32 = 10;
/// Seconds for which what was proven may be built on, where something is to be changed that a session alone may not.
pub const STEP_UP_SECONDS: u32 = 300;
/// The longest code as typed, in code points; longer ones are not looked at.
const MAX_TYPED_CODE: u32 = 64;

/// What can be enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FactorKind {
    /// A passkey: a key that the device or a password manager holds and that works for this site only (`WebAuthn`).
    Passkey,
    /// An authenticator app that shows codes by the time (RFC 6238).
    Totp,
    /// A telephone that codes are sent to; weaker than the others.
    Sms,
    /// The mail address of the account, where codes are sent; weaker than the others.
    Mail,
}

impl FactorKind {
    /// The kind as it travels and is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::Totp => "totp",
            Self::Sms => "sms",
            Self::Mail => "mail",
        }
    }
}

/// What can be shown, those first that people use every day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FactorMethod {
    /// A passkey, which stands for the password as well.
    Passkey,
    /// The code an authenticator app shows.
    Totp,
    /// A code that was sent to a telephone.
    Sms,
    /// A code that was sent to the mail address of the account.
    Mail,
    /// One of the codes that were kept for the day on which everything else is lost.
    RecoveryCode,
}

impl FactorMethod {
    /// The method as it travels and is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::Totp => "totp",
            Self::Sms => "sms",
            Self::Mail => "mail",
            Self::RecoveryCode => "recovery_code",
        }
    }
}

/// Something shown as the second factor. Its code cannot be printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "method", rename_all = "snake_case", deny_unknown_fields)]
pub enum FactorProof {
    /// What an authenticator answers, see `POST …/passkey`.
    Passkey(PasskeyAssertion),
    /// The code of an authenticator app.
    Totp {
        /// As typed; spaces and dashes do not count.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
        code: String,
    },
    /// A code that was sent to a telephone, see `POST …/code`.
    Sms {
        /// As typed; spaces and dashes do not count.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
        code: String,
    },
    /// A code that was sent to the mail address of the account, see `POST …/code`.
    Mail {
        /// As typed; spaces and dashes do not count.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
        code: String,
    },
    /// One of the codes that were kept.
    RecoveryCode {
        /// As typed; spaces and dashes do not count.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
        code: String,
    },
}

impl std::fmt::Debug for FactorProof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FactorProof({:?}, …)", self.method())
    }
}

impl FactorProof {
    /// A code of `method`; none where that takes no code.
    pub fn of_code(method: FactorMethod, code: String) -> Option<Self> {
        match method {
            FactorMethod::Passkey => None,
            FactorMethod::Totp => Some(Self::Totp { code }),
            FactorMethod::Sms => Some(Self::Sms { code }),
            FactorMethod::Mail => Some(Self::Mail { code }),
            FactorMethod::RecoveryCode => Some(Self::RecoveryCode { code }),
        }
    }

    /// What kind of thing it is.
    pub const fn method(&self) -> FactorMethod {
        match self {
            Self::Passkey(_) => FactorMethod::Passkey,
            Self::Totp { .. } => FactorMethod::Totp,
            Self::Sms { .. } => FactorMethod::Sms,
            Self::Mail { .. } => FactorMethod::Mail,
            Self::RecoveryCode { .. } => FactorMethod::RecoveryCode,
        }
    }

    fn check(&mut self, problems: &mut FieldProblems) {
        match self {
            Self::Passkey(assertion) => assertion.check(problems),
            Self::Totp { code } | Self::Sms { code } | Self::Mail { code } => check_digits(problems, code),
            Self::RecoveryCode { code } => check_recovery_code(problems, code),
        }
    }
}

/// What is typed of a code, without what only makes it easier to read.
fn compact(code: &str) -> String {
    code.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '–' | '.'))
        .collect()
}

/// Whether there is a code at all, and none that is too long to be looked at.
fn is_typed(problems: &mut FieldProblems, code: &str) -> bool {
    if code_points(code) > MAX_TYPED_CODE {
        problems.add("code", FieldRule::TooLong, Some(MAX_TYPED_CODE));
        return false;
    }
    if compact(code).is_empty() {
        problems.add("code", FieldRule::Required, None);
        return false;
    }
    true
}

pub(crate) fn check_digits(problems: &mut FieldProblems, code: &mut String) {
    if !is_typed(problems, code) {
        return;
    }
    // Keyboards of some languages have digits of their own width.
    *code = compact(code)
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).unwrap_or(c),
            c => c,
        })
        .collect();
    if code.len() != CODE_DIGITS || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        problems.add("code", FieldRule::Malformed, None);
    }
}

/// Letters and digits that are mistaken for each other are one (Crockford's base 32).
fn check_recovery_code(problems: &mut FieldProblems, code: &mut String) {
    if !is_typed(problems, code) {
        return;
    }
    *code = compact(code)
        .chars()
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    let is_one = |c: char| c.is_ascii_digit() || (c.is_ascii_uppercase() && c != 'U');
    if code.len() != RECOVERY_CODE_LENGTH || !code.chars().all(is_one) {
        problems.add("code", FieldRule::Malformed, None);
    }
}

/// A sign-in that waits for the second factor. The browser holds it in a cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FactorChallenge {
    /// What the person can show, those first that are used every day. Empty once an administrator has taken everything
    /// away: then the sign-in has to be started anew, and leads to the enrolment.
    pub methods: Vec<FactorMethod>,
    /// Seconds until the sign-in has to be started anew.
    pub expires_in: u32,
    /// For how many days this browser may do without the second factor, if the person says so; absent where that is not
    /// offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust_days: Option<u32>,
    /// Where the person's newest request for a new second factor stands, if there was one in the last days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestState>,
}

/// `POST /auth/sign-in/second-factor`: the step after [`SignInStep::SecondFactor`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShowFactor {
    /// What is shown.
    pub proof: FactorProof,
    /// Whether this browser may do without it for a while. Without effect where that is not offered.
    #[serde(default)]
    pub trust: bool,
}

impl Validate for ShowFactor {
    fn check(&mut self, problems: &mut FieldProblems) {
        self.proof.check(problems);
    }
}

/// `POST /auth/sign-in/second-factor/help`: everything is lost; an administrator is asked to let a new second factor be
/// enrolled. The answer is the challenge as it stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskForNewFactor {
    /// Why, in the person's words.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 300))]
    pub reason: String,
}

impl Validate for AskForNewFactor {
    fn check(&mut self, problems: &mut FieldProblems) {
        problems.check_required_lines("reason", &mut self.reason, MAX_REASON);
    }
}

/// `POST /auth/sign-in/resume`: an empty object. The answer is the step the browser's running sign-in waits for: a page
/// that was reloaded, or that a phone threw away while its owner looked for the code, goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Resume {}

/// Why a second factor has to be enrolled before a session starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EnrolmentReason {
    /// It is needed here, and the person has none.
    Required,
    /// An administrator has taken the older ones away.
    AskedAgain,
}

/// A sign-in that waits until a second factor is enrolled. The browser holds it in a cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FactorEnrolment {
    /// Why.
    pub reason: EnrolmentReason,
    /// What can be enrolled.
    pub kinds: Vec<FactorKind>,
    /// Seconds until the sign-in has to be started anew.
    pub expires_in: u32,
}

/// `POST …/totp`: an empty object. Begins to enrol an authenticator app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginTotp {}

/// An authenticator app to be. It counts once a code of it was shown; a newer one takes its place. It cannot be printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingTotp {
    /// The secret for who types it, in base 32.
    pub secret: String,
    /// The same for who takes a picture of it: an `otpauth:` address.
    pub uri: String,
    /// Seconds until it has to be begun anew.
    pub expires_in: u32,
}

impl std::fmt::Debug for PendingTotp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PendingTotp(…)")
    }
}

/// `POST …/totp/confirm`: shows that the app has the secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmTotp {
    /// The code it shows.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    pub code: String,
    /// What the person calls it; absent for the app's kind.
    #[cfg_attr(feature = "openapi", schema(max_length = 60))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl std::fmt::Debug for ConfirmTotp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ConfirmTotp(…)")
    }
}

impl Validate for ConfirmTotp {
    fn check(&mut self, problems: &mut FieldProblems) {
        check_digits(problems, &mut self.code);
        if let Some(name) = &mut self.name {
            problems.check_line("name", name, MAX_FACTOR_NAME);
        }
        self.name = self.name.take().filter(|name| !name.is_empty());
    }
}

/// Recovery codes, which are shown once and never again. They cannot be printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct RecoveryCodes(Vec<String>);

impl RecoveryCodes {
    /// Wraps codes as they were made.
    pub fn new(codes: Vec<String>) -> Self {
        Self(codes)
    }

    /// The codes, to be shown.
    pub fn reveal(&self) -> &[String] {
        &self.0
    }
}

impl std::fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RecoveryCodes({} …)", self.0.len())
    }
}

/// What follows an enrolment in a sign-in: the codes to be kept, and the sign-in's next step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolledStep {
    /// The codes, shown once.
    pub recovery_codes: RecoveryCodes,
    /// What follows.
    pub next: SignInStep,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(method: FactorMethod, code: &str) -> Result<String, FieldRule> {
        let request = ShowFactor {
            proof: FactorProof::of_code(method, code.to_owned()).unwrap(),
            trust: false,
        };
        match request.validate() {
            Ok(request) => match request.into_inner().proof {
                FactorProof::Totp { code } | FactorProof::RecoveryCode { code } => Ok(code),
                other => unreachable!("{other:?}"),
            },
            Err(problems) => Err(problems.get("code").map(|problem| problem.rule).unwrap()),
        }
    }

    #[test]
    fn a_code_may_be_pasted_as_apps_show_it() {
        for typed in ["123456", " 123 456 ", "123-456", "１２３４５６", "123\u{a0}456"] {
            assert_eq!(
                shown(FactorMethod::Totp, typed).as_deref(),
                Ok("123456"),
                "{typed:?}"
            );
        }
        for (typed, rule) in [
            ("", FieldRule::Required),
            (" - ", FieldRule::Required),
            ("12345", FieldRule::Malformed),
            ("1234567", FieldRule::Malformed),
            ("12345a", FieldRule::Malformed),
            ("١٢٣٤٥٦", FieldRule::Malformed),
        ] {
            assert_eq!(shown(FactorMethod::Totp, typed), Err(rule), "{typed:?}");
        }
        assert_eq!(
            shown(FactorMethod::Totp, &"1".repeat(1_000_000)),
            Err(FieldRule::TooLong)
        );
    }

    #[test]
    fn what_is_mistaken_for_something_else_in_a_recovery_code_is_that() {
        assert_eq!(
            shown(FactorMethod::RecoveryCode, "abcd-efgh-oil1-2345").as_deref(),
            Ok("ABCDEFGH01112345")
        );
        for typed in ["ABCD-EFGH-JKMN", "ABCD-EFGH-JKMN-PQRU", "ABCD-EFGH-JKMN-PQR?"] {
            assert_eq!(
                shown(FactorMethod::RecoveryCode, typed),
                Err(FieldRule::Malformed),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn secrets_do_not_print() {
        let proof = FactorProof::Totp {
            code: "314159".into(),
        };
        let pending = PendingTotp {
            secret: "314159".into(),
            uri: "otpauth://totp/314159".into(),
            expires_in: 1,
        };
        let step_up = StepUp {
            password: Some("314159".into()),
            proof: Some(proof.clone()),
        };
        let confirmation = ConfirmTotp {
            code: "314159".into(),
            name: None,
        };
        let codes = RecoveryCodes::new(vec!["314159".into()]);
        let printed = format!("{proof:?} {pending:?} {step_up:?} {confirmation:?} {codes:?}");
        assert!(!printed.contains("314159"), "{printed}");
    }
}

//! The one error envelope: problem details for HTTP APIs (RFC 9457) with a stable `code`, the fields that are wrong
//! and the id of the request. The front end shows its own words for `code`; `title` is for people reading logs.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::second_factor::StepUpNeeded;

/// The media type of [`Problem`].
pub const MEDIA_TYPE: &str = "application/problem+json";

/// A refused or failed request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URI reference naming the kind of problem: `/problems/` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// A short English summary of the kind, the same for every occurrence.
    pub title: String,
    /// The HTTP status, repeated for logs.
    pub status: u16,
    /// What happened, for programs.
    pub code: ErrorCode,
    /// The fields that are wrong, where fields are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// Tries of the same kind left before a pause begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts_left: Option<u32>,
    /// Seconds until another try makes sense; the same as the header `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// What has to be shown once more, where the code is `insufficient_user_authentication`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step_up: Option<StepUpNeeded>,
    /// Names this request in the backend's log.
    pub request_id: String,
}

/// One field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// The field's name in the request.
    pub field: String,
    /// What is wrong with it.
    pub rule: FieldRule,
    /// The limit that `rule` speaks of, in code points or entries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldRule {
    /// It must be given.
    Required,
    /// It has fewer code points than `limit`.
    TooShort,
    /// It has more code points than `limit`.
    TooLong,
    /// It has more entries than `limit`.
    TooMany,
    /// It does not have the shape it must have.
    Malformed,
    /// It names something that does not exist or may not be used here.
    NotAllowed,
    /// Somebody else has it.
    Taken,
    /// It is not the right one.
    Incorrect,
    /// No capital letter occurs in it.
    MissingUppercase,
    /// No small letter occurs in it.
    MissingLowercase,
    /// No digit occurs in it.
    MissingDigit,
    /// It has nothing but letters and digits.
    MissingSpecial,
    /// No letter occurs in it.
    MissingLetter,
    /// It is a word of the person's or the company's own: a name, an address, a number.
    ContextWord,
    /// Many people use it, or it is on a list of passwords that are known.
    CommonPassword,
    /// It would be guessed too soon.
    TooGuessable,
    /// It is the one in use.
    SameAsNow,
    /// It was used before.
    UsedBefore,
}

macro_rules! error_codes {
    ($($(#[$doc:meta])* $variant:ident = $status:literal $text:literal $title:literal),+ $(,)?) => {
        /// Why a request was refused. Each code has one HTTP status.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)+
        }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The HTTP status it is sent with.
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)+ }
            }

            /// The code as it travels.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// A short English summary.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }
        }
    };
}

error_codes! {
    /// The request is not well-formed: broken JSON, wrong types, unknown fields, repeated keys.
    MalformedRequest = 400 "malformed_request" "The request is not well-formed",
    /// A cursor that this list did not hand out.
    InvalidCursor = 400 "invalid_cursor" "The cursor does not belong to this list",
    /// Identifier and password do not fit together. The same for unknown, disabled and wrong.
    InvalidCredentials = 401 "invalid_credentials" "The sign-in details are not right",
    /// The passkey belongs to no account, or not any more.
    UnknownPasskey = 401 "unknown_passkey" "This passkey is not known here",
    /// No access token, or one that is unknown or expired.
    Unauthenticated = 401 "unauthenticated" "A valid access token is needed",
    /// The session was ended: signed out, expired, or its refresh token was used twice.
    SessionEnded = 401 "session_ended" "The session has ended",
    /// The sign-in took too long, or the step is not the one it waits for: it starts anew.
    SignInExpired = 401 "sign_in_expired" "The sign-in has to be started anew",
    /// The session is too old for this: `step_up` says what has to be shown once more (RFC 9470).
    StepUpRequired = 401 "insufficient_user_authentication" "Who is asking has to be shown once more",
    /// The person may not do this.
    Forbidden = 403 "forbidden" "The right to do this is missing",
    /// The request did not come from this site's own pages.
    CrossSite = 403 "cross_site" "The request must come from the application itself",
    /// The password is right, but it was a temporary one and its time is over.
    TemporaryPasswordExpired = 403 "temporary_password_expired" "The temporary password has expired",
    /// The password is right, but nobody may sign in at this time; `retry_after` says when.
    OutsideHours = 403 "outside_hours" "Signing in is not possible at this time",
    /// Nobody may sign in from this network.
    OutsideNetwork = 403 "outside_network" "Signing in is not possible from this network",
    /// There is no such thing, or the person may not know of it.
    NotFound = 404 "not_found" "There is nothing here",
    /// The path exists, the method does not.
    MethodNotAllowed = 405 "method_not_allowed" "This method is not allowed here",
    /// The cookie belongs to another session than the tab believes.
    SessionChanged = 409 "session_changed" "Another session has taken this one's place",
    /// What is asked for does not go together with what there is: a value that is taken, an answer given already.
    Conflict = 409 "conflict" "The request conflicts with what there is",
    /// People cannot do this to their own account.
    OwnAccount = 409 "own_account" "This cannot be done to one's own account",
    /// The person must have a second factor, and this is the last one.
    LastFactor = 409 "last_factor" "One second factor must remain",
    /// There would be no administrator any more.
    LastAdmin = 409 "last_admin" "One administrator must remain",
    /// The row changed since it was read.
    VersionMismatch = 412 "version_mismatch" "The record was changed in the meantime",
    /// The body is larger than this endpoint takes.
    TooLarge = 413 "too_large" "The request is too large",
    /// The body must be JSON.
    UnsupportedMediaType = 415 "unsupported_media_type" "The body must be application/json",
    /// Well-formed, but fields are wrong.
    Validation = 422 "validation" "Some fields are not right",
    /// A write without `If-Match`.
    PreconditionRequired = 428 "precondition_required" "The write must name the version it was based on",
    /// Too many tries; `Retry-After` says when to come back.
    RateLimited = 429 "rate_limited" "Too many requests",
    /// Too many tries failed: closed for a while, or, without `retry_after`, until the password is reset.
    Locked = 429 "locked" "Too many failed tries",
    /// The backend failed. The cause is in its log under the request id.
    Internal = 500 "internal" "Something went wrong",
    /// The backend cannot take the request now; `Retry-After` says when to come back.
    Unavailable = 503 "unavailable" "The service is busy",
    /// The backend is being looked after; `Retry-After` says when that is over.
    Maintenance = 503 "maintenance" "The service is under maintenance",
}

// By hand, both of them: what the derive makes to read a name is much, and the first page of the front end has to load it.
impl<'de> Deserialize<'de> for ErrorCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let found = Self::ALL.iter().find(|code| code.as_str() == name);
        found.copied().ok_or_else(|| D::Error::custom("no code of ours"))
    }
}

impl<'de> Deserialize<'de> for FieldRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let found = RULES.iter().find(|(_, known)| *known == name);
        found
            .map(|(rule, _)| *rule)
            .ok_or_else(|| D::Error::custom("no rule of ours"))
    }
}

/// Every rule with its name as it travels.
const RULES: [(FieldRule, &str); 18] = [
    (FieldRule::Required, "required"),
    (FieldRule::TooShort, "too_short"),
    (FieldRule::TooLong, "too_long"),
    (FieldRule::TooMany, "too_many"),
    (FieldRule::Malformed, "malformed"),
    (FieldRule::NotAllowed, "not_allowed"),
    (FieldRule::Taken, "taken"),
    (FieldRule::Incorrect, "incorrect"),
    (FieldRule::MissingUppercase, "missing_uppercase"),
    (FieldRule::MissingLowercase, "missing_lowercase"),
    (FieldRule::MissingDigit, "missing_digit"),
    (FieldRule::MissingSpecial, "missing_special"),
    (FieldRule::MissingLetter, "missing_letter"),
    (FieldRule::ContextWord, "context_word"),
    (FieldRule::CommonPassword, "common_password"),
    (FieldRule::TooGuessable, "too_guessable"),
    (FieldRule::SameAsNow, "same_as_now"),
    (FieldRule::UsedBefore, "used_before"),
];

// By hand: the derive does not see names that come through a macro.
#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for ErrorCode {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .enum_values(Some(Self::ALL.iter().map(|code| code.as_str())))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for ErrorCode {}

impl Problem {
    /// A problem of `code` for the request `request_id`.
    pub fn new(code: ErrorCode, request_id: impl Into<String>) -> Self {
        Self {
            kind: format!("/problems/{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            fields: Vec::new(),
            attempts_left: None,
            retry_after: None,
            step_up: None,
            request_id: request_id.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_envelope_has_the_members_of_rfc_9457() {
        let problem = Problem {
            fields: vec![FieldProblem {
                field: "identifier".into(),
                rule: FieldRule::TooLong,
                limit: Some(254),
            }],
            ..Problem::new(ErrorCode::Validation, "req-1")
        };
        let json = serde_json::to_value(&problem).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "type": "/problems/validation",
                "title": "Some fields are not right",
                "status": 422,
                "code": "validation",
                "fields": [{"field": "identifier", "rule": "too_long", "limit": 254}],
                "request_id": "req-1",
            })
        );
        assert_eq!(serde_json::from_value::<Problem>(json).unwrap(), problem);
    }

    #[test]
    fn every_name_is_read_as_it_is_written() {
        for code in ErrorCode::ALL {
            let json = serde_json::to_string(code).unwrap();
            assert_eq!(serde_json::from_str::<ErrorCode>(&json).unwrap(), *code);
        }
        for (rule, name) in RULES {
            let json = serde_json::to_string(&rule).unwrap();
            assert_eq!(json, format!("\"{name}\""));
            assert_eq!(serde_json::from_str::<FieldRule>(&json).unwrap(), rule);
        }
        // The last one in the order of the type: none comes after it.
        assert_eq!(FieldRule::UsedBefore as usize + 1, RULES.len());
        assert!(serde_json::from_str::<ErrorCode>("\"made_up\"").is_err());
        assert!(serde_json::from_str::<FieldRule>("\"made_up\"").is_err());
    }

    #[test]
    fn codes_are_distinct_and_have_error_statuses() {
        let mut seen = std::collections::HashSet::new();
        for code in ErrorCode::ALL {
            assert!(seen.insert(code.as_str()));
            assert!((400..600).contains(&code.status()));
        }
    }
}

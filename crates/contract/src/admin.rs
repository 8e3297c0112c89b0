//! Looking after people: who may sign in, invitations, requests for help. Nothing here takes a password: an
//! administrator can only have one asked for.

use serde::{Deserialize, Serialize};

use crate::ids::{AdminRequestId, TeamId, UserId};
use crate::locale::Locale;
use crate::mail_address;
use crate::phone;
use crate::problem::FieldRule;
use crate::recovery::MAX_REASON;
use crate::second_factor::FactorKind;
use crate::time::Timestamp;
use crate::user::{Role, TeamRef, UserRef};
use crate::validate::{FieldProblems, Validate};

/// The longest name of a person, in code points.
pub const MAX_NAME: u32 = 120;
/// The longest employee number or username, in code points.
pub const MAX_SHORT_NAME: u32 = 32;
/// Days an invitation is good for.
pub const INVITATION_DAYS: u32 = 7;

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// Invited, and no password set yet.
    Invited,
    /// Can sign in.
    Active,
    /// Cannot.
    Deactivated,
}

/// A person as administrators see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdminUser {
    /// Who.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Employee number.
    pub employee_number: String,
    /// Short name to sign in with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Whether the number was shown to be the person's.
    pub phone_verified: bool,
    /// What the person is.
    pub role: Role,
    /// Where the person belongs.
    pub team: TeamRef,
    /// The language the person chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// Where the account stands.
    pub status: UserStatus,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the person last signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sign_in_at: Option<Timestamp>,
    /// What the person has as second factors, each kind once.
    #[serde(default)]
    pub factors: Vec<FactorKind>,
    /// Whether one has to be enrolled at the next sign-in.
    #[serde(default)]
    pub enrolment_due: bool,
    /// How many sessions the person has now.
    pub sessions: u32,
    /// When the newest invitation ends or ended, while the account waits for its password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation_ends_at: Option<Timestamp>,
}

/// `GET /admin/users`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdminUserQuery {
    /// Words that must all occur in name, mail address, employee number or username.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only accounts that stand there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<UserStatus>,
    /// Where the page starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows on the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// `POST /admin/users`: invites somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InviteUser {
    /// Name.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 120))]
    pub name: String,
    /// Where the invitation goes; the person signs in with it.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 254))]
    pub email: String,
    /// Employee number; the person signs in with it as well.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 32))]
    pub employee_number: String,
    /// What the person is.
    pub role: Role,
    /// Where the person belongs.
    pub team: TeamId,
    /// The language of the invitation.
    pub locale: Locale,
    /// Short name to sign in with.
    #[cfg_attr(feature = "openapi", schema(max_length = 32))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Telephone number, with its country's prefix.
    #[cfg_attr(feature = "openapi", schema(max_length = 32))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl Validate for InviteUser {
    fn check(&mut self, problems: &mut FieldProblems) {
        problems.check_required_line("name", &mut self.name, MAX_NAME);
        check_email(problems, &mut self.email);
        problems.check_required_line("employee_number", &mut self.employee_number, MAX_SHORT_NAME);
        check_short_name(problems, "employee_number", &self.employee_number);
        if let Some(username) = &mut self.username {
            problems.check_line("username", username, MAX_SHORT_NAME);
            check_short_name(problems, "username", username);
        }
        self.username = self.username.take().filter(|username| !username.is_empty());
        if let Some(number) = &mut self.phone {
            problems.check_line("phone", number, MAX_SHORT_NAME);
            match phone::international(number) {
                Some(canonical) => *number = canonical,
                None if number.is_empty() => {}
                None => problems.add("phone", FieldRule::Malformed, None),
            }
        }
        self.phone = self.phone.take().filter(|phone| !phone.is_empty());
    }
}

/// `PATCH /admin/users/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeUser {
    /// Where the person is written to from now on, and what the person signs in with.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 254))]
    pub email: String,
}

impl Validate for ChangeUser {
    fn check(&mut self, problems: &mut FieldProblems) {
        check_email(problems, &mut self.email);
    }
}

fn check_email(problems: &mut FieldProblems, email: &mut String) {
    problems.check_required_line("email", email, mail_address::MAX);
    if !mail_address::is_one(email) {
        problems.add("email", FieldRule::Malformed, None);
    }
}

/// What is typed into the identifier field must not be taken for a mail address or for two words.
fn check_short_name(problems: &mut FieldProblems, field: &str, text: &str) {
    if text.chars().any(|c| c.is_whitespace() || c == '@') {
        problems.add(field, FieldRule::Malformed, None);
    }
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Nobody has answered.
    Open,
    /// What was asked for was done: a reset was sent, or the second factors were taken away.
    Sent,
    /// It was declined.
    Declined,
}

impl RequestState {
    /// The state as it travels and is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Sent => "sent",
            Self::Declined => "declined",
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// A new password. Who asks is not proven.
    Password,
    /// A new second factor. Whoever asks knew the password.
    SecondFactor,
}

impl RequestKind {
    /// The kind as it travels and is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::SecondFactor => "second_factor",
        }
    }
}

/// Somebody who cannot sign in asks an administrator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdminRequest {
    /// Which.
    pub id: AdminRequestId,
    /// What is asked for.
    pub kind: RequestKind,
    /// Whose account it is about.
    pub user: UserRef,
    /// The account's mail address.
    pub email: String,
    /// The account's employee number.
    pub employee_number: String,
    /// What the person wrote.
    pub reason: String,
    /// Where it stands.
    pub state: RequestState,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<UserRef>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
    /// What the administrator wrote; only administrators see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `GET /admin/requests`, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdminRequestQuery {
    /// Only those that stand there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<RequestState>,
    /// Where the page starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows on the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// What to do about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RequestDecision {
    /// Mail a reset to the account's address.
    SendReset,
    /// Take the second factors away, so that new ones are enrolled at the next sign-in.
    ResetSecondFactor,
    /// Nothing.
    Decline,
}

/// `POST /admin/requests/{id}/answer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerAdminRequest {
    /// What to do.
    pub decision: RequestDecision,
    /// Why, for other administrators.
    #[cfg_attr(feature = "openapi", schema(max_length = 300))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Validate for AnswerAdminRequest {
    fn check(&mut self, problems: &mut FieldProblems) {
        if let Some(note) = &mut self.note {
            problems.check_lines("note", note, MAX_REASON);
        }
        self.note = self.note.take().filter(|note| !note.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_note_may_have_lines_and_may_be_nothing() {
        let noted = |text: &str| {
            let answer = AnswerAdminRequest {
                decision: RequestDecision::Decline,
                note: Some(text.into()),
            };
            answer.validate().map(|answer| answer.into_inner().note)
        };
        assert_eq!(
            noted(" Called back.\nIt was her. "),
            Ok(Some("Called back.\nIt was her.".into()))
        );
        assert_eq!(noted(" \n "), Ok(None));
        let rule = |text: &str| noted(text).unwrap_err().get("note").unwrap().rule;
        assert_eq!(rule("Called\u{1b}[1A back"), FieldRule::Malformed);
        assert_eq!(rule(&"a".repeat(301)), FieldRule::TooLong);
    }

    fn invitation() -> InviteUser {
        InviteUser {
            name: " Ada Lovelace ".into(),
            email: " ada@portico.example ".into(),
            employee_number: "EMP2001".into(),
            role: Role::Sales,
            team: TeamId(Uuid::nil()),
            locale: Locale::En,
            username: Some(" ".into()),
            phone: Some("+86 138-0000-0009".into()),
        }
    }

    #[test]
    fn an_invitation_is_brought_into_its_form() {
        let invitation = invitation().validate().unwrap();
        assert_eq!(invitation.name, "Ada Lovelace");
        assert_eq!(invitation.email, "ada@portico.example");
        assert_eq!(invitation.username, None);
        assert_eq!(invitation.phone.as_deref(), Some("+8613800000009"));
    }

    #[test]
    fn what_could_forge_a_header_or_an_identifier_is_malformed() {
        let problems = InviteUser {
            name: "Ada\r\nBcc: x@y.example".into(),
            email: "ada@portico.example\r\nBcc".into(),
            employee_number: "a@b".into(),
            username: Some("a b".into()),
            phone: Some("0138".into()),
            ..invitation()
        }
        .validate()
        .unwrap_err();
        for field in ["name", "email", "employee_number", "username", "phone"] {
            assert_eq!(problems.get(field).unwrap().rule, FieldRule::Malformed, "{field}");
        }
    }
}

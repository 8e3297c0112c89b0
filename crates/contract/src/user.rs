//! People who sign in.

use serde::{Deserialize, Serialize};

use crate::capability::Capabilities;
use crate::ids::{SessionId, TeamId, UserId};
use crate::locale::Locale;
use crate::setting::Setting;
use crate::time::Timestamp;
use crate::validate::{FieldProblems, Validate};

/// The longest name of a time zone, in code points. The longest there is has 32.
pub const MAX_TIME_ZONE: u32 = 64;

/// What a person is in the company. Rights follow from it on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything.
    Admin,
    /// The team's records.
    Manager,
    /// The person's own customers and deals.
    Sales,
    /// Reads customers.
    Service,
    /// Reads customers.
    Marketing,
    /// Reads everything with personal data masked.
    Guest,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] = [
        Self::Admin,
        Self::Manager,
        Self::Sales,
        Self::Service,
        Self::Marketing,
        Self::Guest,
    ];

    /// The role as it travels and is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Sales => "sales",
            Self::Service => "service",
            Self::Marketing => "marketing",
            Self::Guest => "guest",
        }
    }
}

/// A person as another record names them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserRef {
    /// Who.
    pub id: UserId,
    /// The person's name.
    pub name: String,
}

/// A team as another record names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamRef {
    /// Which.
    pub id: TeamId,
    /// The team's name.
    pub name: String,
}

/// A person's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    /// Who.
    pub id: UserId,
    /// Name as the person writes it.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Employee number.
    pub employee_number: String,
    /// Short name to sign in with, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// What the person is.
    pub role: Role,
    /// Where the person belongs.
    pub team: TeamRef,
    /// The language the person chose to work in; absent where the browser's decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// IANA time zone.
    pub time_zone: String,
}

/// The person signed in: account, rights and session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The account.
    pub user: User,
    /// What the person may do.
    pub capabilities: Capabilities,
    /// The session in use.
    pub session: SessionInfo,
}

/// The limits of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionInfo {
    /// Which session. Public, opens nothing.
    pub id: SessionId,
    /// When it ends however busy the person is.
    pub expires_at: Timestamp,
    /// Seconds from this answer until then. A device's clock may be wrong, its count of seconds is not.
    pub expires_in: u32,
    /// Seconds from this answer until it ends unless the person does something: `POST /auth/activity` moves that, and
    /// nothing else does.
    pub idle_expires_in: u32,
    /// Whether it outlives the browser, as the person wished at the sign-in.
    pub remembered: bool,
}

/// `PATCH /me`: what people change about themselves. What is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateMe {
    /// The language to work in; `null` leaves it to the browser again.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Locale>))]
    #[serde(default, skip_serializing_if = "Setting::is_unchanged")]
    pub locale: Setting<Locale>,
    /// IANA time zone. The backend knows which there are.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

impl Validate for UpdateMe {
    fn check(&mut self, problems: &mut FieldProblems) {
        if let Some(time_zone) = &mut self.time_zone {
            problems.check_required_line("time_zone", time_zone, MAX_TIME_ZONE);
        }
    }
}

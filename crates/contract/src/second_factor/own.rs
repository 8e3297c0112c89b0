//! The factors a person has, and what is done about them in the account.

use serde::{Deserialize, Serialize};

use super::{FactorKind, MAX_FACTOR_NAME, RecoveryCodes};
use crate::ids::FactorId;
use crate::passkey::AcceptedPasskeys;
use crate::time::Timestamp;
use crate::validate::{FieldProblems, Validate};

/// One factor a person has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Factor {
    /// Which.
    pub id: FactorId,
    /// What it is.
    pub kind: FactorKind,
    /// What the person calls it, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where codes are sent, with most of it left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Since when.
    pub enrolled_at: Timestamp,
    /// When it was last shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
}

/// `GET /me/second-factor`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorState {
    /// What the person has, the oldest first.
    pub factors: Vec<Factor>,
    /// How many recovery codes are left.
    pub recovery_codes_left: u32,
    /// Whether the person must have one: then the last cannot be removed.
    pub required: bool,
    /// What can be enrolled here.
    pub kinds: Vec<FactorKind>,
    /// The passkeys among them, for the browser; absent where there can be none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passkeys: Option<AcceptedPasskeys>,
}

/// What follows the enrolment of a factor from within a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolled {
    /// What the person has now.
    pub state: SecondFactorState,
    /// The codes, shown once; absent where the person has some already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery_codes: Option<RecoveryCodes>,
}

/// `POST /me/second-factor/recovery-codes`: an empty object. The older codes are dead from now on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RenewRecoveryCodes {}

/// `PATCH /me/second-factor/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RenameFactor {
    /// What the person calls it from now on.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 60))]
    pub name: String,
}

impl Validate for RenameFactor {
    fn check(&mut self, problems: &mut FieldProblems) {
        problems.check_required_line("name", &mut self.name, MAX_FACTOR_NAME);
    }
}

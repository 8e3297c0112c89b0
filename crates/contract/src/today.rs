//! What needs the person today.

use serde::{Deserialize, Serialize};

use crate::customer::CustomerSummary;
use crate::deal::Deal;

/// `GET /today`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Today {
    /// The person's own open deals whose next step is due or whose expected close has passed, most urgent first.
    pub deals: Vec<Deal>,
    /// Customers the person may see with the latest activity, newest first.
    pub customers: Vec<CustomerSummary>,
}

//! What the words of a person may mean: the answer behind a command palette.

use serde::{Deserialize, Serialize};

use crate::customer::CustomerRef;
use crate::ids::{CustomerId, DealId, PipelineId, StageId};

/// How many of each kind are found when the request does not say.
pub const DEFAULT_HITS: u8 = 8;
/// The most of each kind that one request may ask for.
pub const MAX_HITS: u8 = 20;

/// The query of `GET /search`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    /// The words, at most [`MAX_QUERY`](crate::customer::MAX_QUERY) code points. Every one of them must fit; without
    /// any nothing is found.
    pub q: String,
    /// The most of each kind, 1 to [`MAX_HITS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u8>,
}

/// What was found, the best of each kind first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchResults {
    /// Customers: by name, a contact's name, pinyin or its initials, or digits of a telephone number.
    pub customers: Vec<CustomerHit>,
    /// Deals: by their name and that of their customer.
    pub deals: Vec<DealHit>,
}

/// A customer that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerHit {
    /// Which.
    pub id: CustomerId,
    /// Its name.
    pub name: String,
    /// Town, empty where unknown.
    pub city: String,
}

/// A deal that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DealHit {
    /// Which.
    pub id: DealId,
    /// Its name.
    pub name: String,
    /// With whom.
    pub customer: CustomerRef,
    /// The pipeline it goes through.
    pub pipeline_id: PipelineId,
    /// The stage it is in.
    pub stage_id: StageId,
}

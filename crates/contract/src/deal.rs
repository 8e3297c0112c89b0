//! Pipelines, their boards and deals.

use serde::{Deserialize, Serialize};

use crate::customer::CustomerRef;
use crate::ids::{DealId, PipelineId, StageId};
use crate::locale::LocalizedName;
use crate::money::Money;
use crate::paging::Cursor;
use crate::time::{Date, Timestamp};
use crate::user::UserRef;

/// An ordered set of stages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pipeline {
    /// Which.
    pub id: PipelineId,
    /// Its name.
    pub name: LocalizedName,
    /// Its stages from first to last.
    pub stages: Vec<Stage>,
}

/// One stage of a pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stage {
    /// Which.
    pub id: StageId,
    /// Its name.
    pub name: LocalizedName,
    /// Whether deals here are still open.
    pub kind: StageKind,
    /// The probability, in percent, a deal takes on when it is moved here.
    pub probability: u8,
}

/// Whether deals in a stage are still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StageKind {
    /// Being worked on.
    Open,
    /// Closed with a sale.
    Won,
    /// Closed without one.
    Lost,
}

/// A deal as another record names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DealRef {
    /// Which.
    pub id: DealId,
    /// Its name.
    pub name: String,
}

/// A deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deal {
    /// Which.
    pub id: DealId,
    /// Raised by each change; the `ETag` of the deal.
    pub version: u32,
    /// Its name.
    pub name: String,
    /// With whom.
    pub customer: CustomerRef,
    /// The pipeline it goes through.
    pub pipeline_id: PipelineId,
    /// The stage it is in.
    pub stage_id: StageId,
    /// What it is worth.
    pub amount: Money,
    /// How likely it is, in percent.
    pub probability: u8,
    /// The day it is expected to close.
    pub expected_close: Date,
    /// Who works on it.
    pub owner: UserRef,
    /// What to do next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_step: Option<NextStep>,
    /// Why it was lost, where it was and somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost_reason: Option<String>,
    /// Since when it is in its stage.
    pub stage_entered_at: Timestamp,
    /// Whether the person who asked may change it.
    pub editable: bool,
}

/// What to do next in a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextStep {
    /// In the owner's words.
    pub text: String,
    /// By when.
    pub due: Date,
}

/// A pipeline's board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Board {
    /// The pipeline.
    pub pipeline: Pipeline,
    /// One column a stage, in the stages' order.
    pub columns: Vec<BoardColumn>,
}

/// One column of a board: a stage's figures and its first deals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardColumn {
    /// The stage.
    pub stage_id: StageId,
    /// How many deals are in it.
    pub count: u64,
    /// What they are worth, one amount for each currency.
    pub totals: Vec<Money>,
    /// The first of them, in the order people gave them.
    pub deals: Vec<Deal>,
    /// Where the rest starts in `GET /deals` for this pipeline and stage; absent when all are here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Cursor>,
}

/// The query of `GET /deals`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DealQuery {
    /// The pipeline.
    pub pipeline: PipelineId,
    /// The stage.
    pub stage: StageId,
    /// Where the page starts; absent for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows on the page, 1 to 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// `POST /deals/{id}/move`, with the deal's version in `If-Match`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MoveDeal {
    /// The stage to move to, of the deal's own pipeline. It may be the one it is in.
    pub stage_id: StageId,
    /// The deal of that stage to stand behind; absent for the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<DealId>,
}

/// The entity tag of version `version` (RFC 9110, strong).
pub fn etag(version: u32) -> String {
    format!("\"{version}\"")
}

/// The version an `If-Match` value names: exactly one strong entity tag of ours.
pub fn parse_etag(value: &str) -> Option<u32> {
    let digits = value.trim().strip_prefix('"')?.strip_suffix('"')?;
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entity_tags_round_trip_and_nothing_else_parses() {
        assert_eq!(parse_etag(&etag(7)), Some(7));
        for bad in [
            "7",
            "*",
            "W/\"7\"",
            "\"7\", \"8\"",
            "\"\"",
            "\"+7\"",
            "\"99999999999\"",
        ] {
            assert_eq!(parse_etag(bad), None, "{bad}");
        }
    }
}

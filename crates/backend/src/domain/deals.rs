//! Deals and their places on the boards.

use std::collections::HashMap;
use std::sync::Arc;

use portico_contract::capability::{Resource, Verb};
use portico_contract::deal::{Board, BoardColumn, Deal, DealQuery, MoveDeal, Pipeline};
use portico_contract::ids::{DealId, PipelineId};
use portico_contract::money::Money;
use portico_contract::paging::Page;
use portico_contract::problem::{ErrorCode, FieldRule};
use uuid::Uuid;

use super::access::{Access, Reach};
use super::clock::Clock;
use super::cursor::{Cursors, Window};
use super::failure::Failure;
use super::precondition::{self, SeenVersion};
use crate::store::{DealRow, Deals, Pipelines, Placement, StageFigures};

/// So many deals of each stage come with the board; the rest is paged.
const BOARD_LIMIT: u16 = 50;

/// Reads and moves deals for a person.
#[derive(Clone)]
pub(crate) struct DealService {
    pub(crate) deals: Deals,
    pub(crate) pipelines: Pipelines,
    pub(crate) cursors: Arc<Cursors>,
    pub(crate) clock: Arc<dyn Clock>,
}

/// `rows` as the contract describes deals, with what `access` may change marked.
pub(crate) async fn describe(
    deals: &Deals,
    access: &Access,
    rows: Vec<DealRow>,
) -> Result<Vec<Deal>, Failure> {
    let update = access.reach(Verb::Update, Resource::Deals);
    let editable: HashMap<Uuid, bool> = rows
        .iter()
        .map(|row| {
            (
                row.id,
                update.is_some_and(|reach| reach.covers(row.owner_id, row.team_id)),
            )
        })
        .collect();
    let mut described = deals.describe(rows).await?;
    for deal in &mut described {
        deal.editable = editable.get(&deal.id.0).copied().unwrap_or(false);
    }
    Ok(described)
}

fn not_found() -> Failure {
    Failure::of(ErrorCode::NotFound)
}

fn list_name(stage: Uuid) -> String {
    format!("deals {stage}")
}

impl DealService {
    /// Every pipeline with its stages.
    pub(crate) async fn pipelines(&self, access: &Access) -> Result<Vec<Pipeline>, Failure> {
        access.require(Verb::Read, Resource::Deals)?;
        self.pipelines.all().await
    }

    async fn pipeline(&self, id: PipelineId) -> Result<Pipeline, Failure> {
        self.pipelines.find(id.0).await?.ok_or_else(not_found)
    }

    /// The board of a pipeline.
    pub(crate) async fn board(&self, access: &Access, id: PipelineId) -> Result<Board, Failure> {
        let reach = access.require(Verb::Read, Resource::Deals)?;
        let pipeline = self.pipeline(id).await?;
        let mut figures = self.deals.figures(id.0, reach).await?;
        let mut columns = Vec::with_capacity(pipeline.stages.len());
        for stage in &pipeline.stages {
            let figures = figures.remove(&stage.id.0).unwrap_or_default();
            columns.push(self.column(access, reach, stage.id.0, figures).await?);
        }
        Ok(Board { pipeline, columns })
    }

    async fn column(
        &self,
        access: &Access,
        reach: Reach,
        stage: Uuid,
        figures: StageFigures,
    ) -> Result<BoardColumn, Failure> {
        let window = Window {
            after: None,
            limit: BOARD_LIMIT,
        };
        let mut rows = self.deals.of_stage(stage, reach, &window).await?;
        let next = self
            .cursors
            .cut(&list_name(stage), &window, &mut rows, Deals::position_by_rank);
        let mut totals = Vec::new();
        for amount in figures.totals {
            Money::add_to_totals(&mut totals, amount);
        }
        Ok(BoardColumn {
            stage_id: portico_contract::ids::StageId(stage),
            count: figures.count,
            totals,
            deals: describe(&self.deals, access, rows).await?,
            next,
        })
    }

    /// A page of one stage's deals, in the order people gave them.
    pub(crate) async fn list(&self, access: &Access, query: &DealQuery) -> Result<Page<Deal>, Failure> {
        let reach = access.require(Verb::Read, Resource::Deals)?;
        let pipeline = self.pipelines.find(query.pipeline.0).await?;
        let pipeline = pipeline.ok_or_else(|| Failure::field("pipeline", FieldRule::NotAllowed))?;
        if !pipeline.stages.iter().any(|stage| stage.id == query.stage) {
            return Err(Failure::field("stage", FieldRule::NotAllowed));
        }
        let list = list_name(query.stage.0);
        let window = self.cursors.window(&list, query.cursor.as_deref(), query.limit)?;
        let mut rows = self.deals.of_stage(query.stage.0, reach, &window).await?;
        let total = self.deals.count_of_stage(query.stage.0, reach).await?;
        let next = self
            .cursors
            .cut(&list, &window, &mut rows, Deals::position_by_rank);
        let items = describe(&self.deals, access, rows).await?;
        Ok(Page { items, next, total })
    }

    async fn visible(&self, access: &Access, id: DealId) -> Result<DealRow, Failure> {
        let reach = access.require(Verb::Read, Resource::Deals)?;
        self.deals.find(id.0, reach).await?.ok_or_else(not_found)
    }

    async fn describe_one(&self, access: &Access, row: DealRow) -> Result<Deal, Failure> {
        let mut described = describe(&self.deals, access, vec![row]).await?;
        described.pop().ok_or_else(not_found)
    }

    /// One deal.
    pub(crate) async fn get(&self, access: &Access, id: DealId) -> Result<Deal, Failure> {
        let row = self.visible(access, id).await?;
        self.describe_one(access, row).await
    }

    /// Whether `access` may change the deal at all: known before the request's conditions are looked at.
    async fn movable(&self, access: &Access, id: DealId) -> Result<DealRow, Failure> {
        let row = self.visible(access, id).await?;
        let reach = access.require(Verb::Update, Resource::Deals)?;
        if reach.covers(row.owner_id, row.team_id) {
            Ok(row)
        } else {
            Err(Failure::of(ErrorCode::Forbidden))
        }
    }

    /// Moves a deal, if it still has the version the person saw.
    pub(crate) async fn relocate(
        &self,
        access: &Access,
        id: DealId,
        seen: Option<SeenVersion>,
        target: MoveDeal,
    ) -> Result<Deal, Failure> {
        let row = self.movable(access, id).await?;
        let version = precondition::version(seen)?;
        let pipeline = self.pipeline(PipelineId(row.pipeline_id)).await?;
        let stage = pipeline
            .stages
            .into_iter()
            .find(|stage| stage.id == target.stage_id);
        let stage = stage.ok_or_else(|| Failure::field("stage_id", FieldRule::NotAllowed))?;
        let placement = Placement {
            deal: row.id,
            version,
            pipeline: row.pipeline_id,
            stage,
            after: target.after.map(|after| after.0),
            reach: access.require(Verb::Read, Resource::Deals)?,
            now: self.clock.now(),
        };
        let moved = self.deals.place(&placement).await?;
        self.describe_one(access, moved).await
    }
}

//! Deals.

use std::collections::HashMap;

use portico_contract::deal::{Deal, NextStep, Stage, StageKind};
use portico_contract::ids::{DealId, PipelineId, StageId};
use portico_contract::money::{Currency, Money};
use portico_contract::problem::{ErrorCode, FieldRule};
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, Query};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseConnection, DatabaseTransaction, EntityTrait as _,
    Order, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select, Statement,
    TransactionTrait as _,
};
use uuid::Uuid;

use super::customers;
use super::entities::deal::{Column, Entity, Model};
use super::entities::stage;
use super::users::{person, references};
use crate::domain::access::Reach;
use crate::domain::board::{GAP, between};
use crate::domain::clock::{date, timestamp};
use crate::domain::cursor::{Position, SortValue, Window};
use crate::domain::failure::Failure;

/// Where a deal shall go.
pub(crate) struct Placement {
    pub(crate) deal: Uuid,
    pub(crate) version: u32,
    pub(crate) pipeline: Uuid,
    pub(crate) stage: Stage,
    pub(crate) after: Option<Uuid>,
    /// The neighbour must be one the person can see.
    pub(crate) reach: Reach,
    pub(crate) now: i64,
}

/// How many deals are in a stage, and their worth by currency.
#[derive(Default)]
pub(crate) struct StageFigures {
    pub(crate) count: u64,
    pub(crate) totals: Vec<Money>,
}

/// The repository of deals.
#[derive(Clone)]
pub(crate) struct Deals {
    pub(super) db: DatabaseConnection,
}

/// Only the rows within `reach`.
pub(super) fn within(reach: Reach) -> Condition {
    match reach {
        Reach::Own(person) => Condition::all().add(Column::OwnerId.eq(person)),
        Reach::Team(team) => Condition::all().add(Column::TeamId.eq(team)),
        Reach::All => Condition::all(),
    }
}

/// Only deals in open stages.
pub(super) fn open() -> Condition {
    let open = Query::select()
        .column(stage::Column::Id)
        .from(stage::Entity)
        .and_where(stage::Column::Kind.eq("open"))
        .to_owned();
    Condition::all().add(Column::StageId.in_subquery(open))
}

fn amount(minor: i64, currency: &str) -> Result<Money, Failure> {
    let currency = Currency::from_code(currency).ok_or_else(|| Failure::internal("an unknown currency"))?;
    Ok(Money { minor, currency })
}

fn next_step(text: Option<String>, due: Option<String>) -> Result<Option<NextStep>, Failure> {
    match (text, due) {
        (Some(text), Some(due)) => Ok(Some(NextStep {
            text,
            due: date(due)?,
        })),
        _ => Ok(None),
    }
}

impl Deals {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// A deal within `reach`.
    pub(crate) async fn find(&self, id: Uuid, reach: Reach) -> Result<Option<Model>, Failure> {
        Ok(Entity::find_by_id(id).filter(within(reach)).one(&self.db).await?)
    }

    /// The place of a deal in its stage.
    pub(crate) fn position_by_rank(row: &Model) -> Position {
        Position {
            value: SortValue::Number(row.rank),
            id: row.id,
        }
    }

    /// The place of a deal among those of its customer.
    pub(crate) fn position_by_close(row: &Model) -> Position {
        Position {
            value: SortValue::Text(row.expected_close.clone()),
            id: row.id,
        }
    }

    /// One row more than the window holds, if there is one, so that the caller knows whether the list goes on.
    pub(crate) async fn of_stage(
        &self,
        stage: Uuid,
        reach: Reach,
        window: &Window,
    ) -> Result<Vec<Model>, Failure> {
        let select = Entity::find()
            .filter(Column::StageId.eq(stage))
            .filter(within(reach));
        let select = customers::continued(select, window, Column::Rank, Column::Id, Order::Asc);
        Ok(select.all(&self.db).await?)
    }

    /// How many deals of a stage are within `reach`.
    pub(crate) async fn count_of_stage(&self, stage: Uuid, reach: Reach) -> Result<u64, Failure> {
        let select = Entity::find()
            .filter(Column::StageId.eq(stage))
            .filter(within(reach));
        Ok(select.count(&self.db).await?)
    }

    /// A customer's deals within `reach` and their number.
    pub(crate) async fn of_customer(
        &self,
        customer: Uuid,
        reach: Reach,
        window: &Window,
    ) -> Result<(Vec<Model>, u64), Failure> {
        let select: Select<Entity> = Entity::find()
            .filter(Column::CustomerId.eq(customer))
            .filter(within(reach));
        let total = select.clone().count(&self.db).await?;
        let page = customers::continued(select, window, Column::ExpectedClose, Column::Id, Order::Desc);
        Ok((page.all(&self.db).await?, total))
    }

    /// The figures of each stage of a pipeline that has deals within `reach`.
    pub(crate) async fn figures(
        &self,
        pipeline: Uuid,
        reach: Reach,
    ) -> Result<HashMap<Uuid, StageFigures>, Failure> {
        let sum = Func::cast_as(Expr::col(Column::AmountMinor).sum(), "BIGINT");
        let rows: Vec<(Uuid, String, i64, i64)> = Entity::find()
            .select_only()
            .column(Column::StageId)
            .column(Column::Currency)
            .column_as(Column::Id.count(), "deals")
            .column_as(Expr::from(sum), "worth")
            .filter(Column::PipelineId.eq(pipeline))
            .filter(within(reach))
            .group_by(Column::StageId)
            .group_by(Column::Currency)
            .into_tuple()
            .all(&self.db)
            .await?;
        let mut figures: HashMap<Uuid, StageFigures> = HashMap::new();
        for (stage, currency, deals, worth) in rows {
            let entry = figures.entry(stage).or_default();
            entry.count += u64::try_from(deals).map_err(Failure::internal)?;
            entry.totals.push(amount(worth, &currency)?);
        }
        Ok(figures)
    }

    /// Open deals of `owner` whose next step is due on `today` or before, or whose expected close has passed; the
    /// longest overdue first.
    pub(crate) async fn due(&self, owner: Uuid, today: &str, limit: u64) -> Result<Vec<Model>, Failure> {
        let urgency = Expr::case(
            Expr::col(Column::NextStepDue).lt(Expr::col(Column::ExpectedClose)),
            Expr::col(Column::NextStepDue),
        )
        .finally(Expr::col(Column::ExpectedClose));
        let due = Condition::any()
            .add(Column::NextStepDue.lte(today))
            .add(Column::ExpectedClose.lt(today));
        let rows = Entity::find()
            .filter(Column::OwnerId.eq(owner))
            .filter(open())
            .filter(due)
            .order_by(sea_orm::sea_query::Expr::Case(Box::new(urgency)), Order::Asc)
            .order_by_asc(Column::Id)
            .limit(limit)
            .all(&self.db)
            .await?;
        Ok(rows)
    }

    /// `rows` as the contract describes deals; who may edit them is for the caller to say.
    pub(crate) async fn describe(&self, rows: Vec<Model>) -> Result<Vec<Deal>, Failure> {
        let people = references(&self.db, rows.iter().map(|row| row.owner_id)).await?;
        let names = customers::references(&self.db, rows.iter().map(|row| row.customer_id)).await?;
        rows.into_iter()
            .map(|row| {
                let customer = names.get(&row.customer_id).cloned();
                Ok(Deal {
                    id: DealId(row.id),
                    version: u32::try_from(row.version).map_err(Failure::internal)?,
                    name: row.name,
                    customer: customer.ok_or_else(|| Failure::internal("a deal without a customer"))?,
                    pipeline_id: PipelineId(row.pipeline_id),
                    stage_id: StageId(row.stage_id),
                    amount: amount(row.amount_minor, &row.currency)?,
                    probability: u8::try_from(row.probability).map_err(Failure::internal)?,
                    expected_close: date(row.expected_close)?,
                    owner: person(&people, row.owner_id)?,
                    next_step: next_step(row.next_step_text, row.next_step_due)?,
                    lost_reason: row.lost_reason,
                    stage_entered_at: timestamp(row.stage_entered_at)?,
                    editable: false,
                })
            })
            .collect()
    }

    /// Puts a deal in its new place, if its version is still the one the person saw. Moves in one pipeline happen one
    /// after the other.
    pub(crate) async fn place(&self, placement: &Placement) -> Result<Model, Failure> {
        let transaction = self.db.begin().await?;
        lock_pipeline(&transaction, placement.pipeline).await?;
        let stale = || Failure::of(ErrorCode::VersionMismatch);
        let row = Entity::find_by_id(placement.deal).one(&transaction).await?;
        let row = row.filter(|row| u32::try_from(row.version) == Ok(placement.version));
        let row = row.ok_or_else(stale)?;
        let rank = free_rank(&transaction, placement).await?;
        let written = write_place(&transaction, &row, placement, rank).await?;
        if written != 1 {
            return Err(stale());
        }
        let moved = Entity::find_by_id(placement.deal).one(&transaction).await?;
        transaction.commit().await?;
        moved.ok_or_else(stale)
    }
}

/// Taken first: whoever holds the pipeline's row moves alone, on both databases.
async fn lock_pipeline(transaction: &DatabaseTransaction, pipeline: Uuid) -> Result<(), Failure> {
    let sql = "UPDATE pipelines SET board_version = board_version + 1 WHERE id = $1";
    execute(transaction, sql, vec![pipeline.into()]).await
}

async fn execute(
    transaction: &DatabaseTransaction,
    sql: &str,
    values: Vec<sea_orm::Value>,
) -> Result<(), Failure> {
    let statement = Statement::from_sql_and_values(transaction.get_database_backend(), sql, values);
    transaction.execute_raw(statement).await?;
    Ok(())
}

/// A rank behind the wanted neighbour. Where the gap is used up the stage is numbered anew.
async fn free_rank(transaction: &DatabaseTransaction, placement: &Placement) -> Result<i64, Failure> {
    for _ in 0..2 {
        let before = neighbour_rank(transaction, placement).await?;
        let after = rank_behind(transaction, placement, before).await?;
        if let Some(rank) = between(before, after) {
            return Ok(rank);
        }
        renumber(transaction, placement.stage.id.0).await?;
    }
    Err(Failure::internal(
        "a stage has no room after it was numbered anew",
    ))
}

async fn neighbour_rank(
    transaction: &DatabaseTransaction,
    placement: &Placement,
) -> Result<Option<i64>, Failure> {
    let Some(after) = placement.after else {
        return Ok(None);
    };
    let refused = || Failure::field("after", FieldRule::NotAllowed);
    if after == placement.deal {
        return Err(refused());
    }
    let neighbour = Entity::find_by_id(after)
        .filter(Column::StageId.eq(placement.stage.id.0))
        .filter(within(placement.reach))
        .one(transaction)
        .await?;
    neighbour.map(|row| Some(row.rank)).ok_or_else(refused)
}

async fn rank_behind(
    transaction: &DatabaseTransaction,
    placement: &Placement,
    before: Option<i64>,
) -> Result<Option<i64>, Failure> {
    let mut select = Entity::find()
        .select_only()
        .column(Column::Rank)
        .filter(Column::StageId.eq(placement.stage.id.0))
        .filter(Column::Id.ne(placement.deal));
    if let Some(before) = before {
        select = select.filter(Column::Rank.gt(before));
    }
    let rank = select
        .order_by_asc(Column::Rank)
        .into_tuple::<i64>()
        .one(transaction)
        .await?;
    Ok(rank)
}

async fn renumber(transaction: &DatabaseTransaction, stage: Uuid) -> Result<(), Failure> {
    let sql = "UPDATE deals SET rank = numbered.place * $2 FROM \
        (SELECT id, ROW_NUMBER() OVER (ORDER BY rank, id) AS place FROM deals WHERE stage_id = $1) AS numbered \
        WHERE deals.id = numbered.id";
    execute(transaction, sql, vec![stage.into(), GAP.into()]).await
}

async fn write_place(
    transaction: &DatabaseTransaction,
    row: &Model,
    placement: &Placement,
    rank: i64,
) -> Result<u64, Failure> {
    let stage = &placement.stage;
    let mut update = Entity::update_many()
        .col_expr(Column::Rank, Expr::value(rank))
        .col_expr(Column::Version, Expr::value(row.version.saturating_add(1)));
    if row.stage_id != stage.id.0 {
        update = update
            .col_expr(Column::StageId, Expr::value(stage.id.0))
            .col_expr(Column::Probability, Expr::value(i32::from(stage.probability)))
            .col_expr(Column::StageEnteredAt, Expr::value(placement.now));
    }
    if stage.kind != StageKind::Lost {
        update = update.col_expr(Column::LostReason, Expr::value(Option::<String>::None));
    }
    let written = update
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .exec(transaction)
        .await?;
    Ok(written.rows_affected)
}

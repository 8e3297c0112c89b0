//! Requests to the administrators.

use portico_contract::admin::{RequestKind, RequestState};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, DatabaseConnection, EntityTrait as _, IntoActiveModel as _, Order, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, TransactionTrait as _,
};
use uuid::Uuid;

use super::customers::continued;
use super::entities::admin_request::{Column, Entity, Model};
use super::factors;
use super::messages::NewMessage;
use super::recoveries::{WayIn, begin};
use crate::domain::cursor::{Position, SortValue, Window};
use crate::domain::failure::Failure;

/// The repository of requests.
#[derive(Clone)]
pub(crate) struct AdminRequests {
    db: DatabaseConnection,
}

/// An administrator's answer.
pub(crate) struct Answer {
    pub(crate) request: Uuid,
    pub(crate) state: RequestState,
    pub(crate) by: Uuid,
    pub(crate) note: Option<String>,
    pub(crate) now: i64,
    /// What is sent because of it.
    pub(crate) way_in: Option<WayIn>,
    /// Whose second factors are taken away because of it, and what they are told.
    pub(crate) reset_factors: Option<(Uuid, NewMessage)>,
}

impl AdminRequests {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// Stores a request.
    pub(crate) async fn insert(&self, row: Model) -> Result<(), Failure> {
        Entity::insert(row.into_active_model())
            .exec_without_returning(&self.db)
            .await?;
        Ok(())
    }

    /// The newest request of `user` for something of `kind` since `horizon`.
    pub(crate) async fn newest_of(
        &self,
        user: Uuid,
        kind: RequestKind,
        horizon: i64,
    ) -> Result<Option<Model>, Failure> {
        Ok(Entity::find()
            .filter(Column::UserId.eq(user))
            .filter(Column::Kind.eq(kind.as_str()))
            .filter(Column::CreatedAt.gt(horizon))
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id)
            .one(&self.db)
            .await?)
    }

    /// The place of `row` in the list.
    pub(crate) fn position(row: &Model) -> Position {
        Position {
            value: SortValue::Number(row.created_at),
            id: row.id,
        }
    }

    /// The rows of a page (and one more, if there is one), the newest first, and the number of all. Those about nobody
    /// are in no list.
    pub(crate) async fn page(
        &self,
        state: Option<RequestState>,
        window: &Window,
    ) -> Result<(Vec<Model>, u64), Failure> {
        let mut select = Entity::find().filter(Column::UserId.is_not_null());
        if let Some(state) = state {
            select = select.filter(Column::State.eq(state.as_str()));
        }
        let total = select.clone().count(&self.db).await?;
        let rows = continued(select, window, Column::CreatedAt, Column::Id, Order::Desc)
            .all(&self.db)
            .await?;
        Ok((rows, total))
    }

    /// A request somebody is meant by.
    pub(crate) async fn find(&self, id: Uuid) -> Result<Option<Model>, Failure> {
        let found = Entity::find_by_id(id)
            .filter(Column::UserId.is_not_null())
            .one(&self.db)
            .await?;
        Ok(found)
    }

    /// Answers an open request, and sends what follows. Of several answers exactly one gets `true`.
    pub(crate) async fn answer(&self, answer: Answer) -> Result<bool, Failure> {
        let transaction = self.db.begin().await?;
        let answered = Entity::update_many()
            .col_expr(Column::State, Expr::value(answer.state.as_str()))
            .col_expr(Column::AnsweredBy, Expr::value(Some(answer.by)))
            .col_expr(Column::AnsweredAt, Expr::value(Some(answer.now)))
            .col_expr(Column::Note, Expr::value(answer.note))
            .filter(Column::Id.eq(answer.request))
            .filter(Column::State.eq(RequestState::Open.as_str()))
            .exec(&transaction)
            .await?;
        if answered.rows_affected != 1 {
            transaction.rollback().await?;
            return Ok(false);
        }
        if let Some(way_in) = answer.way_in {
            begin(&transaction, way_in).await?;
        }
        if let Some((user, notice)) = answer.reset_factors {
            factors::reset(&transaction, user, answer.now, notice).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Forgets what was asked before `horizon`.
    pub(crate) async fn purge(&self, horizon: i64) -> Result<(), Failure> {
        Entity::delete_many()
            .filter(Column::CreatedAt.lt(horizon))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

//! Codes that were sent.

use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, Condition, DatabaseConnection, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, TransactionTrait as _,
};

use super::entities::sent_code::{Column, Entity, Model};
use super::messages::{NewMessage, enqueue};
use crate::domain::failure::Failure;

/// So many tries a code has.
const MOST_TRIES: i32 = 5;

/// The repository of such codes.
#[derive(Clone)]
pub(crate) struct SentCodes {
    db: DatabaseConnection,
}

fn waiting(holder: &str, now: i64) -> Condition {
    Condition::all()
        .add(Column::Holder.eq(holder))
        .add(Column::ExpiresAt.gt(now))
        .add(Column::Tries.lt(MOST_TRIES))
}

impl SentCodes {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// Stores a code in place of the one before it, and the message with it.
    pub(crate) async fn send(&self, row: Model, message: NewMessage) -> Result<(), Failure> {
        let transaction = self.db.begin().await?;
        Entity::delete_by_id(row.holder.clone())
            .exec(&transaction)
            .await?;
        Entity::insert(row.into_active_model())
            .exec_without_returning(&transaction)
            .await?;
        enqueue(&transaction, [message]).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Whether a code for `holder` can be tried.
    pub(crate) async fn waits(&self, holder: &str, now: i64) -> Result<bool, Failure> {
        Ok(Entity::find()
            .filter(waiting(holder, now))
            .count(&self.db)
            .await?
            > 0)
    }

    /// Counts a try at the code for `holder` and says what it is compared with; nothing where there are none left.
    pub(crate) async fn try_one(&self, holder: &str, now: i64) -> Result<Option<Vec<u8>>, Failure> {
        let tried = Entity::update_many()
            .col_expr(Column::Tries, Expr::col(Column::Tries).add(1))
            .filter(waiting(holder, now))
            .exec(&self.db)
            .await?;
        if tried.rows_affected != 1 {
            return Ok(None);
        }
        let row = Entity::find_by_id(holder.to_owned()).one(&self.db).await?;
        Ok(row.map(|row| row.tag))
    }

    /// Uses the code for `holder` up, if it is still the one with `tag`. Only the first is told that it was.
    pub(crate) async fn use_up(&self, holder: &str, tag: &[u8]) -> Result<bool, Failure> {
        let used = Entity::delete_many()
            .filter(Column::Holder.eq(holder))
            .filter(Column::Tag.eq(tag.to_vec()))
            .exec(&self.db)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// Forgets those that are over at `now`.
    pub(crate) async fn purge(&self, now: i64) -> Result<(), Failure> {
        Entity::delete_many()
            .filter(Column::ExpiresAt.lte(now))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

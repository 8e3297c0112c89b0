//! Questions authenticators were asked.

use sea_orm::{
    ColumnTrait as _, DatabaseConnection, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};

use super::entities::passkey_ceremony::{Column, Entity, Model};
use crate::domain::failure::Failure;

/// The repository of such questions.
#[derive(Clone)]
pub(crate) struct PasskeyCeremonies {
    db: DatabaseConnection,
}

impl PasskeyCeremonies {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// Stores a question.
    pub(crate) async fn begin(&self, row: Model) -> Result<(), Failure> {
        Entity::insert(row.into_active_model())
            .exec_without_returning(&self.db)
            .await?;
        Ok(())
    }

    /// What the answer to the question with `hash` is judged with, if it was asked for `holder` and is not over. Only the
    /// first who asks is told.
    pub(crate) async fn take(&self, hash: &str, holder: &str, now: i64) -> Result<Option<String>, Failure> {
        let found = Entity::find_by_id(hash.to_owned()).one(&self.db).await?;
        let Some(row) = found.filter(|row| row.holder == holder && now < row.expires_at) else {
            return Ok(None);
        };
        let taken = Entity::delete_by_id(hash.to_owned()).exec(&self.db).await?;
        Ok((taken.rows_affected == 1).then_some(row.state))
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

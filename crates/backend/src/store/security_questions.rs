//! Security questions.

use sea_orm::sea_query::OnConflict;
use sea_orm::{DatabaseConnection, EntityTrait as _, IntoActiveModel as _, TransactionTrait as _};
use uuid::Uuid;

use super::entities::security_question::{Column, Entity, Model};
use super::messages::{NewMessage, enqueue};
use crate::domain::failure::Failure;

/// The repository of security questions.
#[derive(Clone)]
pub(crate) struct SecurityQuestions {
    db: DatabaseConnection,
}

impl SecurityQuestions {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// What `user` chose to be asked.
    pub(crate) async fn find(&self, user: Uuid) -> Result<Option<Model>, Failure> {
        Ok(Entity::find_by_id(user).one(&self.db).await?)
    }

    /// Keeps a question in place of an earlier one, with the message that tells of it.
    pub(crate) async fn keep(&self, row: Model, notice: NewMessage) -> Result<(), Failure> {
        let replace = OnConflict::column(Column::UserId)
            .update_columns([Column::Question, Column::AnswerHash])
            .to_owned();
        let transaction = self.db.begin().await?;
        Entity::insert(row.into_active_model())
            .on_conflict(replace)
            .exec_without_returning(&transaction)
            .await?;
        enqueue(&transaction, [notice]).await?;
        transaction.commit().await?;
        Ok(())
    }
}

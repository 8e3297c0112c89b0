//! Sign-ins with a step left.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, DatabaseConnection, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};

use super::entities::sign_in_transaction;
use crate::domain::failure::Failure;

/// The repository of running sign-ins.
#[derive(Clone)]
pub(crate) struct SignInTransactions {
    db: DatabaseConnection,
}

impl SignInTransactions {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// Stores a running sign-in.
    pub(crate) async fn start(&self, row: sign_in_transaction::Model) -> Result<(), Failure> {
        sign_in_transaction::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.db)
            .await?;
        Ok(())
    }

    /// The running sign-in with `hash`, also one that is over.
    pub(crate) async fn find(&self, hash: &str) -> Result<Option<sign_in_transaction::Model>, Failure> {
        Ok(sign_in_transaction::Entity::find_by_id(hash.to_owned())
            .one(&self.db)
            .await?)
    }

    /// Uses a running sign-in up. Of several requests with the same one exactly one gets `true`.
    pub(crate) async fn consume(&self, hash: &str, now: i64) -> Result<bool, Failure> {
        let used = sign_in_transaction::Entity::update_many()
            .col_expr(sign_in_transaction::Column::UsedAt, Expr::value(Some(now)))
            .filter(sign_in_transaction::Column::Hash.eq(hash))
            .filter(sign_in_transaction::Column::UsedAt.is_null())
            .filter(sign_in_transaction::Column::ExpiresAt.gt(now))
            .exec(&self.db)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// Forgets one, if it is there.
    pub(crate) async fn forget(&self, hash: &str) -> Result<(), Failure> {
        sign_in_transaction::Entity::delete_by_id(hash.to_owned())
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Forgets those that ended before `now`.
    pub(crate) async fn purge(&self, now: i64) -> Result<(), Failure> {
        sign_in_transaction::Entity::delete_many()
            .filter(sign_in_transaction::Column::ExpiresAt.lt(now))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

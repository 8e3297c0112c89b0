//! Sign-ins with a step left.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseConnection, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, TransactionTrait as _,
};

use super::entities::{sign_in_transaction, user};
use super::users::unchanged;
use crate::domain::failure::Failure;

/// The repository of running sign-ins.
#[derive(Clone)]
pub(crate) struct SignInTransactions {
    db: DatabaseConnection,
}

/// Uses a running sign-in up, in whatever transaction `db` is; `false` where it is over.
pub(super) async fn use_up<C: ConnectionTrait>(
    db: &C,
    running: Option<String>,
    now: i64,
) -> Result<bool, Failure> {
    let Some(hash) = running else {
        return Ok(true);
    };
    let used = sign_in_transaction::Entity::delete_many()
        .filter(sign_in_transaction::Column::Hash.eq(hash))
        .filter(sign_in_transaction::Column::ExpiresAt.gt(now))
        .exec(db)
        .await?;
    Ok(used.rows_affected == 1)
}

impl SignInTransactions {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// Stores a running sign-in of `person` in place of the `earlier` step. `false`, and nothing of it, where account or
    /// sign-in are not any more as they were looked at.
    pub(crate) async fn start(
        &self,
        person: &user::Model,
        row: sign_in_transaction::Model,
        earlier: Option<String>,
    ) -> Result<bool, Failure> {
        let transaction = self.db.begin().await?;
        let usable = user::Entity::update_many()
            .col_expr(user::Column::Active, Expr::value(true))
            .filter(unchanged(person.id, person.password_hash.as_deref()))
            .exec(&transaction)
            .await?;
        if usable.rows_affected != 1 {
            transaction.rollback().await?;
            return Ok(false);
        }
        if !use_up(&transaction, earlier, row.created_at).await? {
            transaction.rollback().await?;
            return Ok(false);
        }
        sign_in_transaction::Entity::insert(row.into_active_model())
            .exec_without_returning(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// The running sign-in with `hash`, also one that is over.
    pub(crate) async fn find(&self, hash: &str) -> Result<Option<sign_in_transaction::Model>, Failure> {
        Ok(sign_in_transaction::Entity::find_by_id(hash.to_owned())
            .one(&self.db)
            .await?)
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

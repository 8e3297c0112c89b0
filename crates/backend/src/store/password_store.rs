//! Taking passwords into use, and those that were used before.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, DatabaseConnection, DatabaseTransaction, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, TransactionTrait as _,
};
use uuid::Uuid;

use super::entities::{password_history, sign_in_transaction, user};
use super::factors::end_trust;
use super::messages::{NewMessage, enqueue};
use super::recoveries::supersede;
use super::sessions;
use super::sign_in_transactions::use_up;
use super::users::unchanged;
use crate::domain::failure::Failure;
use crate::domain::new_passwords::OtherSessions;

/// A password to take into use.
pub(crate) struct NewPasswordRow {
    pub(crate) user: Uuid,
    pub(crate) hash: String,
    pub(crate) now: i64,
    /// The id of the row for the earlier one.
    pub(crate) history_id: Uuid,
    /// The hash of the one so far, if there is one. Once it is another one, nothing is written.
    pub(crate) earlier: Option<String>,
    /// The hash of the running sign-in it is chosen in, which is used up by it.
    pub(crate) running: Option<String>,
    /// Whether it is set by way of a message: then a message alone is not to be the second factor as well.
    pub(crate) by_message: bool,
    /// How many are remembered.
    pub(crate) history: u32,
    pub(crate) sessions: OtherSessions,
    /// Tells the person, if there was one before.
    pub(crate) notice: Option<NewMessage>,
}

/// The repository of passwords.
#[derive(Clone)]
pub(crate) struct PasswordStore {
    db: DatabaseConnection,
}

impl PasswordStore {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// The hashes of the last `count` passwords before the one in use.
    pub(crate) async fn history(&self, user: Uuid, count: u32) -> Result<Vec<String>, Failure> {
        if count == 0 {
            return Ok(Vec::new());
        }
        Ok(password_history::Entity::find()
            .select_only()
            .column(password_history::Column::Hash)
            .filter(password_history::Column::UserId.eq(user))
            .order_by_desc(password_history::Column::RetiredAt)
            .order_by_desc(password_history::Column::Id)
            .limit(u64::from(count))
            .into_tuple()
            .all(&self.db)
            .await?)
    }

    /// Stores the same password with another hash; `false` where it is another password by now.
    pub(crate) async fn hash_anew(&self, user: Uuid, earlier: &str, hash: &str) -> Result<bool, Failure> {
        let stored = user::Entity::update_many()
            .col_expr(user::Column::PasswordHash, Expr::value(Some(hash)))
            .filter(unchanged(user, Some(earlier)))
            .exec(&self.db)
            .await?;
        Ok(stored.rows_affected == 1)
    }

    /// Takes a password into use with all that follows from it, or nothing of that: `None` where the account is out of
    /// use, has another password by now than the one that was replaced, or the running sign-in is over.
    pub(crate) async fn set(&self, new: NewPasswordRow) -> Result<Option<user::Model>, Failure> {
        let transaction = self.db.begin().await?;
        let person = set_password(&transaction, new).await?;
        if person.is_some() {
            transaction.commit().await?;
        } else {
            transaction.rollback().await?;
        }
        Ok(person)
    }
}

/// Takes a password into use with all that follows from it, in the transaction that `db` is; after `None` there is nothing
/// to commit.
pub(super) async fn set_password(
    db: &DatabaseTransaction,
    new: NewPasswordRow,
) -> Result<Option<user::Model>, Failure> {
    let change = user::ActiveModel {
        password_hash: Set(Some(new.hash)),
        password_changed_at: Set(Some(new.now)),
        password_temporary_until: Set(None),
        password_compromised: Set(false),
        password_by_message: Set(new.by_message),
        ..Default::default()
    };
    // The write comes first: SQLite then waits for its lock instead of failing on a stale snapshot.
    let changed = user::Entity::update_many()
        .set(change)
        .filter(unchanged(new.user, new.earlier.as_deref()))
        .exec(db)
        .await?;
    if changed.rows_affected != 1 {
        return Ok(None);
    }
    if !use_up(db, new.running, new.now).await? {
        return Ok(None);
    }
    end_trust(db, new.user).await?;
    if let Some(hash) = new.earlier.filter(|_| new.history > 0) {
        let row = password_history::Model {
            id: new.history_id,
            user_id: new.user,
            retired_at: new.now,
            hash,
        };
        password_history::Entity::insert(row.into_active_model())
            .exec_without_returning(db)
            .await?;
    }
    let kept: Vec<Uuid> = password_history::Entity::find()
        .select_only()
        .column(password_history::Column::Id)
        .filter(password_history::Column::UserId.eq(new.user))
        .order_by_desc(password_history::Column::RetiredAt)
        .order_by_desc(password_history::Column::Id)
        .limit(u64::from(new.history))
        .into_tuple()
        .all(db)
        .await?;
    password_history::Entity::delete_many()
        .filter(password_history::Column::UserId.eq(new.user))
        .filter(password_history::Column::Id.is_not_in(kept))
        .exec(db)
        .await?;
    sign_in_transaction::Entity::delete_many()
        .filter(sign_in_transaction::Column::UserId.eq(new.user))
        .exec(db)
        .await?;
    match new.sessions {
        OtherSessions::Keep => {}
        OtherSessions::EndAllBut(session) => {
            sessions::end(db, new.user, Some(session), new.now).await?;
        }
        OtherSessions::End => {
            sessions::end(db, new.user, None, new.now).await?;
        }
    }
    // A link that is still open, whoever asked for it, was for the password so far.
    supersede(db, new.user, new.now).await?;
    enqueue(db, new.notice).await?;
    Ok(user::Entity::find_by_id(new.user).one(db).await?)
}

//! Second factors and recovery codes. Each use is one conditional statement, so that of two with the same code one fails.

use std::collections::HashMap;

use portico_contract::second_factor::FactorKind;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseConnection, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, TransactionTrait as _,
};
use uuid::Uuid;

use super::entities::{factor, known_device, recovery_code, sign_in_transaction, user};
use super::messages::{NewMessage, enqueue};
use super::users::hold;
use super::{sessions, stored};
use crate::domain::failure::Failure;

/// The repository of second factors.
#[derive(Clone)]
pub(crate) struct Factors {
    db: DatabaseConnection,
}

/// What comes to count.
pub(crate) enum Enrolling {
    /// A factor that is stored already and pending.
    Pending {
        /// Which.
        factor: Uuid,
        /// What the person calls it, if anything.
        name: Option<String>,
        /// The step of time whose code showed it, where it is one by the time.
        step: Option<i64>,
    },
    /// One that was shown as it was made.
    New(Box<factor::Model>),
}

/// A factor becomes one that counts.
pub(crate) struct Confirmation {
    pub(crate) enrolling: Enrolling,
    pub(crate) user: Uuid,
    /// What it was begun by: every other sign-in that waits, and whatever else is pending, was begun by somebody who did not
    /// know of it.
    pub(crate) holder: String,
    pub(crate) now: i64,
    /// New recovery codes that come with it.
    pub(crate) codes: Option<Vec<recovery_code::Model>>,
    pub(crate) notice: NewMessage,
}

/// What becomes of the removal of a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Removal {
    /// It is gone.
    Done,
    /// The person has no such factor.
    Missing,
    /// It is the last one, and one has to remain.
    Last,
}

fn counting(user: Uuid) -> Condition {
    Condition::all()
        .add(factor::Column::UserId.eq(user))
        .add(factor::Column::ConfirmedAt.is_not_null())
}

/// No browser of `user` does without the second factor any more.
pub(super) async fn end_trust<C: ConnectionTrait>(db: &C, user: Uuid) -> Result<(), Failure> {
    known_device::Entity::update_many()
        .col_expr(known_device::Column::TrustedUntil, Expr::value(None::<i64>))
        .filter(known_device::Column::UserId.eq(user))
        .exec(db)
        .await?;
    Ok(())
}

async fn replace_codes<C: ConnectionTrait>(
    db: &C,
    user: Uuid,
    codes: Vec<recovery_code::Model>,
) -> Result<(), Failure> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::UserId.eq(user))
        .exec(db)
        .await?;
    if codes.is_empty() {
        return Ok(());
    }
    let codes = codes.into_iter().map(recovery_code::Model::into_active_model);
    recovery_code::Entity::insert_many(codes)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

impl Factors {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// The factors of `user` that count, the oldest first.
    pub(crate) async fn of(&self, user: Uuid) -> Result<Vec<factor::Model>, Failure> {
        Ok(factor::Entity::find()
            .filter(counting(user))
            .order_by_asc(factor::Column::ConfirmedAt)
            .order_by_asc(factor::Column::Id)
            .all(&self.db)
            .await?)
    }

    /// The kinds of factors that each of `users` has.
    pub(crate) async fn kinds(&self, users: &[Uuid]) -> Result<HashMap<Uuid, Vec<FactorKind>>, Failure> {
        let rows: Vec<(Uuid, String)> = factor::Entity::find()
            .select_only()
            .column(factor::Column::UserId)
            .column(factor::Column::Kind)
            .distinct()
            .filter(factor::Column::UserId.is_in(users.iter().copied()))
            .filter(factor::Column::ConfirmedAt.is_not_null())
            .order_by_asc(factor::Column::Kind)
            .into_tuple()
            .all(&self.db)
            .await?;
        let mut kinds: HashMap<_, Vec<_>> = HashMap::new();
        for (user, kind) in rows {
            kinds.entry(user).or_default().push(stored(&kind)?);
        }
        Ok(kinds)
    }

    /// Stores a pending factor in place of the one its holder has begun before.
    pub(crate) async fn begin(&self, row: factor::Model) -> Result<(), Failure> {
        let transaction = self.db.begin().await?;
        factor::Entity::delete_many()
            .filter(factor::Column::UserId.eq(row.user_id))
            .filter(factor::Column::ConfirmedAt.is_null())
            .filter(factor::Column::Holder.eq(row.holder.clone()))
            .exec(&transaction)
            .await?;
        factor::Entity::insert(row.into_active_model())
            .exec_without_returning(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// What `holder` has begun to enrol for `user` since `horizon`.
    pub(crate) async fn pending(
        &self,
        user: Uuid,
        holder: &str,
        horizon: i64,
    ) -> Result<Option<factor::Model>, Failure> {
        Ok(factor::Entity::find()
            .filter(factor::Column::UserId.eq(user))
            .filter(factor::Column::Holder.eq(holder))
            .filter(factor::Column::ConfirmedAt.is_null())
            .filter(factor::Column::CreatedAt.gt(horizon))
            .one(&self.db)
            .await?)
    }

    /// The passkey with the id `credential`, whoever has it.
    pub(crate) async fn of_credential(&self, credential: &str) -> Result<Option<factor::Model>, Failure> {
        Ok(factor::Entity::find()
            .filter(factor::Column::Credential.eq(credential))
            .filter(factor::Column::ConfirmedAt.is_not_null())
            .one(&self.db)
            .await?)
    }

    /// Notes that a passkey was used, which is `sealed` anew by that. `false` where it is gone.
    pub(crate) async fn use_passkey(
        &self,
        id: Uuid,
        sealed: Vec<u8>,
        key_id: &str,
        now: i64,
    ) -> Result<bool, Failure> {
        let used = factor::Entity::update_many()
            .col_expr(factor::Column::Sealed, Expr::value(sealed))
            .col_expr(factor::Column::KeyId, Expr::value(key_id))
            .col_expr(factor::Column::LastUsedAt, Expr::value(Some(now)))
            .filter(factor::Column::Id.eq(id))
            .exec(&self.db)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// Notes that a factor was used. `false` where it is gone.
    pub(crate) async fn touch(&self, id: Uuid, now: i64) -> Result<bool, Failure> {
        let used = factor::Entity::update_many()
            .col_expr(factor::Column::LastUsedAt, Expr::value(Some(now)))
            .filter(factor::Column::Id.eq(id))
            .filter(factor::Column::ConfirmedAt.is_not_null())
            .exec(&self.db)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// Something else than a message was shown by `user`: messages count again.
    pub(crate) async fn let_messages_count(&self, user: Uuid) -> Result<(), Failure> {
        user::Entity::update_many()
            .col_expr(user::Column::PasswordByMessage, Expr::value(false))
            .filter(user::Column::Id.eq(user))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Lets a factor count, with all that follows from it. `false`, and nothing of it, where it does not wait any
    /// more.
    pub(crate) async fn confirm(&self, confirmation: Confirmation) -> Result<bool, Failure> {
        let Confirmation {
            enrolling,
            user: person,
            holder,
            now,
            codes,
            notice,
        } = confirmation;
        let transaction = self.db.begin().await?;
        hold(&transaction, person).await?;
        if !count_from_now_on(&transaction, person, enrolling, now).await? {
            transaction.rollback().await?;
            return Ok(false);
        }
        factor::Entity::delete_many()
            .filter(factor::Column::UserId.eq(person))
            .filter(factor::Column::ConfirmedAt.is_null())
            .exec(&transaction)
            .await?;
        sign_in_transaction::Entity::delete_many()
            .filter(sign_in_transaction::Column::UserId.eq(person))
            .filter(sign_in_transaction::Column::Hash.ne(holder))
            .exec(&transaction)
            .await?;
        user::Entity::update_many()
            .col_expr(user::Column::EnrolmentDue, Expr::value(false))
            .filter(user::Column::Id.eq(person))
            .exec(&transaction)
            .await?;
        end_trust(&transaction, person).await?;
        if let Some(codes) = codes {
            replace_codes(&transaction, person, codes).await?;
        }
        enqueue(&transaction, [notice]).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Uses the code of `step` up. `false` where it, or a later one, was used before.
    pub(crate) async fn use_step(&self, id: Uuid, step: i64, now: i64) -> Result<bool, Failure> {
        let unused = Condition::any()
            .add(factor::Column::LastStep.is_null())
            .add(factor::Column::LastStep.lt(step));
        let used = factor::Entity::update_many()
            .col_expr(factor::Column::LastStep, Expr::value(Some(step)))
            .col_expr(factor::Column::LastUsedAt, Expr::value(Some(now)))
            .filter(factor::Column::Id.eq(id))
            .filter(factor::Column::ConfirmedAt.is_not_null())
            .filter(unused)
            .exec(&self.db)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// The recovery code of `user` that begins with `selector`, if it was not used.
    pub(crate) async fn recovery_code(
        &self,
        user: Uuid,
        selector: &str,
    ) -> Result<Option<recovery_code::Model>, Failure> {
        Ok(recovery_code::Entity::find()
            .filter(recovery_code::Column::UserId.eq(user))
            .filter(recovery_code::Column::Selector.eq(selector))
            .filter(recovery_code::Column::UsedAt.is_null())
            .one(&self.db)
            .await?)
    }

    /// Uses a recovery code up. `false` where it was used before.
    pub(crate) async fn use_recovery_code(&self, id: Uuid, now: i64) -> Result<bool, Failure> {
        let used = recovery_code::Entity::update_many()
            .col_expr(recovery_code::Column::UsedAt, Expr::value(Some(now)))
            .filter(recovery_code::Column::Id.eq(id))
            .filter(recovery_code::Column::UsedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// How many recovery codes of `user` are left.
    pub(crate) async fn recovery_codes_left(&self, user: Uuid) -> Result<u32, Failure> {
        let left = recovery_code::Entity::find()
            .filter(recovery_code::Column::UserId.eq(user))
            .filter(recovery_code::Column::UsedAt.is_null())
            .count(&self.db)
            .await?;
        Ok(u32::try_from(left).unwrap_or(u32::MAX))
    }

    /// Gives `user` new recovery codes; the older ones are dead. `false`, and nothing of it, where there is no factor
    /// that they could stand in for.
    pub(crate) async fn renew_recovery_codes(
        &self,
        user: Uuid,
        codes: Vec<recovery_code::Model>,
        notice: NewMessage,
    ) -> Result<bool, Failure> {
        let transaction = self.db.begin().await?;
        hold(&transaction, user).await?;
        let factors = factor::Entity::find()
            .filter(counting(user))
            .count(&transaction)
            .await?;
        if factors == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        replace_codes(&transaction, user, codes).await?;
        enqueue(&transaction, [notice]).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Gives a factor of `user` another name; `false` where there is none of that id.
    pub(crate) async fn rename(&self, user: Uuid, id: Uuid, name: String) -> Result<bool, Failure> {
        let renamed = factor::Entity::update_many()
            .col_expr(factor::Column::Name, Expr::value(Some(name)))
            .filter(counting(user))
            .filter(factor::Column::Id.eq(id))
            .exec(&self.db)
            .await?;
        Ok(renamed.rows_affected == 1)
    }

    /// Takes a factor of `user` away, and with the last one the recovery codes; the last one only if none has to remain.
    pub(crate) async fn remove(
        &self,
        user: Uuid,
        id: Uuid,
        one_remains: bool,
        notice: NewMessage,
    ) -> Result<Removal, Failure> {
        let transaction = self.db.begin().await?;
        hold(&transaction, user).await?;
        let removed = factor::Entity::delete_many()
            .filter(counting(user))
            .filter(factor::Column::Id.eq(id))
            .exec(&transaction)
            .await?;
        let left = factor::Entity::find()
            .filter(counting(user))
            .count(&transaction)
            .await?;
        let refusal = match (removed.rows_affected, left) {
            (0, _) => Some(Removal::Missing),
            (_, 0) if one_remains => Some(Removal::Last),
            _ => None,
        };
        if let Some(refusal) = refusal {
            transaction.rollback().await?;
            return Ok(refusal);
        }
        if left == 0 {
            replace_codes(&transaction, user, Vec::new()).await?;
        }
        end_trust(&transaction, user).await?;
        enqueue(&transaction, [notice]).await?;
        transaction.commit().await?;
        Ok(Removal::Done)
    }

    /// Takes every factor and recovery code of `user` away and ends every session: at the next sign-in a new factor is
    /// enrolled. One that waits for the older ones can be shown nothing any more, and says so. Says how many sessions there
    /// were.
    pub(crate) async fn reset(&self, user: Uuid, now: i64, notice: NewMessage) -> Result<u64, Failure> {
        let transaction = self.db.begin().await?;
        let ended = reset(&transaction, user, now, notice).await?;
        transaction.commit().await?;
        Ok(ended)
    }

    /// Factors that are sealed with another key than `key_id`.
    pub(crate) async fn sealed_otherwise(&self, key_id: &str) -> Result<Vec<factor::Model>, Failure> {
        Ok(factor::Entity::find()
            .filter(factor::Column::KeyId.ne(key_id))
            .all(&self.db)
            .await?)
    }

    /// Stores the secret of a factor as it is sealed now.
    pub(crate) async fn seal_again(&self, id: Uuid, sealed: Vec<u8>, key_id: &str) -> Result<(), Failure> {
        factor::Entity::update_many()
            .col_expr(factor::Column::Sealed, Expr::value(sealed))
            .col_expr(factor::Column::KeyId, Expr::value(key_id))
            .filter(factor::Column::Id.eq(id))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Forgets what was begun up to `horizon` and never shown.
    pub(crate) async fn purge(&self, horizon: i64) -> Result<(), Failure> {
        factor::Entity::delete_many()
            .filter(factor::Column::ConfirmedAt.is_null())
            .filter(factor::Column::CreatedAt.lte(horizon))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

/// Lets a factor count, in whatever transaction `db` is; `false` where it does not wait any more.
async fn count_from_now_on<C: ConnectionTrait>(
    db: &C,
    person: Uuid,
    enrolling: Enrolling,
    now: i64,
) -> Result<bool, Failure> {
    let (id, name, step) = match enrolling {
        Enrolling::New(row) => {
            factor::Entity::insert(row.into_active_model())
                .exec_without_returning(db)
                .await?;
            return Ok(true);
        }
        Enrolling::Pending { factor, name, step } => (factor, name, step),
    };
    let confirmed = factor::Entity::update_many()
        .col_expr(factor::Column::ConfirmedAt, Expr::value(Some(now)))
        .col_expr(factor::Column::LastUsedAt, Expr::value(Some(now)))
        .col_expr(factor::Column::LastStep, Expr::value(step))
        .col_expr(factor::Column::Name, Expr::value(name))
        .col_expr(factor::Column::Holder, Expr::value(None::<String>))
        .filter(factor::Column::Id.eq(id))
        .filter(factor::Column::UserId.eq(person))
        .filter(factor::Column::ConfirmedAt.is_null())
        .exec(db)
        .await?;
    Ok(confirmed.rows_affected == 1)
}

/// [`Factors::reset`] in whatever transaction `db` is.
pub(super) async fn reset<C: ConnectionTrait>(
    db: &C,
    user: Uuid,
    now: i64,
    notice: NewMessage,
) -> Result<u64, Failure> {
    user::Entity::update_many()
        .col_expr(user::Column::EnrolmentDue, Expr::value(true))
        .filter(user::Column::Id.eq(user))
        .exec(db)
        .await?;
    factor::Entity::delete_many()
        .filter(factor::Column::UserId.eq(user))
        .exec(db)
        .await?;
    replace_codes(db, user, Vec::new()).await?;
    end_trust(db, user).await?;
    enqueue(db, [notice]).await?;
    sessions::end(db, user, None, now).await
}

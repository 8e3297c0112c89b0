//! Accounts as administrators look after them.

use std::collections::HashMap;

use portico_contract::admin::UserStatus;
use portico_contract::ids::TeamId;
use portico_contract::user::{Role, TeamRef};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseConnection, EntityTrait as _, IntoActiveModel as _,
    Order, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, TransactionTrait as _,
};
use uuid::Uuid;

use super::customers::{containing, continued};
use super::entities::{identifier, recovery, session, sign_in_transaction, team, user};
use super::factors::end_trust;
use super::messages::{NewMessage, enqueue};
use super::recoveries::{WayIn, begin, supersede};
use super::sessions;
use super::users::hold;
use crate::domain::cursor::{Position, SortValue, Window};
use crate::domain::failure::Failure;
use crate::domain::search::SearchTerms;

/// The repository of accounts.
#[derive(Clone)]
pub(crate) struct Accounts {
    db: DatabaseConnection,
}

/// What the list says about an account beyond its row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct AccountFigures {
    /// Sessions that can be used now.
    pub(crate) sessions: u32,
    /// When the newest invitation ends, if there was one.
    pub(crate) invitation_ends: Option<i64>,
}

/// What becomes of a deactivation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deactivation {
    /// The account is out of use.
    Done,
    /// It was before.
    Unchanged,
    /// No administrator would be left.
    LastAdmin,
}

/// Another mail address for an account.
pub(crate) struct EmailChange {
    pub(crate) user: Uuid,
    /// The address so far, and what it is signed in with as.
    pub(crate) earlier: (String, String),
    /// The address from now on, and what it is signed in with as.
    pub(crate) email: (String, String),
    /// What the account is found by from now on.
    pub(crate) search_text: String,
    /// To whoever is to know of it.
    pub(crate) notices: Vec<NewMessage>,
    /// A new invitation, for who has not come yet.
    pub(crate) way_in: Option<WayIn>,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EmailOutcome {
    /// The account has the new address.
    Done,
    /// Somebody signs in with the new address already.
    Taken,
    /// The account has another address than the one that was to be changed.
    Outdated,
}

fn standing(status: UserStatus) -> Condition {
    let active = user::Column::Active.eq(status != UserStatus::Deactivated);
    let condition = Condition::all().add(active);
    match status {
        UserStatus::Deactivated => condition,
        UserStatus::Invited => condition.add(user::Column::PasswordHash.is_null()),
        UserStatus::Active => condition.add(user::Column::PasswordHash.is_not_null()),
    }
}

/// Ends every session and running sign-in of a person and every trust in a browser, in whatever transaction `db` is; says
/// how many sessions there were.
async fn put_out<C: ConnectionTrait>(db: &C, id: Uuid, now: i64) -> Result<u64, Failure> {
    end_trust(db, id).await?;
    sign_in_transaction::Entity::delete_many()
        .filter(sign_in_transaction::Column::UserId.eq(id))
        .exec(db)
        .await?;
    sessions::end(db, id, None, now).await
}

impl Accounts {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// The place of `row` in the list.
    pub(crate) fn position(row: &user::Model) -> Position {
        Position {
            value: SortValue::Text(row.sort_key.clone()),
            id: row.id,
        }
    }

    /// The rows of a page (and one more, if there is one), by name, and the number of all.
    pub(crate) async fn page(
        &self,
        terms: &SearchTerms,
        status: Option<UserStatus>,
        window: &Window,
    ) -> Result<(Vec<user::Model>, u64), Failure> {
        let words = terms
            .words
            .iter()
            .map(|word| user::Column::SearchText.like(containing(word)));
        let condition = words.fold(Condition::all(), Condition::add);
        let condition = condition.add_option(status.map(standing));
        let select = user::Entity::find().filter(condition);
        let total = select.clone().count(&self.db).await?;
        let rows = continued(
            select,
            window,
            user::Column::SortKey,
            user::Column::Id,
            Order::Asc,
        )
        .all(&self.db)
        .await?;
        Ok((rows, total))
    }

    /// One account.
    pub(crate) async fn find(&self, id: Uuid) -> Result<Option<user::Model>, Failure> {
        Ok(user::Entity::find_by_id(id).one(&self.db).await?)
    }

    /// What the list says about the accounts `ids` beyond their rows.
    pub(crate) async fn figures(
        &self,
        ids: &[Uuid],
        now: i64,
    ) -> Result<HashMap<Uuid, AccountFigures>, Failure> {
        let mut figures: HashMap<Uuid, AccountFigures> =
            ids.iter().map(|id| (*id, AccountFigures::default())).collect();
        let living: Vec<(Uuid, i64)> = session::Entity::find()
            .select_only()
            .column(session::Column::UserId)
            .column_as(session::Column::Id.count(), "sessions")
            .filter(session::Column::UserId.is_in(ids.iter().copied()))
            .filter(sessions::living(now))
            .group_by(session::Column::UserId)
            .into_tuple()
            .all(&self.db)
            .await?;
        for (id, sessions) in living {
            figures.entry(id).or_default().sessions = u32::try_from(sessions).unwrap_or(u32::MAX);
        }
        let invitations: Vec<(Uuid, i64)> = recovery::Entity::find()
            .select_only()
            .column(recovery::Column::UserId)
            .column_as(recovery::Column::ExpiresAt.max(), "ends")
            .filter(recovery::Column::UserId.is_in(ids.iter().copied()))
            .filter(recovery::Column::Purpose.eq("invitation"))
            .group_by(recovery::Column::UserId)
            .into_tuple()
            .all(&self.db)
            .await?;
        for (id, ends) in invitations {
            figures.entry(id).or_default().invitation_ends = Some(ends);
        }
        Ok(figures)
    }

    /// Every team, by name.
    pub(crate) async fn teams(&self) -> Result<Vec<TeamRef>, Failure> {
        let rows = team::Entity::find()
            .order_by_asc(team::Column::Name)
            .order_by_asc(team::Column::Id)
            .all(&self.db)
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| TeamRef {
                id: TeamId(row.id),
                name: row.name,
            })
            .collect())
    }

    /// Those of `keys` somebody signs in with.
    pub(crate) async fn taken(&self, keys: &[String]) -> Result<Vec<String>, Failure> {
        let taken = identifier::Entity::find()
            .filter(identifier::Column::Key.is_in(keys.iter().map(String::as_str)))
            .all(&self.db)
            .await?;
        Ok(taken.into_iter().map(|row| row.key).collect())
    }

    /// Stores an invited person with what they sign in with, and their invitation: all of it or nothing. `false` where
    /// somebody has taken one of `keys` in the meantime.
    pub(crate) async fn invite(
        &self,
        row: user::Model,
        keys: Vec<String>,
        way_in: WayIn,
    ) -> Result<bool, Failure> {
        let id = row.id;
        let transaction = self.db.begin().await?;
        user::Entity::insert(row.into_active_model())
            .exec_without_returning(&transaction)
            .await?;
        let keys = keys
            .into_iter()
            .map(|key| identifier::Model { key, user_id: id }.into_active_model());
        let inserted = identifier::Entity::insert_many(keys)
            .exec_without_returning(&transaction)
            .await;
        if let Err(error) = inserted {
            transaction.rollback().await?;
            return match error.sql_err() {
                Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => Ok(false),
                _ => Err(error.into()),
            };
        }
        begin(&transaction, way_in).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Changes an account's mail address and lets everybody who is to know of it know: all of it or nothing.
    pub(crate) async fn change_email(&self, change: EmailChange) -> Result<EmailOutcome, Failure> {
        let EmailChange {
            user: id,
            earlier: (earlier, earlier_key),
            email: (email, key),
            search_text,
            notices,
            way_in,
        } = change;
        let transaction = self.db.begin().await?;
        let changed = user::Entity::update_many()
            .col_expr(user::Column::Email, Expr::value(email))
            .col_expr(user::Column::SearchText, Expr::value(search_text))
            .filter(user::Column::Id.eq(id))
            .filter(user::Column::Email.eq(earlier))
            .exec(&transaction)
            .await?;
        if changed.rows_affected == 0 {
            transaction.rollback().await?;
            return Ok(EmailOutcome::Outdated);
        }
        let named = identifier::Entity::update_many()
            .col_expr(identifier::Column::Key, Expr::value(key))
            .filter(identifier::Column::Key.eq(earlier_key))
            .filter(identifier::Column::UserId.eq(id))
            .exec(&transaction)
            .await;
        if let Err(error) = named {
            transaction.rollback().await?;
            return match error.sql_err() {
                Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => Ok(EmailOutcome::Taken),
                _ => Err(error.into()),
            };
        }
        enqueue(&transaction, notices).await?;
        if let Some(way_in) = way_in {
            begin(&transaction, way_in).await?;
        }
        transaction.commit().await?;
        Ok(EmailOutcome::Done)
    }

    /// Takes an account out of use: no session, no way in, no sign-in.
    pub(crate) async fn deactivate(&self, id: Uuid, now: i64) -> Result<Deactivation, Failure> {
        let transaction = self.db.begin().await?;
        // First of all, and for every administrator: whoever takes another one out of use waits here, on both
        // databases, so that two cannot do it to each other. The account itself comes before what hangs on it.
        user::Entity::update_many()
            .col_expr(user::Column::Active, Expr::col(user::Column::Active))
            .filter(
                Condition::any()
                    .add(user::Column::Role.eq(Role::Admin.as_str()))
                    .add(user::Column::Id.eq(id)),
            )
            .exec(&transaction)
            .await?;
        let others = user::Entity::find()
            .filter(user::Column::Role.eq(Role::Admin.as_str()))
            .filter(standing(UserStatus::Active))
            .filter(user::Column::Id.ne(id))
            .count(&transaction)
            .await?;
        let is_admin = user::Entity::find_by_id(id)
            .filter(user::Column::Role.eq(Role::Admin.as_str()))
            .count(&transaction)
            .await?
            > 0;
        if is_admin && others == 0 {
            transaction.rollback().await?;
            return Ok(Deactivation::LastAdmin);
        }
        let changed = user::Entity::update_many()
            .col_expr(user::Column::Active, Expr::value(false))
            .filter(user::Column::Id.eq(id))
            .filter(user::Column::Active.eq(true))
            .exec(&transaction)
            .await?;
        put_out(&transaction, id, now).await?;
        supersede(&transaction, id, now).await?;
        transaction.commit().await?;
        Ok(if changed.rows_affected == 1 {
            Deactivation::Done
        } else {
            Deactivation::Unchanged
        })
    }

    /// Takes an account into use again; `false` where it was.
    pub(crate) async fn activate(&self, id: Uuid) -> Result<bool, Failure> {
        let changed = user::Entity::update_many()
            .col_expr(user::Column::Active, Expr::value(true))
            .filter(user::Column::Id.eq(id))
            .filter(user::Column::Active.eq(false))
            .exec(&self.db)
            .await?;
        Ok(changed.rows_affected == 1)
    }

    /// Marks a person's password as known to others and ends every session; says how many there were. `None`, and nothing
    /// of it, where there is no password.
    pub(crate) async fn require_new_password(&self, id: Uuid, now: i64) -> Result<Option<u64>, Failure> {
        let transaction = self.db.begin().await?;
        let marked = user::Entity::update_many()
            .col_expr(user::Column::PasswordCompromised, Expr::value(true))
            .filter(user::Column::Id.eq(id))
            .filter(user::Column::PasswordHash.is_not_null())
            .exec(&transaction)
            .await?;
        if marked.rows_affected != 1 {
            transaction.rollback().await?;
            return Ok(None);
        }
        let ended = put_out(&transaction, id, now).await?;
        transaction.commit().await?;
        Ok(Some(ended))
    }

    /// Ends every session of a person; says how many there were.
    pub(crate) async fn end_sessions(&self, id: Uuid, now: i64) -> Result<u64, Failure> {
        let transaction = self.db.begin().await?;
        hold(&transaction, id).await?;
        let ended = put_out(&transaction, id, now).await?;
        transaction.commit().await?;
        Ok(ended)
    }
}

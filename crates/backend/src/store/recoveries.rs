//! Resets and invitations. What others could race is decided by one conditional statement each.

use portico_contract::locale::Locale;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseConnection, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, TransactionTrait as _,
};
use uuid::Uuid;

use super::entities::recovery::{ActiveModel, Column, Entity, Model};
use super::entities::user;
use super::messages::{NewMessage, enqueue};
use super::password_store::{NewPasswordRow, set_password};
use super::users::hold;
use crate::domain::failure::Failure;

/// The repository of resets and invitations.
#[derive(Clone)]
pub(crate) struct Recoveries {
    db: DatabaseConnection,
}

/// A way in with the message that tells of it.
pub(crate) struct WayIn {
    pub(crate) row: Model,
    pub(crate) message: NewMessage,
}

/// What an invited person chooses besides a password.
pub(crate) struct ChosenSettings {
    pub(crate) locale: Locale,
    pub(crate) time_zone: String,
}

/// What a reset or an invitation leads to.
pub(crate) struct Completion {
    pub(crate) recovery: Uuid,
    pub(crate) password: NewPasswordRow,
    pub(crate) settings: Option<ChosenSettings>,
}

fn open() -> Condition {
    Condition::all()
        .add(Column::UsedAt.is_null())
        .add(Column::SupersededAt.is_null())
}

/// Lets every open way in of a person end.
pub(super) async fn supersede<C: ConnectionTrait>(db: &C, user: Uuid, now: i64) -> Result<(), Failure> {
    Entity::update_many()
        .col_expr(Column::SupersededAt, Expr::value(Some(now)))
        .filter(Column::UserId.eq(user))
        .filter(open())
        .exec(db)
        .await?;
    Ok(())
}

/// Stores a way in and its message, in whatever transaction `db` is; it takes the place of those before it.
pub(super) async fn begin<C: ConnectionTrait>(db: &C, way_in: WayIn) -> Result<(), Failure> {
    let new = way_in.row;
    // Also where nobody is meant, so that it is the same work. The account comes first, as wherever something of it
    // changes: two that are begun at once would not see each other, and both stay open.
    let user = new.user_id.unwrap_or_default();
    hold(db, user).await?;
    supersede(db, user, new.created_at).await?;
    Entity::insert(new.into_active_model())
        .exec_without_returning(db)
        .await?;
    enqueue(db, [way_in.message]).await
}

impl Recoveries {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// Stores a way in and its message together.
    pub(crate) async fn begin(&self, way_in: WayIn) -> Result<(), Failure> {
        let transaction = self.db.begin().await?;
        begin(&transaction, way_in).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The newest invitation of a person.
    pub(crate) async fn invitation(&self, user: Uuid, purpose: &str) -> Result<Option<Model>, Failure> {
        let newest = Entity::find()
            .filter(Column::UserId.eq(user))
            .filter(Column::Purpose.eq(purpose))
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id)
            .one(&self.db)
            .await?;
        Ok(newest)
    }

    /// The one with `id`.
    pub(crate) async fn find(&self, id: Uuid) -> Result<Option<Model>, Failure> {
        Ok(Entity::find_by_id(id).one(&self.db).await?)
    }

    /// The one whose link holds the token with `hash`.
    pub(crate) async fn by_token(&self, hash: &str) -> Result<Option<Model>, Failure> {
        let found = Entity::find()
            .filter(Column::TokenHash.eq(hash))
            .one(&self.db)
            .await?;
        Ok(found)
    }

    /// The one that the browser with the cookie of `hash` asked for.
    pub(crate) async fn by_browser(&self, hash: &str) -> Result<Option<Model>, Failure> {
        let found = Entity::find()
            .filter(Column::BrowserHash.eq(hash))
            .one(&self.db)
            .await?;
        Ok(found)
    }

    /// The one whose code can be entered in the browser with the cookie of `hash`, if it was begun after `since`.
    pub(crate) async fn waiting(&self, browser_hash: &str, since: i64) -> Result<Option<Model>, Failure> {
        let found = Entity::find()
            .filter(Column::BrowserHash.eq(browser_hash))
            .filter(Column::CreatedAt.gt(since))
            .filter(open())
            .one(&self.db)
            .await?;
        Ok(found)
    }

    /// Notes that the code was right, and whether that is enough.
    pub(crate) async fn prove_code(&self, id: Uuid, now: i64, enough: bool) -> Result<(), Failure> {
        let row = ActiveModel {
            code_proven_at: Set(Some(now)),
            proven_at: Set(enough.then_some(now)),
            ..ActiveModel::default()
        };
        Entity::update_many()
            .set(row)
            .filter(Column::Id.eq(id))
            .filter(Column::CodeProvenAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Notes that everything asked for is proven.
    pub(crate) async fn prove(&self, id: Uuid, now: i64) -> Result<(), Failure> {
        Entity::update_many()
            .col_expr(Column::ProvenAt, Expr::value(Some(now)))
            .filter(Column::Id.eq(id))
            .filter(Column::ProvenAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Uses a way in up and does what it leads to: all of it or nothing. Of several requests with the same one exactly one
    /// gets the person as they are then.
    pub(crate) async fn complete(&self, completion: Completion) -> Result<Option<user::Model>, Failure> {
        let (person, now) = (completion.password.user, completion.password.now);
        let transaction = self.db.begin().await?;
        let settings = completion.settings.as_ref();
        let row = user::ActiveModel {
            // Written also where nothing is chosen, and first: an account that was just deactivated stops everything
            // here, and whoever changes it or sends another way in waits.
            active: Set(true),
            chosen_locale: settings.map_or(NotSet, |chosen| Set(Some(chosen.locale.tag().to_owned()))),
            time_zone: settings.map_or(NotSet, |chosen| Set(chosen.time_zone.clone())),
            ..user::ActiveModel::default()
        };
        let usable = user::Entity::update_many()
            .set(row)
            .filter(user::Column::Id.eq(person))
            .filter(user::Column::Active.eq(true))
            .exec(&transaction)
            .await?;
        let used = Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(Some(now)))
            .filter(Column::Id.eq(completion.recovery))
            .filter(open())
            .exec(&transaction)
            .await?;
        if used.rows_affected != 1 || usable.rows_affected != 1 {
            transaction.rollback().await?;
            return Ok(None);
        }
        let changed = set_password(&transaction, completion.password).await?;
        if changed.is_some() {
            transaction.commit().await?;
        } else {
            transaction.rollback().await?;
        }
        Ok(changed)
    }

    /// Forgets what ended before `horizon`.
    pub(crate) async fn purge(&self, horizon: i64) -> Result<(), Failure> {
        Entity::delete_many()
            .filter(Column::ExpiresAt.lt(horizon))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

//! Browsers people have signed in with.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseConnection, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};
use uuid::Uuid;

use super::entities::known_device;
use crate::domain::failure::Failure;

/// The repository of known browsers.
#[derive(Clone)]
pub(crate) struct KnownDevices {
    db: DatabaseConnection,
}

/// Notes in whatever transaction `db` is that a browser was used, how it described itself and where from, and until when
/// it is trusted if that is new.
pub(super) async fn see<C: ConnectionTrait>(
    db: &C,
    hash: &str,
    (user_agent, address): (Option<String>, Option<String>),
    now: i64,
    trusted_until: Option<i64>,
) -> Result<(), Failure> {
    let mut seen = known_device::Entity::update_many()
        .col_expr(known_device::Column::LastSeenAt, Expr::value(now))
        .col_expr(known_device::Column::UserAgent, Expr::value(user_agent))
        .col_expr(known_device::Column::Address, Expr::value(address));
    if trusted_until.is_some() {
        seen = seen.col_expr(known_device::Column::TrustedUntil, Expr::value(trusted_until));
    }
    seen.filter(known_device::Column::TokenHash.eq(hash))
        .exec(db)
        .await?;
    Ok(())
}

impl KnownDevices {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// The browser whose cookie has `hash`, if `user` has signed in with it.
    pub(crate) async fn known(&self, hash: &str, user: Uuid) -> Result<Option<known_device::Model>, Failure> {
        let device = known_device::Entity::find_by_id(hash.to_owned())
            .one(&self.db)
            .await?;
        Ok(device.filter(|device| device.user_id == user))
    }

    /// The browsers of `user`, those first that were used last.
    pub(crate) async fn of(&self, user: Uuid) -> Result<Vec<known_device::Model>, Failure> {
        Ok(known_device::Entity::find()
            .filter(known_device::Column::UserId.eq(user))
            .order_by_desc(known_device::Column::LastSeenAt)
            .order_by_desc(known_device::Column::Id)
            .all(&self.db)
            .await?)
    }

    /// Forgets the browser `id` of `user`; says by which hash it was known, if it was.
    pub(crate) async fn forget(&self, user: Uuid, id: Uuid) -> Result<Option<String>, Failure> {
        let found = known_device::Entity::find()
            .filter(known_device::Column::Id.eq(id))
            .filter(known_device::Column::UserId.eq(user))
            .one(&self.db)
            .await?;
        let Some(device) = found else { return Ok(None) };
        let gone = known_device::Entity::delete_many()
            .filter(known_device::Column::TokenHash.eq(device.token_hash.as_str()))
            .exec(&self.db)
            .await?;
        Ok((gone.rows_affected == 1).then_some(device.token_hash))
    }

    /// Forgets every browser of `user`.
    pub(crate) async fn forget_all(&self, user: Uuid) -> Result<(), Failure> {
        known_device::Entity::delete_many()
            .filter(known_device::Column::UserId.eq(user))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Forgets the browsers that were not used since `horizon`.
    pub(crate) async fn purge(&self, horizon: i64) -> Result<(), Failure> {
        known_device::Entity::delete_many()
            .filter(known_device::Column::LastSeenAt.lt(horizon))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

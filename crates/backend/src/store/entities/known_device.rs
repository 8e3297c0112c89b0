//! A browser somebody has signed in with before, by the hash of what its cookie holds.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "known_devices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    /// Names it; what its cookie holds does not follow from that.
    #[sea_orm(unique)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub created_at: i64,
    pub last_seen_at: i64,
    /// Until when the second factor is not asked for in it.
    pub trusted_until: Option<i64>,
    /// How it described itself when it was last used: the sender's own text.
    pub user_agent: Option<String>,
    /// The address it was last used from.
    pub address: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

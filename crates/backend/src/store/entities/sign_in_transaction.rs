//! A sign-in that has a step left, by the hash of what its cookie holds.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_transactions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    pub user_id: Uuid,
    pub identifier_hash: String,
    /// The one step that may follow.
    pub step: String,
    /// What has been proven so far.
    pub proven: String,
    pub remember: bool,
    /// Whether the second factor was.
    pub factor: bool,
    /// Whether the browser is to do without it for a while.
    pub trust: bool,
    /// Why a new password follows, where one does.
    pub change: Option<String>,
    pub created_at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

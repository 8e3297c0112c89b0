//! A way in without a password: a reset's link and code, or an invitation. Secrets are kept as hashes only. One without
//! a user was asked for by a name nobody has.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recoveries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub purpose: String,
    pub user_id: Option<Uuid>,
    pub asked_for: Option<String>,
    pub token_hash: String,
    pub code_tag: Option<Vec<u8>>,
    pub browser_hash: Option<String>,
    pub address_tag: String,
    pub sent_by: Option<Uuid>,
    pub locale: String,
    pub created_at: i64,
    pub expires_at: i64,
    pub code_proven_at: Option<i64>,
    pub proven_at: Option<i64>,
    pub used_at: Option<i64>,
    pub superseded_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

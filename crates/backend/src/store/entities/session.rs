//! A signed-in session: the family of its refresh tokens.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub created_at: i64,
    pub expires_at: i64,
    pub last_active_at: i64,
    pub revoked_at: Option<i64>,
    /// Milliseconds it lasts without activity.
    pub idle: i64,
    /// Whether it was kept over the closing of the browser.
    pub remembered: bool,
    /// What it was begun with, those first that were shown first.
    pub method: String,
    /// When the password, or a passkey that stands for it, was last shown in it.
    pub password_at: i64,
    /// When the second factor was last shown in it.
    pub factor_at: Option<i64>,
    /// How the browser it was begun in describes itself: the sender's own text.
    pub user_agent: Option<String>,
    /// The address it was begun from.
    pub address: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

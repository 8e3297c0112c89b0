//! A customer.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i32,
    pub name: String,
    pub sort_key: String,
    pub search_name: String,
    pub search_text: String,
    pub search_phones: String,
    pub kind: String,
    pub status: String,
    pub industry: String,
    pub employees: Option<i32>,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: String,
    pub website: Option<String>,
    pub owner_id: Uuid,
    pub team_id: Uuid,
    pub language: String,
    pub channel: String,
    pub custom_fields: String,
    pub created_at: i64,
    pub updated_at: i64,
    pub last_activity_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

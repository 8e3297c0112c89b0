//! A deal.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i32,
    pub name: String,
    pub search_name: String,
    pub customer_id: Uuid,
    pub pipeline_id: Uuid,
    pub stage_id: Uuid,
    pub rank: i64,
    pub amount_minor: i64,
    pub currency: String,
    pub probability: i32,
    pub expected_close: String,
    pub owner_id: Uuid,
    pub team_id: Uuid,
    pub next_step_text: Option<String>,
    pub next_step_due: Option<String>,
    pub lost_reason: Option<String>,
    pub stage_entered_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

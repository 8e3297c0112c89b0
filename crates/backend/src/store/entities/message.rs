//! A message that waits to be sent. An empty recipient is nobody.

use sea_orm::entity::prelude::*;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub channel: String,
    pub letter: String,
    pub recipient: String,
    pub locale: String,
    pub subject: String,
    pub body: String,
    pub created_at: i64,
    pub due_at: i64,
    pub ends_at: i64,
    pub tries: i32,
    /// How often the other side did not want it.
    pub refusals: i32,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Message({})", self.id)
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

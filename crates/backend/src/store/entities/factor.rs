//! Something a person shows as a second factor. Until it was shown once it is pending and counts for nothing.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "factors")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub kind: String,
    pub name: Option<String>,
    /// The secret, as `domain/second_factor/seal.rs` seals it.
    pub sealed: Vec<u8>,
    /// The key it is sealed with.
    pub key_id: String,
    /// Which passkey it is, in base64url; nothing where it is none.
    pub credential: Option<String>,
    /// The newest step of time whose code was taken.
    pub last_step: Option<i64>,
    pub created_at: i64,
    pub confirmed_at: Option<i64>,
    /// The session or the running sign-in that enrols it, while it is pending.
    pub holder: Option<String>,
    pub last_used_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

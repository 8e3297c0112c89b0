//! Keys for what people have typed and not yet sent. They are made when they are first needed.

use sea_orm_migration::prelude::*;

/// Adds the table of draft keys.
pub(crate) struct DraftKeys;

const TABLE: &str = "CREATE TABLE draft_keys (
  user_id {uuid} NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  secret {text} NOT NULL
);
";

impl MigrationName for DraftKeys {
    fn name(&self) -> &'static str {
        "m0002_draft_keys"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for DraftKeys {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(TABLE, manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

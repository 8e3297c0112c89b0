//! Codes that are sent as a second factor, and whether the password came by a message as well.

use sea_orm_migration::prelude::*;

/// Adds them.
pub(crate) struct SentCodes;

const TABLES: &str = "ALTER TABLE users ADD COLUMN password_by_message BOOLEAN NOT NULL DEFAULT FALSE;
CREATE TABLE sent_codes (
  holder {text} NOT NULL PRIMARY KEY,
  tag {bytes} NOT NULL,
  tries INTEGER NOT NULL,
  expires_at BIGINT NOT NULL
);
";

impl MigrationName for SentCodes {
    fn name(&self) -> &'static str {
        "m0014_sent_codes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SentCodes {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(TABLES, manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

//! Passkeys, and the questions they answer.

use sea_orm_migration::prelude::*;

/// Adds them.
pub(crate) struct Passkeys;

const TABLES: &str = "ALTER TABLE factors ADD COLUMN credential {text};
CREATE UNIQUE INDEX factors_by_credential ON factors (credential);
CREATE TABLE passkey_ceremonies (
  hash {text} NOT NULL PRIMARY KEY,
  holder {text} NOT NULL,
  state {text} NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX passkey_ceremonies_by_end ON passkey_ceremonies (expires_at);
";

impl MigrationName for Passkeys {
    fn name(&self) -> &'static str {
        "m0013_passkeys"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Passkeys {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(TABLES, manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

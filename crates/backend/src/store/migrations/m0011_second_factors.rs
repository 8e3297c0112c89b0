//! Second factors, recovery codes, browsers that are trusted, and what a session was begun with.

use sea_orm_migration::prelude::*;

/// Adds them.
pub(crate) struct SecondFactors;

const TABLES: &str = "ALTER TABLE users ADD COLUMN enrolment_due BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE sessions ADD COLUMN method {text} NOT NULL DEFAULT 'password';
ALTER TABLE sessions ADD COLUMN password_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN factor_at BIGINT;
UPDATE sessions SET password_at = created_at;
ALTER TABLE known_devices ADD COLUMN trusted_until BIGINT;
ALTER TABLE sign_in_transactions ADD COLUMN change {text};
ALTER TABLE sign_in_transactions ADD COLUMN factor BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE sign_in_transactions ADD COLUMN trust BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE admin_requests ADD COLUMN kind {text} NOT NULL DEFAULT 'password';
CREATE TABLE factors (
  id {uuid} NOT NULL PRIMARY KEY,
  user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  kind {text} NOT NULL,
  name {text},
  sealed {bytes} NOT NULL,
  key_id {text} NOT NULL,
  last_step BIGINT,
  created_at BIGINT NOT NULL,
  confirmed_at BIGINT,
  holder {text},
  last_used_at BIGINT
);
CREATE INDEX factors_by_user ON factors (user_id);
CREATE TABLE recovery_codes (
  id {uuid} NOT NULL PRIMARY KEY,
  user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  selector {text} NOT NULL,
  hash {text} NOT NULL,
  used_at BIGINT,
  UNIQUE (user_id, selector)
);
";

impl MigrationName for SecondFactors {
    fn name(&self) -> &'static str {
        "m0011_second_factors"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SecondFactors {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(TABLES, manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

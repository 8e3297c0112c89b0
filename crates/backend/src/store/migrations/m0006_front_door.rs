//! What guards the sign-in: counters of failed tries, known devices, running sign-ins, and what is known about passwords
//! and sessions beyond their hashes and ends.

use sea_orm_migration::prelude::*;

/// Adds it.
pub(crate) struct FrontDoor;

// The older counters are forgotten: none of them is valid for more than a quarter of an hour.
const TABLES: &str = "ALTER TABLE users ADD COLUMN password_changed_at BIGINT;
ALTER TABLE users ADD COLUMN password_temporary_until BIGINT;
ALTER TABLE users ADD COLUMN password_compromised BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE users SET password_changed_at = created_at WHERE password_hash IS NOT NULL;
ALTER TABLE sessions ADD COLUMN idle BIGINT NOT NULL DEFAULT 1800000;
ALTER TABLE sessions ADD COLUMN remembered BOOLEAN NOT NULL DEFAULT FALSE;
CREATE TABLE password_history (
  id {uuid} NOT NULL PRIMARY KEY,
  user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  retired_at BIGINT NOT NULL,
  hash {text} NOT NULL
);
CREATE INDEX password_history_by_user ON password_history (user_id, retired_at);
CREATE TABLE throttles (
  key {text} NOT NULL PRIMARY KEY,
  window_started_at BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  in_a_row BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  blocked_until BIGINT NOT NULL,
  last_at BIGINT NOT NULL
);
CREATE INDEX throttles_by_age ON throttles (last_at);
CREATE TABLE known_devices (
  token_hash {text} NOT NULL PRIMARY KEY,
  user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL
);
CREATE INDEX known_devices_by_user ON known_devices (user_id);
CREATE TABLE sign_in_transactions (
  hash {text} NOT NULL PRIMARY KEY,
  user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  identifier_hash {text} NOT NULL,
  step {text} NOT NULL,
  proven {text} NOT NULL,
  remember BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX sign_in_transactions_by_user ON sign_in_transactions (user_id);
CREATE INDEX sign_in_transactions_by_expiry ON sign_in_transactions (expires_at);
DROP TABLE sign_in_failures;
";

impl MigrationName for FrontDoor {
    fn name(&self) -> &'static str {
        "m0006_front_door"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for FrontDoor {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(TABLES, manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

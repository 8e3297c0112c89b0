//! What sessions and known browsers say about themselves to the person they belong to, and a public name of a browser.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

/// Adds it.
pub(crate) struct Devices;

// Known browsers are copied, for SQLite adds no column without a default that must not be empty. They keep what they
// are known by, so nobody is told of a new device, or has to show a second factor, because of an update.
const TABLES: &str = "ALTER TABLE sessions ADD COLUMN user_agent {text};
ALTER TABLE sessions ADD COLUMN address {text};
CREATE TABLE named_devices (
  token_hash {text} NOT NULL PRIMARY KEY,
  id {uuid} NOT NULL UNIQUE,
  user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  trusted_until BIGINT,
  user_agent {text},
  address {text}
);
INSERT INTO named_devices (token_hash, id, user_id, created_at, last_seen_at, trusted_until)
  SELECT token_hash, {random}, user_id, created_at, last_seen_at, trusted_until FROM known_devices;
DROP TABLE known_devices;
ALTER TABLE named_devices RENAME TO known_devices;
CREATE INDEX known_devices_by_user ON known_devices (user_id);
CREATE INDEX audit_events_by_session ON audit_events (session_hash, at, id);
";

impl MigrationName for Devices {
    fn name(&self) -> &'static str {
        "m0012_devices"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Devices {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let random = match manager.get_database_backend() {
            DbBackend::Postgres => "gen_random_uuid()",
            _ => "randomblob(16)",
        };
        super::run(&TABLES.replace("{random}", random), manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

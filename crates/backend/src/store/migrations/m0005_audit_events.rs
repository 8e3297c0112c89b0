//! What happened with accounts, sessions and rights. The database itself refuses to change or remove any of it.

use sea_orm::{ConnectionTrait as _, DbBackend};
use sea_orm_migration::prelude::*;

/// Adds the audit log.
pub(crate) struct AuditEvents;

// Without foreign keys: what happened stays, also when the person it happened to is gone.
const TABLE: &str = "CREATE TABLE audit_events (
  id {uuid} NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  event {text} NOT NULL,
  outcome {text} NOT NULL,
  actor_id {uuid},
  subject_id {uuid},
  identifier_hash {text},
  address {text},
  user_agent {text},
  session_hash {text},
  request_id {uuid},
  detail {text} NOT NULL
);
CREATE INDEX audit_events_by_time ON audit_events (at, id);
CREATE INDEX audit_events_by_subject ON audit_events (subject_id, at, id);
";

const SQLITE: [&str; 3] = [
    "CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
     BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END",
    "CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
     BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END",
    // `INSERT OR REPLACE` removes the older row without asking the trigger above.
    "CREATE TRIGGER audit_events_no_replace BEFORE INSERT ON audit_events
     WHEN EXISTS (SELECT 1 FROM audit_events WHERE id = NEW.id)
     BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END",
];

const POSTGRES: [&str; 2] = [
    "CREATE FUNCTION refuse_change_of_audit_events() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'audit events are append-only'; END $$",
    "CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_events()",
];

impl MigrationName for AuditEvents {
    fn name(&self) -> &'static str {
        "m0005_audit_events"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AuditEvents {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(TABLE, manager).await?;
        let guards: &[&str] = match manager.get_database_backend() {
            DbBackend::Postgres => &POSTGRES,
            _ => &SQLITE,
        };
        for guard in guards {
            manager.get_connection().execute_unprepared(guard).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

//! What is to be sent waits in the database, written together with what caused it.

use sea_orm_migration::prelude::*;

/// Adds the queue of messages and the demonstration's outbox.
pub(crate) struct Messages;

const TABLES: &str = "CREATE TABLE messages (
  id {uuid} NOT NULL PRIMARY KEY,
  channel {text} NOT NULL,
  letter {text} NOT NULL,
  recipient {text} NOT NULL,
  locale {text} NOT NULL,
  subject {text} NOT NULL,
  body {text} NOT NULL,
  created_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  tries INTEGER NOT NULL
);
CREATE INDEX messages_due ON messages (channel, due_at);
CREATE TABLE outbox (
  id {uuid} NOT NULL PRIMARY KEY,
  channel {text} NOT NULL,
  recipient {text} NOT NULL,
  subject {text} NOT NULL,
  body {text} NOT NULL,
  sent_at BIGINT NOT NULL
);
";

impl MigrationName for Messages {
    fn name(&self) -> &'static str {
        "m0007_messages"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Messages {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(TABLES, manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

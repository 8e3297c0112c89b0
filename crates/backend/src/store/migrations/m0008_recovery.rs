//! Ways in without a password, requests to the administrators, and what the list of accounts shows and is searched by.

use sea_orm::{ConnectionTrait as _, Statement};
use sea_orm_migration::prelude::*;
use uuid::Uuid;

use crate::domain::search::{search_text, sort_key};

/// Adds resets, invitations, requests and questions.
pub(crate) struct Recovery;

const TABLES: &str = "CREATE TABLE recoveries (
  id {uuid} NOT NULL PRIMARY KEY,
  purpose {text} NOT NULL,
  user_id {uuid} REFERENCES users (id) ON DELETE CASCADE,
  asked_for {text},
  token_hash {text} NOT NULL UNIQUE,
  code_tag {bytes},
  browser_hash {text},
  address_tag {text} NOT NULL,
  sent_by {uuid} REFERENCES users (id) ON DELETE SET NULL,
  locale {text} NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  tries INTEGER NOT NULL,
  code_proven_at BIGINT,
  proven_at BIGINT,
  used_at BIGINT,
  superseded_at BIGINT
);
CREATE INDEX recoveries_user ON recoveries (user_id, created_at);
CREATE INDEX recoveries_asked_for ON recoveries (asked_for, created_at);
CREATE INDEX recoveries_browser ON recoveries (browser_hash);
CREATE INDEX recoveries_created ON recoveries (created_at);
CREATE TABLE admin_requests (
  id {uuid} NOT NULL PRIMARY KEY,
  user_id {uuid} REFERENCES users (id) ON DELETE CASCADE,
  reason {text} NOT NULL,
  state {text} NOT NULL,
  created_at BIGINT NOT NULL,
  answered_by {uuid} REFERENCES users (id) ON DELETE SET NULL,
  answered_at BIGINT,
  note {text}
);
CREATE INDEX admin_requests_created ON admin_requests (created_at);
CREATE TABLE security_questions (
  user_id {uuid} NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  question {text} NOT NULL,
  answer_hash {text} NOT NULL
);
ALTER TABLE users ADD COLUMN verified_phone {text};
ALTER TABLE users ADD COLUMN last_sign_in_at BIGINT;
ALTER TABLE users ADD COLUMN sort_key {text} NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN search_text {text} NOT NULL DEFAULT '';
CREATE INDEX users_sort ON users (sort_key, id);
CREATE INDEX sessions_user ON sessions (user_id);
";

impl MigrationName for Recovery {
    fn name(&self) -> &'static str {
        "m0008_recovery"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Recovery {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(TABLES, manager).await?;
        let connection = manager.get_connection();
        let backend = manager.get_database_backend();
        let people = "SELECT id, name, email, employee_number, username FROM users";
        let rows = connection
            .query_all_raw(Statement::from_string(backend, people))
            .await?;
        for row in rows {
            let id: Uuid = row.try_get_by_index(0)?;
            let name: String = row.try_get_by_index(1)?;
            let (email, number): (String, String) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
            let username: Option<String> = row.try_get_by_index(4)?;
            let words = [&name, &email, &number].into_iter().chain(&username);
            let values = [
                sort_key(&name).into(),
                search_text(words.map(String::as_str)).into(),
                id.into(),
            ];
            let fill = "UPDATE users SET sort_key = $1, search_text = $2 WHERE id = $3";
            connection
                .execute_raw(Statement::from_sql_and_values(backend, fill, values))
                .await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

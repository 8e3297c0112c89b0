//! Failed sign-ins by identifier, counted in one statement so that parallel tries cannot hide behind each other.

use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};

use crate::domain::failure::Failure;

const COUNT: &str = "
    INSERT INTO sign_in_failures (identifier_hash, window_started_at, failures) VALUES ($1, $2, 1)
    ON CONFLICT (identifier_hash) DO UPDATE SET
        failures = CASE WHEN sign_in_failures.window_started_at <= $3 THEN 1 ELSE sign_in_failures.failures + 1 END,
        window_started_at = CASE WHEN sign_in_failures.window_started_at <= $3
            THEN excluded.window_started_at ELSE sign_in_failures.window_started_at END
    RETURNING failures, window_started_at";

/// The repository of failed sign-ins.
#[derive(Clone)]
pub(crate) struct SignInFailures {
    db: DatabaseConnection,
}

impl SignInFailures {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    fn statement(&self, sql: &str, values: Vec<sea_orm::Value>) -> Statement {
        Statement::from_sql_and_values(self.db.get_database_backend(), sql, values)
    }

    /// Counts one try now. A window that began at or before `horizon` is over and starts anew. Answers how many tries
    /// the window holds and when it began.
    pub(crate) async fn count(
        &self,
        identifier: &str,
        now: i64,
        horizon: i64,
    ) -> Result<(i64, i64), Failure> {
        let values = vec![identifier.into(), now.into(), horizon.into()];
        let row = self.db.query_one_raw(self.statement(COUNT, values)).await?;
        let row = row.ok_or_else(|| Failure::internal("a count was not answered"))?;
        Ok((
            row.try_get("", "failures")?,
            row.try_get("", "window_started_at")?,
        ))
    }

    /// Forgets the tries of an identifier.
    pub(crate) async fn forget(&self, identifier: &str) -> Result<(), Failure> {
        let sql = "DELETE FROM sign_in_failures WHERE identifier_hash = $1";
        self.db
            .execute_raw(self.statement(sql, vec![identifier.into()]))
            .await?;
        Ok(())
    }

    /// Forgets the windows that began before `horizon`.
    pub(crate) async fn purge(&self, horizon: i64) -> Result<(), Failure> {
        let sql = "DELETE FROM sign_in_failures WHERE window_started_at < $1";
        self.db
            .execute_raw(self.statement(sql, vec![horizon.into()]))
            .await?;
        Ok(())
    }
}

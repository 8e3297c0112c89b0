//! Counters of failed tries. A try is counted and admitted in one statement, so that parallel tries cannot hide behind
//! each other.

use std::fmt::Write as _;

use sea_orm::{ConnectionTrait as _, DatabaseConnection, QueryResult, Statement};

use crate::domain::failure::Failure;
use crate::domain::throttle::Ladder;

/// A counter as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    /// Tries within the window.
    pub(crate) failures: i64,
    /// Tries since the last one that succeeded.
    pub(crate) in_a_row: i64,
    /// Tries that were not admitted since the last one that was.
    pub(crate) refused: i64,
    /// No try is admitted before.
    pub(crate) blocked_until: i64,
}

/// The repository of counters.
#[derive(Clone)]
pub(crate) struct Throttles {
    db: DatabaseConnection,
}

/// How long to pause after so many `failures`, as SQL.
fn pause(ladder: &Ladder, failures: &str) -> String {
    // The longest pause first: the first condition that holds decides. A ladder may have none.
    let pauses = ladder
        .pauses
        .iter()
        .rev()
        .fold(String::new(), |mut cases, (from, pause)| {
            // Writing to a String cannot fail.
            let _ = write!(cases, " WHEN {failures} >= {from} THEN {pause}");
            cases
        });
    format!("(CASE WHEN FALSE THEN 0{pauses} ELSE 0 END)")
}

/// The statement that takes a try on `ladder` back: what it would have closed is as open as the tries that are left leave
/// it.
fn taking_back(ladder: &Ladder) -> String {
    format!(
        "UPDATE throttles SET
            failures = failures - 1,
            in_a_row = CASE WHEN in_a_row > 0 THEN in_a_row - 1 ELSE 0 END,
            blocked_until = last_at + {}
         WHERE key = $1 AND failures > 0",
        pause(ladder, "(failures - 1)")
    )
}

/// The statement that counts a try on `ladder`, or answers nothing if it is not admitted.
fn admission(ladder: &Ladder) -> String {
    let failures = "(CASE WHEN throttles.window_started_at <= $3 THEN 1 ELSE throttles.failures + 1 END)";
    let pause = pause(ladder, failures);
    let at_once = ladder.pauses.iter().filter(|(from, _)| *from <= 1);
    let first_pause = at_once.map(|(_, pause)| *pause).max().unwrap_or(0);
    format!(
        "INSERT INTO throttles (key, window_started_at, failures, in_a_row, refused, blocked_until, last_at)
         VALUES ($1, $2, 1, 1, 0, $2 + {first_pause}, $2)
         ON CONFLICT (key) DO UPDATE SET
            failures = {failures},
            window_started_at = CASE WHEN throttles.window_started_at <= $3
                THEN excluded.window_started_at ELSE throttles.window_started_at END,
            in_a_row = throttles.in_a_row + 1,
            refused = 0,
            blocked_until = excluded.last_at + {pause},
            last_at = excluded.last_at
         WHERE throttles.blocked_until <= $2 AND throttles.in_a_row < {}
         RETURNING failures, in_a_row, refused, blocked_until",
        ladder.most_in_a_row
    )
}

const REFUSAL: &str = "UPDATE throttles SET refused = refused + 1, last_at = $2 WHERE key = $1
    RETURNING failures, in_a_row, refused, blocked_until";

fn count(row: &QueryResult) -> Result<Count, Failure> {
    Ok(Count {
        failures: row.try_get("", "failures")?,
        in_a_row: row.try_get("", "in_a_row")?,
        refused: row.try_get("", "refused")?,
        blocked_until: row.try_get("", "blocked_until")?,
    })
}

impl Throttles {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    fn statement(&self, sql: &str, values: Vec<sea_orm::Value>) -> Statement {
        Statement::from_sql_and_values(self.db.get_database_backend(), sql, values)
    }

    async fn execute(&self, sql: &str, values: Vec<sea_orm::Value>) -> Result<(), Failure> {
        self.db.execute_raw(self.statement(sql, values)).await?;
        Ok(())
    }

    /// Counts a try of `key` as failed, until it turns out to succeed. `None` when it is not admitted.
    pub(crate) async fn admit(&self, key: &str, ladder: &Ladder, now: i64) -> Result<Option<Count>, Failure> {
        let values = vec![key.into(), now.into(), (now - ladder.window).into()];
        let statement = self.statement(&admission(ladder), values);
        let row = self.db.query_one_raw(statement).await?;
        row.as_ref().map(count).transpose()
    }

    /// Whether a try of `key` would not be admitted. Counts nothing.
    pub(crate) async fn is_closed(&self, key: &str, now: i64) -> Result<bool, Failure> {
        let sql = "SELECT failures, in_a_row, refused, blocked_until FROM throttles WHERE key = $1";
        let row = self
            .db
            .query_one_raw(self.statement(sql, vec![key.into()]))
            .await?;
        let count = row.as_ref().map(count).transpose()?;
        Ok(count.is_some_and(|count| count.blocked_until > now))
    }

    /// The longest row of failures of the counters `keys`.
    pub(crate) async fn most_in_a_row(&self, keys: Vec<String>) -> Result<i64, Failure> {
        let places: Vec<_> = (1..=keys.len()).map(|place| format!("${place}")).collect();
        let sql = format!(
            "SELECT COALESCE(MAX(in_a_row), 0) AS most FROM throttles WHERE key IN ({})",
            places.join(", ")
        );
        let values = keys.into_iter().map(Into::into).collect();
        let row = self.db.query_one_raw(self.statement(&sql, values)).await?;
        Ok(row.map(|row| row.try_get("", "most")).transpose()?.unwrap_or(0))
    }

    /// Counts a try that was not admitted, and says why; `None` if the counter is gone by now.
    pub(crate) async fn refuse(&self, key: &str, now: i64) -> Result<Option<Count>, Failure> {
        let statement = self.statement(REFUSAL, vec![key.into(), now.into()]);
        let row = self.db.query_one_raw(statement).await?;
        row.as_ref().map(count).transpose()
    }

    /// Takes back one try that turned out not to be a failure.
    pub(crate) async fn give_back(&self, key: &str, ladder: &Ladder) -> Result<(), Failure> {
        self.execute(&taking_back(ladder), vec![key.into()]).await
    }

    /// The row of failures is over; the window and what it closed stay.
    pub(crate) async fn end_row(&self, key: &str) -> Result<(), Failure> {
        let sql = "UPDATE throttles SET in_a_row = 0 WHERE key = $1";
        self.execute(sql, vec![key.into()]).await
    }

    /// Forgets a counter.
    pub(crate) async fn forget(&self, key: &str) -> Result<(), Failure> {
        self.execute("DELETE FROM throttles WHERE key = $1", vec![key.into()])
            .await
    }

    /// Forgets the counters that nobody has moved since `horizon`, but of the `kinds` that close something for good none
    /// that has counted so many in a row.
    pub(crate) async fn purge(
        &self,
        horizon: i64,
        kinds: &[&str],
        most_in_a_row: i64,
    ) -> Result<(), Failure> {
        let closing: Vec<_> = kinds.iter().map(|kind| format!("key LIKE '{kind}:%'")).collect();
        let sql = format!(
            "DELETE FROM throttles WHERE last_at < $1 AND (in_a_row < $2 OR NOT ({}))",
            closing.join(" OR ")
        );
        self.execute(&sql, vec![horizon.into(), most_in_a_row.into()])
            .await
    }
}

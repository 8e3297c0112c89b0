//! Opening the database: its file, its limits, its schema.

use std::path::Path;
use std::time::Duration;

use sea_orm::{ConnectOptions, Database, DbErr};
use sea_orm_migration::MigratorTrait as _;

use super::Store;
use super::migrations::Migrator;

/// A writer waits this long for another one.
const BUSY: Duration = Duration::from_secs(5);
const MAX_CONNECTIONS: u32 = 10;

/// Why the database cannot be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The address is neither SQLite nor PostgreSQL.
    UnknownKind,
    /// The folder of the SQLite file cannot be made.
    Folder(std::io::Error),
    /// The database refuses.
    Database(DbErr),
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownKind => f.write_str("the database must be sqlite://… or postgres://…"),
            Self::Folder(error) => write!(f, "the database's folder cannot be made: {error}"),
            Self::Database(error) => write!(f, "the database cannot be opened: {error}"),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<DbErr> for OpenError {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}

/// Whether `url` names a PostgreSQL server; `None` for neither kind.
fn is_postgres(url: &str) -> Option<bool> {
    let scheme = url.split(':').next()?;
    match scheme {
        "postgres" | "postgresql" => Some(true),
        "sqlite" => Some(false),
        _ => None,
    }
}

fn make_folder(url: &str) -> Result<(), OpenError> {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    let file = path.split('?').next().unwrap_or_default();
    match Path::new(file).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => {
            std::fs::create_dir_all(folder).map_err(OpenError::Folder)
        }
        _ => Ok(()),
    }
}

impl Store {
    /// Opens the database at `url` and brings its schema up to date. A missing SQLite file is made.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let store = Self::connect(url).await?;
        Migrator::up(&store.db, None).await?;
        Ok(store)
    }

    /// Opens the database at `url` as it is.
    pub async fn connect(url: &str) -> Result<Self, OpenError> {
        let mut options = ConnectOptions::new(url);
        if !is_postgres(url).ok_or(OpenError::UnknownKind)? {
            make_folder(url)?;
            options.map_sqlx_sqlite_opts(|options| {
                options
                    .create_if_missing(true)
                    .journal_mode(sea_orm::sqlx::sqlite::SqliteJournalMode::Wal)
                    // With a write-ahead log NORMAL would lose the last commits when the power fails.
                    .synchronous(sea_orm::sqlx::sqlite::SqliteSynchronous::Full)
                    .foreign_keys(true)
                    .busy_timeout(BUSY)
            });
        }
        options
            .max_connections(MAX_CONNECTIONS)
            .acquire_timeout(Duration::from_secs(8))
            .connect_timeout(Duration::from_secs(8))
            // Statements would carry search words and names into the log.
            .sqlx_logging(false);
        Ok(Self {
            db: Database::connect(options).await?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_scheme() {
        assert_eq!(is_postgres("postgres://u@h/db"), Some(true));
        assert_eq!(is_postgres("sqlite://data/portico.sqlite"), Some(false));
        assert_eq!(is_postgres("mysql://h/db"), None);
    }
}

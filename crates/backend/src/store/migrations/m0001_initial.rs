//! The first schema.

use sea_orm_migration::prelude::*;

/// Creates every table of the first release.
pub(crate) struct Initial;

impl MigrationName for Initial {
    fn name(&self) -> &'static str {
        "m0001_initial"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Initial {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let backend = manager.get_database_backend();
        for statement in super::statements(include_str!("m0001_initial.sql"), backend) {
            connection.execute_unprepared(&statement).await?;
        }
        Ok(())
    }

    /// PostgreSQL takes the schema back by itself when a statement fails; SQLite must be told to.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

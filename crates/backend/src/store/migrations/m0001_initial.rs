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
        super::run(include_str!("m0001_initial.sql"), manager).await
    }

    /// PostgreSQL takes the schema back by itself when a statement fails; SQLite must be told to.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

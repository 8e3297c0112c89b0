//! Tries of codes are counted by the throttle, refusals of messages apart from tries.

use sea_orm_migration::prelude::*;

/// Moves them.
pub(crate) struct CountedElsewhere;

const COLUMNS: &str = "ALTER TABLE recoveries DROP COLUMN tries;
ALTER TABLE messages ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0;
";

impl MigrationName for CountedElsewhere {
    fn name(&self) -> &'static str {
        "m0009_counted_elsewhere"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CountedElsewhere {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(COLUMNS, manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

//! What names are found by: those of customers apart from their people's, and those of deals.

use sea_orm::{ConnectionTrait as _, Statement};
use sea_orm_migration::prelude::*;
use uuid::Uuid;

use crate::domain::search::search_text;

/// Adds the spellings of customers' and deals' names.
pub(crate) struct SearchNames;

const COLUMNS: &str = "ALTER TABLE customers ADD COLUMN search_name {text} NOT NULL DEFAULT '';
ALTER TABLE deals ADD COLUMN search_name {text} NOT NULL DEFAULT '';
";

impl MigrationName for SearchNames {
    fn name(&self) -> &'static str {
        "m0004_search_names"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SearchNames {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(COLUMNS, manager).await?;
        fill(
            manager,
            "SELECT id, name FROM customers",
            "UPDATE customers SET search_name = $1 WHERE id = $2",
        )
        .await?;
        fill(
            manager,
            "SELECT id, name FROM deals",
            "UPDATE deals SET search_name = $1 WHERE id = $2",
        )
        .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn fill(manager: &SchemaManager<'_>, select: &str, update: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let backend = manager.get_database_backend();
    let rows = connection
        .query_all_raw(Statement::from_string(backend, select))
        .await?;
    for row in rows {
        let (id, name): (Uuid, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let values = [search_text([name.as_str()]).into(), id.into()];
        connection
            .execute_raw(Statement::from_sql_and_values(backend, update, values))
            .await?;
    }
    Ok(())
}

//! A language is one that somebody chose, or none: then the browser's decides. Until now nobody could choose, so what
//! the accounts were made with is forgotten.

use sea_orm_migration::prelude::*;

/// Makes room for a chosen language in place of a given one.
pub(crate) struct ChosenLocale;

const COLUMNS: &str = "ALTER TABLE users ADD COLUMN chosen_locale {text};
ALTER TABLE users DROP COLUMN locale;
";

impl MigrationName for ChosenLocale {
    fn name(&self) -> &'static str {
        "m0003_chosen_locale"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ChosenLocale {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(COLUMNS, manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

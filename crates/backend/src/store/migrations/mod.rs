//! Schema changes in the order they happened. A released file is never edited.

use sea_orm_migration::prelude::*;

mod m0001_initial;
mod m0002_draft_keys;
mod m0003_chosen_locale;
mod m0004_search_names;
mod m0005_audit_events;
mod m0006_front_door;
mod m0007_messages;
mod m0008_recovery;
mod m0009_counted_elsewhere;
mod m0010_phone_identifiers;
mod m0011_second_factors;
mod m0012_devices;
mod m0013_passkeys;
mod m0014_sent_codes;

/// Every migration.
pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_initial::Initial),
            Box::new(m0002_draft_keys::DraftKeys),
            Box::new(m0003_chosen_locale::ChosenLocale),
            Box::new(m0004_search_names::SearchNames),
            Box::new(m0005_audit_events::AuditEvents),
            Box::new(m0006_front_door::FrontDoor),
            Box::new(m0007_messages::Messages),
            Box::new(m0008_recovery::Recovery),
            Box::new(m0009_counted_elsewhere::CountedElsewhere),
            Box::new(m0010_phone_identifiers::PhoneIdentifiers),
            Box::new(m0011_second_factors::SecondFactors),
            Box::new(m0012_devices::Devices),
            Box::new(m0013_passkeys::Passkeys),
            Box::new(m0014_sent_codes::SentCodes),
        ]
    }
}

/// Runs the statements of `sql` one after the other.
async fn run(sql: &str, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    for statement in statements(sql, manager.get_database_backend()) {
        connection.execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// The statements of `sql` with the portable type names replaced by those of `backend`.
fn statements(sql: &str, backend: sea_orm::DbBackend) -> Vec<String> {
    let (uuid, bytes, text) = match backend {
        sea_orm::DbBackend::Postgres => ("UUID", "BYTEA", "TEXT COLLATE \"C\""),
        _ => ("BLOB", "BLOB", "TEXT"),
    };
    let without_comments: Vec<_> = sql.lines().filter(|line| !line.starts_with("--")).collect();
    without_comments
        .join("\n")
        .replace("{uuid}", uuid)
        .replace("{bytes}", bytes)
        .replace("{text}", text)
        .split(";\n")
        .map(str::trim)
        .filter(|statement| !statement.is_empty())
        .map(str::to_owned)
        .collect()
}

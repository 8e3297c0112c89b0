//! People sign in with a verified telephone number as well.

use sea_orm_migration::prelude::*;

/// Adds the numbers of those who were there before. One that somebody else signs in with already stays theirs.
pub(crate) struct PhoneIdentifiers;

const NUMBERS: &str = "INSERT INTO identifiers (key, user_id)
    SELECT verified_phone, id FROM users WHERE verified_phone = phone ON CONFLICT DO NOTHING;
INSERT INTO identifiers (key, user_id)
    SELECT substr(verified_phone, 4), id FROM users
    WHERE verified_phone = phone AND verified_phone LIKE '+861%' AND length(verified_phone) = 14 ON CONFLICT DO NOTHING;
";

impl MigrationName for PhoneIdentifiers {
    fn name(&self) -> &'static str {
        "m0010_phone_identifiers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PhoneIdentifiers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(NUMBERS, manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

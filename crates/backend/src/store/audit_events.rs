//! The audit log. There is no way to change or remove a line: the database refuses it as well.

use sea_orm::{DatabaseConnection, EntityTrait as _, IntoActiveModel as _};

use super::entities::audit_event;
use crate::domain::failure::Failure;

/// The repository of what happened.
#[derive(Clone)]
pub(crate) struct AuditEvents {
    db: DatabaseConnection,
}

impl AuditEvents {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// Adds a line.
    pub(crate) async fn append(&self, row: audit_event::Model) -> Result<(), Failure> {
        audit_event::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.db)
            .await?;
        Ok(())
    }
}

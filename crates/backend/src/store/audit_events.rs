//! The audit log. There is no way to change or remove a line: the database refuses it as well.

use sea_orm::{
    ColumnTrait as _, Condition, DatabaseConnection, EntityTrait as _, IntoActiveModel as _, Order,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::customers::continued;
use super::entities::audit_event;
use crate::domain::cursor::{Position, SortValue, Window};
use crate::domain::failure::Failure;

/// What a person is told of what happened with the account.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told<'a> {
    /// Whose account.
    pub(crate) subject: Uuid,
    /// Which events, as they are stored.
    pub(crate) events: &'a [&'static str],
    /// None that is older.
    pub(crate) since: i64,
}

impl Told<'_> {
    fn condition(self) -> Condition {
        Condition::all()
            .add(audit_event::Column::SubjectId.eq(self.subject))
            .add(audit_event::Column::At.gte(self.since))
            .add(audit_event::Column::Event.is_in(self.events.iter().copied()))
    }
}

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

    /// The place of `row` in the log.
    pub(crate) fn position(row: &audit_event::Model) -> Position {
        Position {
            value: SortValue::Number(row.at),
            id: row.id,
        }
    }

    /// The lines of a page (and one more, if there is one), the newest first, and the number of all.
    pub(crate) async fn page(
        &self,
        told: Told<'_>,
        window: &Window,
    ) -> Result<(Vec<audit_event::Model>, u64), Failure> {
        let select = audit_event::Entity::find().filter(told.condition());
        let total = select.clone().count(&self.db).await?;
        let rows = continued(
            select,
            window,
            audit_event::Column::At,
            audit_event::Column::Id,
            Order::Desc,
        )
        .all(&self.db)
        .await?;
        Ok((rows, total))
    }

    /// The line `id`, if the person is told of it.
    pub(crate) async fn find(&self, id: Uuid, told: Told<'_>) -> Result<Option<audit_event::Model>, Failure> {
        Ok(audit_event::Entity::find_by_id(id)
            .filter(told.condition())
            .one(&self.db)
            .await?)
    }

    /// What was done in the session with the pseudonym `session`, the oldest first, `most` lines of it.
    pub(crate) async fn of_session(
        &self,
        session: &str,
        most: u64,
    ) -> Result<Vec<audit_event::Model>, Failure> {
        Ok(audit_event::Entity::find()
            .filter(audit_event::Column::SessionHash.eq(session))
            .order_by_asc(audit_event::Column::At)
            .order_by_asc(audit_event::Column::Id)
            .limit(most)
            .all(&self.db)
            .await?)
    }
}

//! The queue of what is to be sent, and the demonstration's outbox.

use portico_contract::locale::Locale;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, DatabaseConnection, DbBackend,
    EntityTrait as _, FromQueryResult as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Statement,
    TransactionTrait as _,
};
use uuid::Uuid;

use super::entities::{message, outbox};
use crate::domain::failure::Failure;

/// The outbox shows at most so many messages.
const SHOWN: u64 = 500;

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Mail.
    Mail,
    /// Short message.
    Sms,
}

impl Channel {
    /// The channel as it is stored.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
        }
    }
}

/// A message for the queue.
#[derive(Clone)]
pub(crate) struct NewMessage {
    pub(crate) id: Uuid,
    pub(crate) channel: Channel,
    pub(crate) letter: &'static str,
    /// Empty for nobody.
    pub(crate) recipient: String,
    pub(crate) locale: Locale,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) now: i64,
    pub(crate) ends: i64,
}

/// Puts `messages` into the queue, in whatever transaction `db` is.
pub(super) async fn enqueue<C: ConnectionTrait>(
    db: &C,
    messages: impl IntoIterator<Item = NewMessage>,
) -> Result<(), Failure> {
    for new in messages {
        let row = message::ActiveModel {
            id: Set(new.id),
            channel: Set(new.channel.as_str().to_owned()),
            letter: Set(new.letter.to_owned()),
            recipient: Set(new.recipient),
            locale: Set(new.locale.tag().to_owned()),
            subject: Set(new.subject),
            body: Set(new.body),
            created_at: Set(new.now),
            due_at: Set(new.now),
            ends_at: Set(new.ends),
            tries: Set(0),
            refusals: Set(0),
        };
        message::Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(())
}

/// A message as long as it is whose it was when it was `claimed`: each claim is another try.
fn held(claimed: &message::Model) -> Condition {
    Condition::all()
        .add(message::Column::Id.eq(claimed.id))
        .add(message::Column::Tries.eq(claimed.tries))
}

/// The repository of messages.
#[derive(Clone)]
pub(crate) struct Messages {
    db: DatabaseConnection,
}

impl Messages {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// Puts messages into the queue that nothing else is written with.
    pub(crate) async fn enqueue(&self, messages: Vec<NewMessage>) -> Result<(), Failure> {
        enqueue(&self.db, messages).await
    }

    /// The next message due by `now`, claimed until `until`: nobody else gets it before.
    pub(crate) async fn claim(
        &self,
        channel: Channel,
        now: i64,
        until: i64,
    ) -> Result<Option<message::Model>, Failure> {
        let backend = self.db.get_database_backend();
        // SQLite has one writer at a time. PostgreSQL must not hand a row to two who look at the same moment.
        let lock = match backend {
            DbBackend::Postgres => "FOR UPDATE SKIP LOCKED",
            _ => "",
        };
        let sql = format!(
            "UPDATE messages SET due_at = $1, tries = tries + 1 WHERE id = (
                SELECT id FROM messages WHERE channel = $2 AND due_at <= $3 ORDER BY due_at, id LIMIT 1 {lock}
            ) RETURNING *"
        );
        let values = [until.into(), channel.as_str().into(), now.into()];
        let statement = Statement::from_sql_and_values(backend, sql, values);
        let row = self.db.query_one_raw(statement).await?;
        Ok(row
            .map(|row| message::Model::from_query_result(&row, ""))
            .transpose()?)
    }

    /// Lets a claimed message wait until `due`; it was refused so often. `false` where it is another one's by now.
    pub(crate) async fn put_back(
        &self,
        claimed: &message::Model,
        due: i64,
        refusals: i32,
    ) -> Result<bool, Failure> {
        let waiting = message::Entity::update_many()
            .col_expr(message::Column::DueAt, Expr::value(due))
            .col_expr(message::Column::Refusals, Expr::value(refusals))
            .filter(held(claimed))
            .exec(&self.db)
            .await?;
        Ok(waiting.rows_affected == 1)
    }

    /// Forgets a claimed message and what it says. `false` where it is another one's by now.
    pub(crate) async fn remove(&self, claimed: &message::Model) -> Result<bool, Failure> {
        let removed = message::Entity::delete_many()
            .filter(held(claimed))
            .exec(&self.db)
            .await?;
        Ok(removed.rows_affected == 1)
    }

    /// Moves a claimed message from the queue to the outbox. `false` where it is another one's by now.
    pub(crate) async fn to_outbox(&self, sent: &message::Model, now: i64) -> Result<bool, Failure> {
        let transaction = self.db.begin().await?;
        let removed = message::Entity::delete_many()
            .filter(held(sent))
            .exec(&transaction)
            .await?;
        if removed.rows_affected != 1 {
            transaction.rollback().await?;
            return Ok(false);
        }
        let row = outbox::ActiveModel {
            id: Set(sent.id),
            channel: Set(sent.channel.clone()),
            recipient: Set(sent.recipient.clone()),
            subject: Set(sent.subject.clone()),
            body: Set(sent.body.clone()),
            sent_at: Set(now),
        };
        outbox::Entity::insert(row)
            .exec_without_returning(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// What the outbox holds, the newest first.
    pub(crate) async fn outbox(&self) -> Result<Vec<outbox::Model>, Failure> {
        let rows = outbox::Entity::find()
            .order_by_desc(outbox::Column::SentAt)
            .order_by_desc(outbox::Column::Id)
            .limit(SHOWN)
            .all(&self.db)
            .await?;
        Ok(rows)
    }

    /// Forgets what was put into the outbox before `horizon`.
    pub(crate) async fn purge_outbox(&self, horizon: i64) -> Result<(), Failure> {
        outbox::Entity::delete_many()
            .filter(Expr::col(outbox::Column::SentAt).lt(horizon))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

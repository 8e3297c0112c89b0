//! Sessions and their tokens. Each change that others could race is one conditional statement.

use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, DatabaseConnection, EntityTrait,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, TransactionTrait as _,
};
use uuid::Uuid;

use super::entities::{access_token, known_device, refresh_token, session, sign_in_transaction, user};
use super::factors::end_trust;
use super::known_devices;
use super::messages::{NewMessage, enqueue};
use super::sign_in_transactions::use_up;
use super::users::unchanged;
use crate::domain::failure::Failure;

/// The hashes of a fresh pair of tokens.
pub(crate) struct NewTokens {
    pub(crate) refresh_hash: String,
    pub(crate) access_hash: String,
    pub(crate) access_expires_at: i64,
}

/// The browser a session begins in.
pub(crate) enum Browser {
    /// The person is known with it from now on.
    New(known_device::Model),
    /// The person is known with it, and it is trusted until then if that is new.
    Known {
        hash: String,
        trusted_until: Option<i64>,
    },
}

/// A session that begins.
pub(crate) struct SessionStart {
    pub(crate) session: session::Model,
    pub(crate) tokens: NewTokens,
    /// The browser it begins in.
    pub(crate) device: Browser,
    /// The sign-in that ends with it.
    pub(crate) running: Option<String>,
}

/// A refresh token gives way to its successor.
pub(crate) struct Rotation {
    pub(crate) session_id: Uuid,
    pub(crate) retired: String,
    pub(crate) sealed_successor: Vec<u8>,
    pub(crate) now: i64,
    pub(crate) new: NewTokens,
}

/// A person says that somebody else had a session of theirs.
pub(crate) struct Disowning {
    pub(crate) user: Uuid,
    /// The session the person says it in.
    pub(crate) spared: Uuid,
    /// The hash that the browser the person says it in is known by, if it is.
    pub(crate) browser: Option<String>,
    pub(crate) now: i64,
    /// To whoever is to know of it.
    pub(crate) notices: Vec<NewMessage>,
}

/// What became of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct DisownedRows {
    /// How many sessions ended.
    pub(crate) sessions: u64,
    /// What the browsers were known by that are forgotten.
    pub(crate) browsers: Vec<String>,
    /// Whether there is a password, which is marked as known to others.
    pub(crate) password: bool,
}

/// The repository of sessions.
#[derive(Clone)]
pub(crate) struct Sessions {
    db: DatabaseConnection,
}

async fn insert_tokens<C: ConnectionTrait>(
    db: &C,
    session: Uuid,
    new: NewTokens,
    now: i64,
) -> Result<(), Failure> {
    let refresh = refresh_token::ActiveModel {
        hash: Set(new.refresh_hash),
        session_id: Set(session),
        created_at: Set(now),
        retired_at: Set(None),
        successor_hash: Set(None),
        sealed_successor: Set(None),
    };
    refresh_token::Entity::insert(refresh)
        .exec_without_returning(db)
        .await?;
    insert_access_token(db, session, &new.access_hash, new.access_expires_at).await
}

async fn insert_access_token<C: ConnectionTrait>(
    db: &C,
    session: Uuid,
    hash: &str,
    expires_at: i64,
) -> Result<(), Failure> {
    let access = access_token::ActiveModel {
        hash: Set(hash.to_owned()),
        session_id: Set(session),
        expires_at: Set(expires_at),
    };
    access_token::Entity::insert(access)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Lets others who change the tokens of the session `id` wait until the transaction that `db` is ends: none of them sees
/// half of it. The write comes first, so that SQLite waits for its lock instead of failing on a stale snapshot.
async fn hold<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<(), Failure> {
    session::Entity::update_many()
        .col_expr(
            session::Column::LastActiveAt,
            Expr::col(session::Column::LastActiveAt),
        )
        .filter(session::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends every session of `user` but `spared`, in whatever transaction `db` is; says how many there were.
pub(super) async fn end<C: ConnectionTrait>(
    db: &C,
    user: Uuid,
    spared: Option<Uuid>,
    now: i64,
) -> Result<u64, Failure> {
    let ended = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(Some(now)))
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::RevokedAt.is_null())
        .filter(Condition::all().add_option(spared.map(|spared| session::Column::Id.ne(spared))))
        .exec(db)
        .await?;
    Ok(ended.rows_affected)
}

/// What holds of a session that goes on at `now`, but that its person is still let in.
pub(super) fn living(now: i64) -> Condition {
    Condition::all()
        .add(session::Column::RevokedAt.is_null())
        .add(session::Column::ExpiresAt.gt(now))
        .add(
            Expr::col(session::Column::LastActiveAt)
                .add(Expr::col(session::Column::Idle))
                .gt(now),
        )
}

/// Ends those sessions of `user` that go on, but `spared`; says how many there were.
async fn end_living<C: ConnectionTrait>(db: &C, user: Uuid, spared: Uuid, now: i64) -> Result<u64, Failure> {
    let ended = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(Some(now)))
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::Id.ne(spared))
        .filter(living(now))
        .exec(db)
        .await?;
    Ok(ended.rows_affected)
}

impl Sessions {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// Stores a new session of `person` with its first tokens. `false`, and nothing of it, where account or sign-in are not
    /// any more as they were looked at: out of use, with another password, over.
    pub(crate) async fn start(&self, person: &user::Model, start: SessionStart) -> Result<bool, Failure> {
        let SessionStart {
            session: row,
            tokens,
            device,
            running,
        } = start;
        let (id, now) = (row.id, row.created_at);
        let transaction = self.db.begin().await?;
        // The write comes first: whoever changes the account waits for it, or is waited for.
        let signed_in = user::Entity::update_many()
            .col_expr(user::Column::LastSignInAt, Expr::value(Some(now)))
            .filter(unchanged(person.id, person.password_hash.as_deref()))
            // Said of it in the meantime: then it leads to a new one first.
            .filter(user::Column::PasswordCompromised.eq(false))
            // Nor were the second factors taken away.
            .filter(user::Column::EnrolmentDue.eq(person.enrolment_due))
            .exec(&transaction)
            .await?;
        if signed_in.rows_affected != 1 {
            transaction.rollback().await?;
            return Ok(false);
        }
        if !use_up(&transaction, running, now).await? {
            transaction.rollback().await?;
            return Ok(false);
        }
        let seen = (row.user_agent.clone(), row.address.clone());
        session::Entity::insert(row.into_active_model())
            .exec_without_returning(&transaction)
            .await?;
        insert_tokens(&transaction, id, tokens, now).await?;
        match device {
            Browser::New(device) => {
                known_device::Entity::insert(device.into_active_model())
                    .exec_without_returning(&transaction)
                    .await?;
            }
            Browser::Known { hash, trusted_until } => {
                known_devices::see(&transaction, &hash, seen, now, trusted_until).await?;
            }
        }
        transaction.commit().await?;
        Ok(true)
    }

    async fn with_user(&self, id: Uuid) -> Result<Option<(session::Model, user::Model)>, Failure> {
        let Some(session) = session::Entity::find_by_id(id).one(&self.db).await? else {
            return Ok(None);
        };
        let user = user::Entity::find_by_id(session.user_id).one(&self.db).await?;
        Ok(user.map(|user| (session, user)))
    }

    /// The refresh token with `hash`, retired or not, its session and whose it is.
    pub(crate) async fn find_by_refresh_token(
        &self,
        hash: &str,
    ) -> Result<Option<(refresh_token::Model, session::Model, user::Model)>, Failure> {
        let Some(token) = refresh_token::Entity::find_by_id(hash.to_owned())
            .one(&self.db)
            .await?
        else {
            return Ok(None);
        };
        let found = self.with_user(token.session_id).await?;
        Ok(found.map(|(session, user)| (token, session, user)))
    }

    /// The session an access token opens, if the token has not expired.
    pub(crate) async fn find_by_access_token(
        &self,
        hash: &str,
        now: i64,
    ) -> Result<Option<(session::Model, user::Model)>, Failure> {
        let token = access_token::Entity::find_by_id(hash.to_owned())
            .one(&self.db)
            .await?;
        match token {
            Some(token) if now < token.expires_at => self.with_user(token.session_id).await,
            _ => Ok(None),
        }
    }

    /// Retires a refresh token in favour of its successor. `false` when it was retired already: of two requests with
    /// the same token exactly one gets `true`.
    pub(crate) async fn rotate(&self, rotation: Rotation) -> Result<bool, Failure> {
        let transaction = self.db.begin().await?;
        hold(&transaction, rotation.session_id).await?;
        let retired = refresh_token::Entity::update_many()
            .col_expr(refresh_token::Column::RetiredAt, Expr::value(Some(rotation.now)))
            .col_expr(
                refresh_token::Column::SuccessorHash,
                Expr::value(Some(rotation.new.refresh_hash.clone())),
            )
            .col_expr(
                refresh_token::Column::SealedSuccessor,
                Expr::value(Some(rotation.sealed_successor)),
            )
            .filter(refresh_token::Column::Hash.eq(rotation.retired))
            .filter(refresh_token::Column::RetiredAt.is_null())
            .exec(&transaction)
            .await?;
        if retired.rows_affected != 1 {
            transaction.rollback().await?;
            return Ok(false);
        }
        insert_tokens(&transaction, rotation.session_id, rotation.new, rotation.now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Gives a session new tokens; the older ones are dead from now on, and none of them answers with a successor.
    pub(crate) async fn replace_tokens(
        &self,
        session: Uuid,
        new: NewTokens,
        now: i64,
    ) -> Result<(), Failure> {
        let transaction = self.db.begin().await?;
        hold(&transaction, session).await?;
        refresh_token::Entity::update_many()
            .col_expr(refresh_token::Column::RetiredAt, Expr::value(Some(now)))
            .filter(refresh_token::Column::SessionId.eq(session))
            .filter(refresh_token::Column::RetiredAt.is_null())
            .exec(&transaction)
            .await?;
        refresh_token::Entity::update_many()
            .col_expr(refresh_token::Column::SuccessorHash, Expr::value(None::<String>))
            .col_expr(
                refresh_token::Column::SealedSuccessor,
                Expr::value(None::<Vec<u8>>),
            )
            .filter(refresh_token::Column::SessionId.eq(session))
            .exec(&transaction)
            .await?;
        access_token::Entity::delete_many()
            .filter(access_token::Column::SessionId.eq(session))
            .exec(&transaction)
            .await?;
        insert_tokens(&transaction, session, new, now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Adds an access token to a session.
    pub(crate) async fn add_access_token(
        &self,
        session: Uuid,
        hash: &str,
        expires_at: i64,
    ) -> Result<(), Failure> {
        insert_access_token(&self.db, session, hash, expires_at).await
    }

    /// Notes what the person of a session has shown once more, and when.
    pub(crate) async fn note_shown(&self, session: &session::Model) -> Result<(), Failure> {
        session::Entity::update_many()
            .col_expr(session::Column::PasswordAt, Expr::value(session.password_at))
            .col_expr(session::Column::FactorAt, Expr::value(session.factor_at))
            .filter(session::Column::Id.eq(session.id))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Notes that the person did something.
    pub(crate) async fn touch(&self, id: Uuid, now: i64) -> Result<(), Failure> {
        session::Entity::update_many()
            .col_expr(session::Column::LastActiveAt, Expr::value(now))
            .filter(session::Column::Id.eq(id))
            .filter(session::Column::LastActiveAt.lt(now))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Ends a session: none of its tokens works from now on. `false` when it had ended already.
    pub(crate) async fn revoke(&self, id: Uuid, now: i64) -> Result<bool, Failure> {
        let ended = session::Entity::update_many()
            .col_expr(session::Column::RevokedAt, Expr::value(Some(now)))
            .filter(session::Column::Id.eq(id))
            .filter(session::Column::RevokedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(ended.rows_affected > 0)
    }

    /// The sessions of `user` that go on, those first in which something was done last.
    pub(crate) async fn living(&self, user: Uuid, now: i64) -> Result<Vec<session::Model>, Failure> {
        Ok(session::Entity::find()
            .filter(session::Column::UserId.eq(user))
            .filter(living(now))
            .order_by_desc(session::Column::LastActiveAt)
            .order_by_desc(session::Column::Id)
            .all(&self.db)
            .await?)
    }

    /// Whether the session `id`, over or not, is one of `user`.
    pub(crate) async fn belongs(&self, id: Uuid, user: Uuid) -> Result<bool, Failure> {
        let session = session::Entity::find_by_id(id).one(&self.db).await?;
        Ok(session.is_some_and(|session| session.user_id == user))
    }

    /// Ends the session `id` of `user`; `false` where there is none that goes on.
    pub(crate) async fn end_one(&self, id: Uuid, user: Uuid, now: i64) -> Result<bool, Failure> {
        let ended = session::Entity::update_many()
            .col_expr(session::Column::RevokedAt, Expr::value(Some(now)))
            .filter(session::Column::Id.eq(id))
            .filter(session::Column::UserId.eq(user))
            .filter(living(now))
            .exec(&self.db)
            .await?;
        Ok(ended.rows_affected > 0)
    }

    /// Ends the sessions of `user` that go on, but `spared`; says how many there were.
    pub(crate) async fn end_others(&self, user: Uuid, spared: Uuid, now: i64) -> Result<u64, Failure> {
        end_living(&self.db, user, spared, now).await
    }

    /// Takes everything from whoever had a session that is not the person's own: all of it or nothing. The other sessions
    /// end, running sign-ins and the other browsers are forgotten, and the password counts as known to others.
    pub(crate) async fn disown(&self, disowning: Disowning) -> Result<DisownedRows, Failure> {
        let Disowning {
            user,
            spared,
            browser,
            now,
            notices,
        } = disowning;
        let transaction = self.db.begin().await?;
        // The write comes first: whoever begins a session with the password waits for it, or is waited for.
        let marked = user::Entity::update_many()
            .col_expr(user::Column::PasswordCompromised, Expr::value(true))
            .filter(user::Column::Id.eq(user))
            .filter(user::Column::PasswordHash.is_not_null())
            .exec(&transaction)
            .await?;
        let sessions = end_living(&transaction, user, spared, now).await?;
        sign_in_transaction::Entity::delete_many()
            .filter(sign_in_transaction::Column::UserId.eq(user))
            .exec(&transaction)
            .await?;
        let others = Condition::all()
            .add(known_device::Column::UserId.eq(user))
            .add_option(browser.map(|hash| known_device::Column::TokenHash.ne(hash)));
        let browsers = known_device::Entity::find()
            .filter(others.clone())
            .all(&transaction)
            .await?;
        known_device::Entity::delete_many()
            .filter(others)
            .exec(&transaction)
            .await?;
        // The stranger may have sat at this one.
        end_trust(&transaction, user).await?;
        enqueue(&transaction, notices).await?;
        transaction.commit().await?;
        Ok(DisownedRows {
            sessions,
            browsers: browsers.into_iter().map(|browser| browser.token_hash).collect(),
            password: marked.rows_affected == 1,
        })
    }

    /// Forgets access tokens that ended before `now` and sessions that ended before `horizon`.
    pub(crate) async fn purge(&self, now: i64, horizon: i64) -> Result<(), Failure> {
        access_token::Entity::delete_many()
            .filter(access_token::Column::ExpiresAt.lt(now))
            .exec(&self.db)
            .await?;
        session::Entity::delete_many()
            .filter(session::Column::ExpiresAt.lt(horizon))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

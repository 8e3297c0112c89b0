//! Signing in with identifier and password.

use portico_contract::auth::SignIn;
use portico_contract::problem::ErrorCode;
use portico_contract::validate::Validated;
use serde_json::json;

use super::{ABSOLUTE, Auth, Granted};
use crate::domain::audit::{Entry, Event};
use crate::domain::clock::{MINUTE, SECOND};
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::domain::random::uuid_v7;
use crate::domain::{tokens, users};
use crate::store::{NewTokens, SessionRow, UserRow};

/// Failures of one identifier are counted over this long.
const WINDOW: i64 = 15 * MINUTE;
/// So many of them are let through to the password.
const MAX_FAILURES: i64 = 10;

impl Auth {
    /// Starts a session. `earlier` is the refresh token the browser still holds: its session ends.
    pub(crate) async fn sign_in(
        &self,
        origin: &Origin,
        request: Validated<SignIn>,
        earlier: Option<&str>,
    ) -> Result<Granted, Failure> {
        let SignIn { identifier, password } = request.into_inner();
        let identifier = users::canonical_identifier(&identifier);
        let pseudonym = self.key.pseudonym(&identifier);
        self.count_attempt(origin, &pseudonym).await?;
        let found = self.users.find_by_identifier(&identifier).await?;
        let usable = found.filter(|user| user.active);
        let hash = usable.as_ref().and_then(|user| user.password_hash.clone());
        let fits = self.passwords.verify(&password, hash).await?;
        let method = json!({"method": "password"});
        let Some(user) = usable.filter(|_| fits) else {
            let entry = Entry::refused(Event::SignIn)
                .identified(&pseudonym)
                .detail(method);
            self.audit.record(origin, entry).await?;
            return Err(Failure::of(ErrorCode::InvalidCredentials));
        };
        self.failures.forget(&pseudonym).await?;
        self.sign_out(origin, earlier, None).await?;
        let granted = self.start_session(&user).await?;
        let entry = Entry::accepted(Event::SignIn)
            .by_person(user.id)
            .to(user.id)
            .in_session(granted.grant.me.session.id.0)
            .identified(&pseudonym)
            .detail(method);
        self.audit.record(origin, entry).await?;
        Ok(granted)
    }

    /// Counts before verifying, so that parallel guesses cannot slip through between look and count.
    async fn count_attempt(&self, origin: &Origin, pseudonym: &str) -> Result<(), Failure> {
        let now = self.clock.now();
        let (failures, window_start) = self.failures.count(pseudonym, now, now - WINDOW).await?;
        if failures <= MAX_FAILURES {
            return Ok(());
        }
        let entry = Entry::refused(Event::Throttled).identified(pseudonym);
        self.audit.record(origin, entry).await?;
        let wait = (window_start + WINDOW - now).max(SECOND);
        let seconds = u64::try_from((wait + SECOND - 1) / SECOND).unwrap_or(1);
        Err(Failure::retry(ErrorCode::RateLimited, seconds))
    }

    async fn start_session(&self, user: &UserRow) -> Result<Granted, Failure> {
        let now = self.clock.now();
        let session = SessionRow {
            id: uuid_v7(&*self.random, now)?,
            user_id: user.id,
            created_at: now,
            expires_at: now + ABSOLUTE,
            last_active_at: now,
            revoked_at: None,
        };
        let refresh_token = tokens::generate(&*self.random)?;
        let refresh_hash =
            tokens::hash(&refresh_token).ok_or_else(|| Failure::internal("a token of ours has no hash"))?;
        let access = self.new_access_token(now, session.expires_at)?;
        let new = NewTokens {
            refresh_hash,
            access_hash: access.hash.clone(),
            access_expires_at: access.expires_at,
        };
        self.sessions.start(session.clone(), new).await?;
        Ok(Granted {
            grant: self.grant(user, &session, access, now).await?,
            refresh_token,
        })
    }
}

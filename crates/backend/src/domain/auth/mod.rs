//! Sessions: how they start, go on and end.

mod refresh;
mod sign_in;

use std::sync::Arc;

use portico_contract::auth::{AccessToken, AuthPolicy, DraftKey, SecondFactor, SessionGrant, SignInMethod};
use portico_contract::ids::SessionId;
use portico_contract::password::{PasswordPolicy, PolicyProfile};
use portico_contract::problem::{ErrorCode, FieldRule};
use portico_contract::user::{Me, SessionInfo, UpdateMe};
use portico_contract::validate::Validate as _;
use uuid::Uuid;

use super::access::{Access, capabilities};
use super::audit::{Audit, Entry, Event};
use super::clock::{Clock, HOUR, MINUTE, SECOND, time_zone, timestamp};
use super::failure::Failure;
use super::instance::InstanceKey;
use super::origin::Origin;
use super::passwords::Passwords;
use super::random::Random;
use super::{tokens, users};
use crate::store::{SessionRow, Sessions, SignInFailures, UserRow, Users};

/// A session ends after this long without a request for data.
pub(crate) const IDLE: i64 = 30 * MINUTE;
/// A session ends after this long in any case.
pub(crate) const ABSOLUTE: i64 = 12 * HOUR;
/// Activity is noted at most this often, so that reading does not mean writing.
const ACTIVITY_RESOLUTION: i64 = MINUTE;

/// The services sessions need.
pub(crate) struct Auth {
    pub(crate) users: Users,
    pub(crate) sessions: Sessions,
    pub(crate) failures: SignInFailures,
    pub(crate) passwords: Arc<Passwords>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) key: InstanceKey,
    pub(crate) audit: Audit,
    pub(crate) access_ttl: u32,
    pub(crate) demo: bool,
}

/// A session as it is handed to the browser: the grant in the body, the refresh token in the cookie.
pub(crate) struct Granted {
    pub(crate) grant: SessionGrant,
    pub(crate) refresh_token: String,
}

/// Who makes a request.
#[derive(Clone, Debug)]
pub(crate) struct Actor {
    pub(crate) user: UserRow,
    pub(crate) session: SessionRow,
    pub(crate) access: Access,
}

/// Whether `session` of `user` may still be used at `now`.
fn is_alive(session: &SessionRow, user: &UserRow, now: i64) -> bool {
    user.active
        && session.revoked_at.is_none()
        && now < session.expires_at
        && now < session.last_active_at.saturating_add(IDLE)
}

fn seconds(duration: i64) -> u32 {
    u32::try_from(duration / SECOND).unwrap_or(u32::MAX)
}

fn known_zone(name: &str) -> Result<String, Failure> {
    time_zone(name).ok_or_else(|| Failure::field("time_zone", FieldRule::NotAllowed))
}

impl Auth {
    /// How to sign in here.
    pub(crate) fn policy(&self) -> AuthPolicy {
        AuthPolicy {
            password: PasswordPolicy::of(PolicyProfile::Standard),
            second_factor: SecondFactor::Optional,
            methods: vec![SignInMethod::Password],
            reset_channels: Vec::new(),
            idle_seconds: seconds(IDLE),
            absolute_seconds: seconds(ABSOLUTE),
            demo: self.demo,
        }
    }

    /// The person whose access token `bearer` is.
    pub(crate) async fn authenticate(&self, bearer: &str) -> Result<Actor, Failure> {
        let refused = || Failure::of(ErrorCode::Unauthenticated);
        let hash = tokens::hash(bearer).ok_or_else(refused)?;
        let now = self.clock.now();
        let found = self.sessions.find_by_access_token(&hash, now).await?;
        let (session, user) = found.ok_or_else(refused)?;
        if !is_alive(&session, &user, now) {
            return Err(refused());
        }
        if now - session.last_active_at >= ACTIVITY_RESOLUTION {
            self.sessions.touch(session.id, now).await?;
        }
        let access = users::access(&user)?;
        Ok(Actor {
            user,
            session,
            access,
        })
    }

    /// The person signed in, as the contract describes them.
    pub(crate) async fn me(&self, user: &UserRow, session: &SessionRow) -> Result<Me, Failure> {
        let team = self.users.team_name(user.team_id).await?;
        let user = users::describe(user, team)?;
        Ok(Me {
            capabilities: capabilities(user.role),
            user,
            session: self.session_info(session, self.clock.now())?,
        })
    }

    fn session_info(&self, session: &SessionRow, now: i64) -> Result<SessionInfo, Failure> {
        let expires_in = seconds(session.expires_at - now);
        let idle_end = session.last_active_at.saturating_add(IDLE);
        Ok(SessionInfo {
            id: SessionId(session.id),
            expires_at: timestamp(session.expires_at)?,
            expires_in,
            idle_expires_in: seconds(idle_end - now).min(expires_in),
        })
    }

    /// Notes that the person of `session` does something.
    pub(crate) async fn note_activity(&self, session: &SessionRow) -> Result<SessionInfo, Failure> {
        let now = self.clock.now();
        self.sessions.touch(session.id, now).await?;
        let touched = SessionRow {
            last_active_at: now.max(session.last_active_at),
            ..session.clone()
        };
        self.session_info(&touched, now)
    }

    /// Changes what people may change about themselves.
    pub(crate) async fn update_me(&self, actor: &Actor, change: UpdateMe) -> Result<Me, Failure> {
        let change = change.validate()?.into_inner();
        let time_zone = change.time_zone.as_deref().map(known_zone).transpose()?;
        let user = self.users.change(actor.user.id, change.locale, time_zone).await?;
        self.me(&user, &actor.session).await
    }

    /// Ends the sessions that the refresh token and the access token belong to. Unknown tokens end nothing.
    pub(crate) async fn sign_out(
        &self,
        origin: &Origin,
        refresh_token: Option<&str>,
        bearer: Option<&str>,
    ) -> Result<(), Failure> {
        let now = self.clock.now();
        let mut ended = Vec::new();
        if let Some(hash) = refresh_token.and_then(tokens::hash)
            && let Some((_, session, _)) = self.sessions.find_by_refresh_token(&hash).await?
        {
            ended.push(session);
        }
        if let Some(hash) = bearer.and_then(tokens::hash)
            && let Some((session, _)) = self.sessions.find_by_access_token(&hash, now).await?
        {
            ended.push(session);
        }
        for session in ended {
            if self.sessions.revoke(session.id, now).await? {
                let entry = Entry::accepted(Event::SignOut).by_person(session.user_id);
                self.audit.record(origin, entry.in_session(session.id)).await?;
            }
        }
        Ok(())
    }

    /// An access token's text, hash and end for a session that ends at `session_end`.
    fn new_access_token(&self, now: i64, session_end: i64) -> Result<NewAccessToken, Failure> {
        let text = tokens::generate(&*self.random)?;
        let hash = tokens::hash(&text).ok_or_else(|| Failure::internal("a token of ours has no hash"))?;
        let expires_at = (now + i64::from(self.access_ttl) * SECOND).min(session_end);
        Ok(NewAccessToken {
            text,
            hash,
            expires_at,
        })
    }

    async fn grant(
        &self,
        user: &UserRow,
        session: &SessionRow,
        access: NewAccessToken,
        now: i64,
    ) -> Result<SessionGrant, Failure> {
        Ok(SessionGrant {
            access_token: AccessToken::new(access.text),
            expires_in: seconds(access.expires_at - now),
            me: self.me(user, session).await?,
            draft_key: self.draft_key(user.id).await?,
        })
    }

    /// The key of a person's drafts, made when it is first needed. Of several requests that make one at the same
    /// moment, the first decides.
    async fn draft_key(&self, user: Uuid) -> Result<DraftKey, Failure> {
        if let Some(key) = self.users.draft_key(user).await? {
            return Ok(DraftKey::new(key));
        }
        let key = tokens::generate(&*self.random)?;
        self.users.offer_draft_key(user, key).await?;
        let kept = self.users.draft_key(user).await?;
        kept.map(DraftKey::new)
            .ok_or_else(|| Failure::internal("a person has gone while signing in"))
    }
}

/// A fresh access token before it is stored.
struct NewAccessToken {
    text: String,
    hash: String,
    expires_at: i64,
}

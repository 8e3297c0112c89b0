//! Sessions: how they start, go on and end.

mod own_password;
mod passkey_sign_in;
mod refresh;
mod second_step;
mod sign_in;
mod start;
mod step_up;
mod steps;

use std::sync::Arc;

use portico_contract::auth::{AccessToken, AuthPolicy, DraftKey, Maintenance, SessionGrant, SignInMethod};
use portico_contract::ids::SessionId;
use portico_contract::problem::{ErrorCode, FieldRule};
use portico_contract::recovery::ResetChannel;
use portico_contract::user::{Me, Role, SessionInfo, UpdateMe};
use portico_contract::validate::Validate as _;
use uuid::Uuid;

use super::access::{Access, capabilities};
use super::audit::{Audit, Entry, Event};
use super::clock::{Clock, SECOND, time_zone, timestamp};
use super::failure::Failure;
use super::instance::InstanceKey;
use super::new_passwords::NewPasswords;
use super::notices::Notices;
use super::origin::Origin;
use super::passwords::Passwords;
use super::random::Random;
use super::rules::SignInRules;
use super::second_factor::SecondFactors;
use super::throttle::Throttle;
use super::{tokens, users};
use crate::store::{AdminRequests, KnownDevices, SessionRow, Sessions, SignInTransactions, UserRow, Users};

pub(crate) use own_password::Confirmation;
pub(crate) use second_step::EnrolledIn;
pub(crate) use sign_in::{Advanced, RefreshCookie};

/// Activity is noted at most this often: two tabs that report at once write once.
const ACTIVITY_RESOLUTION: i64 = 10 * SECOND;

/// The services sessions need.
pub(crate) struct Auth {
    pub(crate) users: Users,
    pub(crate) sessions: Sessions,
    pub(crate) transactions: SignInTransactions,
    pub(crate) devices: KnownDevices,
    pub(crate) requests: AdminRequests,
    pub(crate) second_factors: SecondFactors,
    pub(crate) throttle: Throttle,
    pub(crate) passwords: Arc<Passwords>,
    pub(crate) new_passwords: NewPasswords,
    pub(crate) notices: Notices,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) key: InstanceKey,
    pub(crate) audit: Audit,
    pub(crate) rules: SignInRules,
    /// Where a reset can be sent here.
    pub(crate) reset_channels: Vec<ResetChannel>,
    pub(crate) access_ttl: u32,
    pub(crate) demo: bool,
}

/// A session as it is handed to the browser: the grant in the body, the refresh token in the cookie.
pub(crate) struct Granted {
    pub(crate) grant: SessionGrant,
    pub(crate) refresh: RefreshCookie,
}

/// What the cookies of a browser hold.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Held<'a> {
    /// The refresh token of its session.
    pub(crate) refresh: Option<&'a str>,
    /// Its running sign-in.
    pub(crate) transaction: Option<&'a str>,
    /// What it is known by.
    pub(crate) device: Option<&'a str>,
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
    user.active && session.revoked_at.is_none() && now < session.expires_at && now < idle_end(session)
}

/// When `session` ends unless the person does something.
fn idle_end(session: &SessionRow) -> i64 {
    session
        .last_active_at
        .saturating_add(session.idle)
        .min(session.expires_at)
}

fn session_info(session: &SessionRow, now: i64) -> Result<SessionInfo, Failure> {
    Ok(SessionInfo {
        id: SessionId(session.id),
        expires_at: timestamp(session.expires_at)?,
        expires_in: seconds(session.expires_at - now),
        idle_expires_in: seconds(idle_end(session) - now),
        remembered: session.remembered,
    })
}

fn seconds(duration: i64) -> u32 {
    u32::try_from(duration / SECOND).unwrap_or(u32::MAX)
}

fn known_zone(name: &str) -> Result<String, Failure> {
    time_zone(name).ok_or_else(|| Failure::field("time_zone", FieldRule::NotAllowed))
}

impl Auth {
    /// How to sign in here.
    pub(crate) fn policy(&self) -> Result<AuthPolicy, Failure> {
        let maintenance = self.rules.announced(self.clock.now()).map(|window| {
            Ok::<_, Failure>(Maintenance {
                from: timestamp(window.from)?,
                until: timestamp(window.until)?,
            })
        });
        Ok(AuthPolicy {
            password: self.new_passwords.policy().clone(),
            second_factor: self.rules.second_factor.told(),
            factors: self.second_factors.kinds(),
            methods: std::iter::once(SignInMethod::Password)
                .chain(
                    self.second_factors
                        .takes_passkeys()
                        .then_some(SignInMethod::Passkey),
                )
                .collect(),
            reset_channels: self.reset_channels.clone(),
            idle_seconds: seconds(self.rules.idle),
            absolute_seconds: seconds(self.rules.absolute),
            remember_days: self.rules.remember_days,
            maintenance: maintenance.transpose()?,
            demo: self.demo,
        })
    }

    /// The person whose access token `bearer` is. To ask for something is no activity: a tab may ask by itself.
    pub(crate) async fn authenticate(&self, bearer: &str) -> Result<Actor, Failure> {
        let refused = || Failure::of(ErrorCode::Unauthenticated);
        let hash = tokens::hash(bearer).ok_or_else(refused)?;
        let now = self.clock.now();
        let found = self.sessions.find_by_access_token(&hash, now).await?;
        let (session, user) = found.ok_or_else(refused)?;
        if !is_alive(&session, &user, now) {
            return Err(refused());
        }
        let access = users::access(&user)?;
        Ok(Actor {
            user,
            session,
            access,
        })
    }

    /// Keeps everybody but administrators from working while there is maintenance.
    pub(crate) fn admit_to_work(&self, actor: &Actor) -> Result<(), Failure> {
        let now = self.clock.now();
        match self.rules.maintenance_at(now) {
            Some(window) if actor.access.role != Role::Admin => {
                Err(Failure::of(ErrorCode::Maintenance).retry_in(window.until - now))
            }
            _ => Ok(()),
        }
    }

    /// Notes that the person did something, and says until when the session lasts.
    pub(crate) async fn note_activity(&self, actor: &Actor) -> Result<SessionInfo, Failure> {
        let now = self.clock.now();
        if now - actor.session.last_active_at < ACTIVITY_RESOLUTION {
            return session_info(&actor.session, now);
        }
        self.sessions.touch(actor.session.id, now).await?;
        let touched = SessionRow {
            last_active_at: now,
            ..actor.session.clone()
        };
        session_info(&touched, now)
    }

    /// The person signed in, as the contract describes them.
    pub(crate) async fn me(&self, user: &UserRow, session: &SessionRow) -> Result<Me, Failure> {
        let team = self.users.team_name(user.team_id).await?;
        let user = users::describe(user, team)?;
        Ok(Me {
            capabilities: capabilities(user.role),
            user,
            session: session_info(session, self.clock.now())?,
        })
    }

    /// Changes what people may change about themselves.
    pub(crate) async fn update_me(&self, actor: &Actor, change: UpdateMe) -> Result<Me, Failure> {
        let change = change.validate()?.into_inner();
        let time_zone = change.time_zone.as_deref().map(known_zone).transpose()?;
        let user = self.users.change(actor.user.id, change.locale, time_zone).await?;
        self.me(&user, &actor.session).await
    }

    /// Ends the running sign-in of a browser, where there is one.
    pub(crate) async fn give_up(&self, held: Held<'_>) -> Result<(), Failure> {
        self.forget_transaction(held.transaction).await
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
        let tokens::Fresh { text, hash } = tokens::fresh(&*self.random)?;
        let expires_at = (now + i64::from(self.access_ttl) * SECOND).min(session_end);
        Ok(NewAccessToken {
            text,
            hash,
            expires_at,
        })
    }

    /// The grant of a session with the tokens it goes on with.
    async fn granted(
        &self,
        user: &UserRow,
        session: &SessionRow,
        access: NewAccessToken,
        refresh_token: String,
    ) -> Result<Granted, Failure> {
        let now = self.clock.now();
        Ok(Granted {
            grant: SessionGrant {
                access_token: AccessToken::new(access.text),
                expires_in: seconds(access.expires_at - now),
                me: self.me(user, session).await?,
                draft_key: self.draft_key(user.id).await?,
            },
            refresh: RefreshCookie::of(session, refresh_token, now),
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

//! The end of a sign-in: the session.

use portico_contract::auth::SignInStep;
use portico_contract::problem::ErrorCode;
use serde_json::json;

use super::sign_in::Proven;
use super::{Advanced, Auth, Granted, RefreshCookie, seconds};
use crate::domain::audit::{Entry, Event};
use crate::domain::clock::{DAY, SECOND};
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::domain::random::uuid_v7;
use crate::domain::tokens;
use crate::store::{Browser, KnownDeviceRow, NewTokens, SessionRow, SessionStart};

impl Auth {
    /// Starts the session of a sign-in that has no step left. `device` is what the browser is known to the person by,
    /// `running` the sign-in it ends; `otherwise` is what is answered where account or sign-in have changed meanwhile.
    pub(super) async fn finish(
        &self,
        origin: &Origin,
        proven: Proven,
        device: Option<KnownDeviceRow>,
        running: Option<String>,
        otherwise: ErrorCode,
    ) -> Result<Advanced, Failure> {
        let now = self.clock.now();
        let trusted_until = self
            .rules
            .trust_days
            .filter(|_| proven.trust)
            .map(|days| now + i64::from(days) * DAY);
        // A cookie somebody else may have planted is replaced, never taken over.
        let (text, browser) = if let Some(known) = device {
            let browser = Browser::Known {
                hash: known.token_hash,
                trusted_until,
            };
            (None, browser)
        } else {
            let token = tokens::fresh(&*self.random)?;
            let row = KnownDeviceRow {
                token_hash: token.hash,
                id: uuid_v7(&*self.random, now)?,
                user_id: proven.user.id,
                created_at: now,
                last_seen_at: now,
                trusted_until,
                user_agent: origin.stored_user_agent(),
                address: origin.stored_address(),
            };
            (Some(token.text), Browser::New(row))
        };
        let start = self.start_session(origin, &proven, browser, running).await?;
        let Some(granted) = start else {
            return Err(self.turn_away(origin, otherwise, Some(&proven)).await?);
        };
        let Proven {
            user,
            pseudonym,
            method,
            ..
        } = proven;
        if text.is_some() {
            self.notices.new_device(&user, origin).await?;
        }
        let mut detail = json!({"method": method, "new_browser": text.is_some()});
        if trusted_until.is_some() {
            detail["trusted"] = json!(true);
        }
        let entry = Entry::accepted(Event::SignIn)
            .by_person(user.id)
            .to(user.id)
            .in_session(granted.grant.me.session.id.0)
            .identified(&pseudonym)
            .detail(detail);
        self.audit.record(origin, entry).await?;
        Ok(Advanced {
            step: SignInStep::Done(Box::new(granted.grant)),
            refresh: Some(granted.refresh),
            transaction: None,
            device: text,
        })
    }

    /// A session of the person, unless account or sign-in have changed since they were looked at.
    async fn start_session(
        &self,
        origin: &Origin,
        proven: &Proven,
        device: Browser,
        running: Option<String>,
    ) -> Result<Option<Granted>, Failure> {
        let now = self.clock.now();
        let (idle, absolute) = match self.rules.remember_days {
            // Kept over the closing of the browser, so also while nobody is there.
            Some(days) if proven.remember => (i64::from(days) * DAY, i64::from(days) * DAY),
            _ => (self.rules.idle, self.rules.absolute),
        };
        let session = SessionRow {
            id: uuid_v7(&*self.random, now)?,
            user_id: proven.user.id,
            created_at: now,
            expires_at: now + absolute,
            last_active_at: now,
            revoked_at: None,
            idle,
            remembered: proven.remember,
            method: proven.method.clone(),
            password_at: now,
            factor_at: proven.factor.then_some(now),
            user_agent: origin.stored_user_agent(),
            address: origin.stored_address(),
        };
        let refresh = tokens::fresh(&*self.random)?;
        let access = self.new_access_token(now, session.expires_at)?;
        let tokens = NewTokens {
            refresh_hash: refresh.hash,
            access_hash: access.hash.clone(),
            access_expires_at: access.expires_at,
        };
        let start = SessionStart {
            session: session.clone(),
            tokens,
            device,
            running,
        };
        if !self.sessions.start(&proven.user, start).await? {
            return Ok(None);
        }
        let granted = self.granted(&proven.user, &session, access, refresh.text).await?;
        Ok(Some(granted))
    }
}

impl RefreshCookie {
    /// The cookie of `session`, which lasts as long as that if it was kept on purpose.
    pub(super) fn of(session: &SessionRow, token: String, now: i64) -> Self {
        let rest = (session.expires_at - now).max(SECOND);
        Self {
            token,
            max_age: session.remembered.then(|| seconds(rest)),
        }
    }
}

//! Refreshing: each refresh token works once and names its successor.
//!
//! A reply can be lost and two tabs can ask at once, so a token used a moment ago answers with the same successor
//! again, as long as nobody used that one. Any other second use means that somebody holds a copy: the session ends.

use portico_contract::ids::SessionId;
use portico_contract::problem::ErrorCode;

use super::{Auth, Granted, is_alive};
use crate::domain::audit::{Entry, Event};
use crate::domain::clock::SECOND;
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::domain::tokens;
use crate::store::{NewTokens, RefreshTokenRow, Rotation, SessionRow, UserRow};

/// For this long a retired token still answers with its successor.
const GRACE: i64 = 30 * SECOND;

fn ended() -> Failure {
    Failure::of(ErrorCode::SessionEnded)
}

impl Auth {
    /// Exchanges `token` for its successor and a fresh access token. `believed` is the session the tab thinks it has.
    pub(crate) async fn refresh(
        &self,
        origin: &Origin,
        token: &str,
        believed: Option<SessionId>,
    ) -> Result<Granted, Failure> {
        let hash = tokens::hash(token).ok_or_else(ended)?;
        let found = self.sessions.find_by_refresh_token(&hash).await?;
        let (row, session, user) = found.ok_or_else(ended)?;
        let now = self.clock.now();
        if !is_alive(&session, &user, now) {
            return Err(ended());
        }
        // What is required since it began holds for it, too: the next sign-in leads to the enrolment.
        if self.second_factors.is_required(&user)? && self.second_factors.methods(user.id).await?.is_empty() {
            return Err(ended());
        }
        if believed.is_some_and(|believed| believed.0 != session.id) {
            return Err(Failure::of(ErrorCode::SessionChanged));
        }
        if row.retired_at.is_none()
            && let Some(granted) = self.rotate(token, &hash, &user, &session, now).await?
        {
            return Ok(granted);
        }
        self.reuse(origin, token, &hash, &user, &session, now).await
    }

    /// Retires `token`; `None` when another request was faster.
    async fn rotate(
        &self,
        token: &str,
        hash: &str,
        user: &UserRow,
        session: &SessionRow,
        now: i64,
    ) -> Result<Option<Granted>, Failure> {
        let successor = tokens::fresh(&*self.random)?;
        let sealed_successor = tokens::seal(token, &successor.text, &*self.random)?;
        let access = self.new_access_token(now, session.expires_at)?;
        let rotation = Rotation {
            session_id: session.id,
            retired: hash.to_owned(),
            sealed_successor,
            now,
            new: NewTokens {
                refresh_hash: successor.hash,
                access_hash: access.hash.clone(),
                access_expires_at: access.expires_at,
            },
        };
        if !self.sessions.rotate(rotation).await? {
            return Ok(None);
        }
        let granted = self.granted(user, session, access, successor.text).await?;
        Ok(Some(granted))
    }

    async fn reuse(
        &self,
        origin: &Origin,
        token: &str,
        hash: &str,
        user: &UserRow,
        session: &SessionRow,
        now: i64,
    ) -> Result<Granted, Failure> {
        let Some(refresh_token) = self.forgivable(token, hash, now).await? else {
            self.sessions.revoke(session.id, now).await?;
            let entry = Entry::refused(Event::RefreshReuse).to(user.id);
            self.audit.record(origin, entry.in_session(session.id)).await?;
            self.notices.session_copied(user).await?;
            return Err(ended());
        };
        let access = self.new_access_token(now, session.expires_at)?;
        self.sessions
            .add_access_token(session.id, &access.hash, access.expires_at)
            .await?;
        self.granted(user, session, access, refresh_token).await
    }

    /// The successor of `token`, if it was retired a moment ago and the successor was not used.
    async fn forgivable(&self, token: &str, hash: &str, now: i64) -> Result<Option<String>, Failure> {
        // Read anew: the row may have been retired since it was found.
        let Some((row, _, _)) = self.sessions.find_by_refresh_token(hash).await? else {
            return Ok(None);
        };
        let RefreshTokenRow {
            retired_at: Some(retired_at),
            successor_hash: Some(successor_hash),
            sealed_successor: Some(sealed),
            ..
        } = row
        else {
            return Ok(None);
        };
        let successor = self.sessions.find_by_refresh_token(&successor_hash).await?;
        let unused = successor.is_some_and(|(successor, _, _)| successor.retired_at.is_none());
        let recent = now - retired_at <= GRACE;
        Ok((unused && recent).then(|| tokens::open(token, &sealed)).flatten())
    }
}

//! People change their own password from within a session.

use portico_contract::auth::ChangeOwnPassword;
use portico_contract::problem::{ErrorCode, FieldRule};
use portico_contract::validate::Validated;
use serde_json::json;

use super::{Actor, Auth, Granted};
use crate::domain::audit::{Entry, Event};
use crate::domain::failure::Failure;
use crate::domain::new_passwords::OtherSessions;
use crate::domain::origin::Origin;
use crate::domain::throttle::Key;
use crate::domain::tokens;
use crate::store::NewTokens;

/// What the password is asked for once more.
pub(crate) struct Confirmation {
    /// What a wrong one keeps from happening.
    pub(crate) what_for: Event,
    /// The field that is told of.
    pub(crate) field: &'static str,
}

impl Auth {
    /// Changes the password of `actor`. A session alone is not enough: whoever found it open does not know the current
    /// one, and is counted like at the sign-in. The session goes on with tokens of its own; the older ones are dead.
    pub(crate) async fn change_own_password(
        &self,
        origin: &Origin,
        actor: &Actor,
        request: Validated<ChangeOwnPassword>,
    ) -> Result<Granted, Failure> {
        let ChangeOwnPassword {
            current,
            new,
            end_other_sessions,
        } = request.into_inner();
        let asked = Confirmation {
            what_for: Event::PasswordChanged,
            field: "current",
        };
        self.confirm(origin, actor, asked, &current).await?;
        self.require_fresh_factor(actor).await?;
        self.new_passwords.check("new", &actor.user, &new).await?;
        let sessions = if end_other_sessions {
            OtherSessions::EndAllBut(actor.session.id)
        } else {
            OtherSessions::Keep
        };
        let changed = self.new_passwords.set(&actor.user, &new, sessions, None).await?;
        // Somebody was faster: what was right a moment ago is not the current one any more.
        let user = changed.ok_or_else(|| Failure::field("current", FieldRule::Incorrect))?;
        let detail = json!({"other_sessions_ended": end_other_sessions});
        let entry = Entry::accepted(Event::PasswordChanged).by(actor).to(user.id);
        self.audit.record(origin, entry.detail(detail)).await?;
        self.replace_tokens(&user, actor).await
    }

    /// Whether `password` is the actor's.
    pub(crate) async fn confirm(
        &self,
        origin: &Origin,
        actor: &Actor,
        asked: Confirmation,
        password: &str,
    ) -> Result<(), Failure> {
        let key = Key::confirmation(actor.user.id);
        let admission = match self.throttle.admit(&key).await? {
            Ok(admission) => admission,
            Err(refusal) => {
                if refusal.is_notable() {
                    let detail = json!({"method": "confirmation", "tries": refusal.refused});
                    let entry = Entry::refused(Event::Throttled).by(actor).to(actor.user.id);
                    self.audit.record(origin, entry.detail(detail)).await?;
                }
                return Err(refusal.into());
            }
        };
        let looked = self
            .passwords
            .verify(password, actor.user.password_hash.clone())
            .await;
        if self.throttle.looked_at(&[&key], looked).await? {
            return self.throttle.succeeded(&key).await;
        }
        let Confirmation { what_for, field } = asked;
        let entry = Entry::refused(what_for).by(actor).to(actor.user.id);
        self.audit.record(origin, entry).await?;
        let entry = Entry::refused(Event::Locked).by(actor).to(actor.user.id);
        if self.note_lock(origin, &[&admission], entry).await? {
            self.notices.locked("", Some(&actor.user)).await?;
        }
        let failure = Failure::field(field, FieldRule::Incorrect);
        debug_assert_eq!(failure.code, ErrorCode::Validation);
        Err(Failure {
            attempts_left: Some(admission.attempts_left()),
            retry_after: admission.pause(),
            ..failure
        })
    }

    pub(super) async fn replace_tokens(
        &self,
        user: &crate::store::UserRow,
        actor: &Actor,
    ) -> Result<Granted, Failure> {
        let now = self.clock.now();
        let refresh = tokens::fresh(&*self.random)?;
        let access = self.new_access_token(now, actor.session.expires_at)?;
        let new = NewTokens {
            refresh_hash: refresh.hash,
            access_hash: access.hash.clone(),
            access_expires_at: access.expires_at,
        };
        self.sessions.replace_tokens(actor.session.id, new, now).await?;
        self.granted(user, &actor.session, access, refresh.text).await
    }
}

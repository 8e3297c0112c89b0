//! What an administrator does to an account: in or out of use, another way in, no session any more.

use portico_contract::admin::{AdminUser, UserStatus};
use portico_contract::capability::Verb;
use portico_contract::ids::UserId;
use portico_contract::problem::ErrorCode;
use serde_json::json;

use super::{Administration, may, status};
use crate::domain::audit::Event;
use crate::domain::auth::Actor;
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::store::Deactivation;

impl Administration {
    /// Takes an account out of use. Nobody can do that to themselves, and one administrator remains.
    pub(crate) async fn deactivate(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
    ) -> Result<AdminUser, Failure> {
        self.find_other(actor, id).await?;
        match self.accounts.deactivate(id.0, self.clock.now()).await? {
            Deactivation::LastAdmin => Err(Failure::of(ErrorCode::LastAdmin)),
            Deactivation::Done => self.done(origin, actor, Event::Deactivated, id, json!({})).await,
            Deactivation::Unchanged => self.show(id).await,
        }
    }

    /// Takes an account into use again.
    pub(crate) async fn activate(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
    ) -> Result<AdminUser, Failure> {
        may(actor, Verb::Update)?;
        self.find(id).await?;
        if self.accounts.activate(id.0).await? {
            self.done(origin, actor, Event::Reactivated, id, json!({})).await
        } else {
            self.show(id).await
        }
    }

    /// Mails a reset to a person who has a password.
    pub(crate) async fn send_reset(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
    ) -> Result<AdminUser, Failure> {
        self.send(origin, actor, id, UserStatus::Active, Event::ResetRequested)
            .await
    }

    /// Invites a person again who has not come yet. The invitation before ends.
    pub(crate) async fn resend_invitation(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
    ) -> Result<AdminUser, Failure> {
        self.send(origin, actor, id, UserStatus::Invited, Event::Invited)
            .await
    }

    async fn send(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
        wanted: UserStatus,
        event: Event,
    ) -> Result<AdminUser, Failure> {
        may(actor, Verb::Update)?;
        let row = self.find(id).await?;
        if status(&row) != wanted {
            return Err(Failure::of(ErrorCode::Conflict));
        }
        let way_in = self.recovery.by_administrator(&row, &actor.user)?;
        self.recovery.send(way_in).await?;
        let detail = json!({"channel": "mail"});
        self.done(origin, actor, event, id, detail).await
    }

    /// Ends every session of a person.
    pub(crate) async fn end_sessions(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
    ) -> Result<AdminUser, Failure> {
        may(actor, Verb::Update)?;
        self.find(id).await?;
        let ended = self.accounts.end_sessions(id.0, self.clock.now()).await?;
        let detail = json!({"sessions": ended});
        self.done(origin, actor, Event::SessionsEnded, id, detail).await
    }

    /// Marks a person's password as known to others and ends every session: the next sign-in leads to a new one. Not for
    /// one's own account, for there one changes it.
    pub(crate) async fn require_new_password(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
    ) -> Result<AdminUser, Failure> {
        self.find_other(actor, id).await?;
        let ended = self.accounts.require_new_password(id.0, self.clock.now()).await?;
        let ended = ended.ok_or_else(|| Failure::of(ErrorCode::Conflict))?;
        let detail = json!({"sessions": ended});
        self.done(origin, actor, Event::NewPasswordRequired, id, detail)
            .await
    }
}

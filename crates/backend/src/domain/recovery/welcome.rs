//! Accepting an invitation.

use portico_contract::problem::FieldRule;
use portico_contract::recovery::{CheckLink, CompleteWelcome, LinkOver, WelcomeAccount, WelcomeCheck};
use portico_contract::validate::Validated;

use super::{Purpose, Recovery};
use crate::domain::audit::{Entry, Event};
use crate::domain::clock::{time_zone, timestamp};
use crate::domain::failure::Failure;
use crate::domain::new_passwords::OtherSessions;
use crate::domain::origin::Origin;
use crate::domain::users::stated_identifiers;
use crate::store::{ChosenSettings, Completion, UserRow, stored};

impl Recovery {
    /// Whether an invitation works, and what the page needs to receive the person. Uses nothing up.
    pub(crate) async fn check_invitation(
        &self,
        request: Validated<CheckLink>,
    ) -> Result<WelcomeCheck, Failure> {
        let (row, user) = match self.by_token(&request.token, Purpose::Invitation).await? {
            Ok(opened) => opened,
            Err(reason) => return Ok(WelcomeCheck::Over { reason }),
        };
        let inviter = match row.sent_by {
            Some(inviter) => self.users.find(inviter).await?,
            None => None,
        };
        Ok(WelcomeCheck::Valid(WelcomeAccount {
            identifiers: stated_identifiers(&user),
            words: self.new_passwords.context_words(&user).await?,
            name: user.name,
            invited_by: inviter
                .filter(|inviter| inviter.active)
                .map(|inviter| inviter.name),
            locale: stored(&row.locale)?,
            expires_at: timestamp(row.expires_at)?,
        }))
    }

    /// Sets the first password of an invited person, who then exists as any other. A password that is refused uses
    /// nothing up.
    pub(crate) async fn accept_invitation(
        &self,
        origin: &Origin,
        request: Validated<CompleteWelcome>,
    ) -> Result<Result<UserRow, LinkOver>, Failure> {
        let CompleteWelcome {
            token,
            password,
            locale,
            time_zone: zone,
        } = request.into_inner();
        let (row, user) = match self.by_token(&token, Purpose::Invitation).await? {
            Ok(opened) => opened,
            Err(reason) => return self.not_accepted(origin, reason).await,
        };
        let zone = time_zone(&zone).ok_or_else(|| Failure::field("time_zone", FieldRule::NotAllowed))?;
        self.new_passwords.check("password", &user, &password).await?;
        let new = self
            .new_passwords
            .prepare(&user, &password, OtherSessions::End)
            .await?;
        let completed = self
            .recoveries
            .complete(Completion {
                recovery: row.id,
                password: new,
                settings: Some(ChosenSettings {
                    locale,
                    time_zone: zone,
                }),
            })
            .await?;
        let Some(user) = completed else {
            let reason = self.open_again(row.id, Purpose::Invitation).await?;
            return self.not_accepted(origin, reason).await;
        };
        self.post.wake();
        let entry = Entry::accepted(Event::Welcomed).by_person(user.id).to(user.id);
        self.audit.record(origin, entry).await?;
        Ok(Ok(user))
    }

    async fn not_accepted(
        &self,
        origin: &Origin,
        reason: LinkOver,
    ) -> Result<Result<UserRow, LinkOver>, Failure> {
        let entry = Entry::refused(Event::Welcomed).detail(serde_json::json!({"reason": reason}));
        self.audit.record(origin, entry).await?;
        Ok(Err(reason))
    }
}

//! Another mail address for an account.

use portico_contract::admin::{AdminUser, ChangeUser, UserStatus};
use portico_contract::ids::UserId;
use portico_contract::problem::ErrorCode;
use portico_contract::validate::Validate as _;
use serde_json::json;

use super::{Administration, status};
use crate::domain::audit::Event;
use crate::domain::auth::Actor;
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::domain::users::{canonical_identifier, searched};
use crate::store::{EmailChange, EmailOutcome, UserRow};

impl Administration {
    /// Gives an account another mail address. The earlier one is told as well, and every reset on its way there is over.
    /// Who has not come yet is invited at the new one. Not for one's own account: that is worth a proof of who one is.
    pub(crate) async fn change(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
        input: ChangeUser,
    ) -> Result<AdminUser, Failure> {
        let before = self.find_other(actor, id).await?;
        let ChangeUser { email } = input.validate()?.into_inner();
        if email == before.email {
            return self.described(before).await;
        }
        let (earlier_key, key) = (canonical_identifier(&before.email), canonical_identifier(&email));
        if key != earlier_key {
            self.refuse_taken(&[("email", key.clone())]).await?;
        }
        let after = UserRow {
            search_text: searched(
                &before.name,
                &email,
                &before.employee_number,
                before.username.as_deref(),
            ),
            email,
            ..before.clone()
        };
        let (notices, way_in) = match status(&before) {
            // Nobody has used the account, and the earlier address may be a stranger's.
            UserStatus::Invited => (
                Vec::new(),
                Some(self.recovery.by_administrator(&after, &actor.user)?),
            ),
            _ => (self.notices.address_changed(&after, &before.email)?.into(), None),
        };
        let change = EmailChange {
            user: id.0,
            earlier: (before.email, earlier_key),
            email: (after.email, key.clone()),
            search_text: after.search_text,
            notices,
            way_in,
        };
        match self.accounts.change_email(change).await? {
            EmailOutcome::Done => {}
            EmailOutcome::Taken => {
                self.refuse_taken(&[("email", key)]).await?;
                return Err(Failure::of(ErrorCode::Conflict));
            }
            EmailOutcome::Outdated => return Err(Failure::of(ErrorCode::Conflict)),
        }
        self.recovery.post.wake();
        let detail = json!({"changed": "email"});
        self.done(origin, actor, Event::UserChanged, id, detail).await
    }
}

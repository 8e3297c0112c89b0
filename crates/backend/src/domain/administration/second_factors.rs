//! Help with second factors: taking them away, from an account or because its person has asked for it.

use portico_contract::admin::AdminUser;
use portico_contract::ids::{AdminRequestId, UserId};
use portico_contract::problem::ErrorCode;
use serde_json::json;
use uuid::Uuid;

use super::Administration;
use crate::domain::audit::Event;
use crate::domain::auth::Actor;
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;

impl Administration {
    /// Takes a person's second factors away: the next sign-in leads to a new one. Not one's own, for there one removes them.
    pub(crate) async fn reset_second_factor(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
    ) -> Result<AdminUser, Failure> {
        let row = self.find_other(actor, id).await?;
        if row.password_hash.is_none() {
            return Err(Failure::of(ErrorCode::Conflict));
        }
        let ended = self.second_factors.reset(&row).await?;
        let detail = json!({"sessions": ended});
        self.done(origin, actor, Event::FactorsReset, id, detail).await
    }

    /// The answer to `request` took the second factors of `person` away: forgets the tries at them, and writes it down.
    pub(super) async fn factors_taken_for(
        &self,
        origin: &Origin,
        actor: &Actor,
        request: AdminRequestId,
        person: Uuid,
    ) -> Result<(), Failure> {
        self.second_factors.tries_forgotten(person).await?;
        let detail = json!({"request": request});
        self.note(origin, actor, Event::FactorsReset, person, detail)
            .await
    }
}

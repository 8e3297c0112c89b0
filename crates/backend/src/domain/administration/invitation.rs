//! Inviting somebody.

use portico_contract::admin::{AdminUser, InviteUser};
use portico_contract::capability::Verb;
use portico_contract::ids::UserId;
use portico_contract::problem::{ErrorCode, FieldRule};
use portico_contract::validate::Validate as _;
use serde_json::json;

use super::identifiers::keyed;
use super::{Administration, may};
use crate::domain::audit::Event;
use crate::domain::auth::Actor;
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::domain::random::uuid_v7;
use crate::domain::search::sort_key;
use crate::domain::users::searched;
use crate::store::UserRow;

impl Administration {
    /// Invites somebody.
    pub(crate) async fn invite(
        &self,
        origin: &Origin,
        actor: &Actor,
        input: InviteUser,
    ) -> Result<AdminUser, Failure> {
        may(actor, Verb::Create)?;
        let teams = self.accounts.teams().await?;
        let team_exists = teams.iter().any(|team| team.id == input.team);
        let input = match (input.validate(), team_exists) {
            (Ok(input), true) => input.into_inner(),
            (input, _) => {
                let mut problems = input.err().unwrap_or_default();
                if !team_exists {
                    problems.add("team", FieldRule::NotAllowed, None);
                }
                return Err(problems.into());
            }
        };
        let keys = keyed(&input);
        self.refuse_taken(&keys).await?;
        let row = self.row(input)?;
        let (id, way_in) = (row.id, self.recovery.by_administrator(&row, &actor.user)?);
        let keys_alone = keys.iter().map(|(_, key)| key.clone()).collect();
        if !self.accounts.invite(row, keys_alone, way_in).await? {
            self.refuse_taken(&keys).await?;
            return Err(Failure::of(ErrorCode::Conflict));
        }
        self.recovery.post.wake();
        self.done(origin, actor, Event::Invited, UserId(id), json!({}))
            .await
    }

    fn row(&self, input: InviteUser) -> Result<UserRow, Failure> {
        let now = self.clock.now();
        let search_text = searched(
            &input.name,
            &input.email,
            &input.employee_number,
            input.username.as_deref(),
        );
        Ok(UserRow {
            id: uuid_v7(&*self.random, now)?,
            sort_key: sort_key(&input.name),
            search_text,
            name: input.name,
            email: input.email,
            employee_number: input.employee_number,
            username: input.username,
            phone: input.phone,
            verified_phone: None,
            role: input.role.as_str().to_owned(),
            team_id: input.team.0,
            chosen_locale: Some(input.locale.tag().to_owned()),
            time_zone: "UTC".to_owned(),
            password_hash: None,
            password_changed_at: None,
            password_temporary_until: None,
            password_compromised: false,
            active: true,
            enrolment_due: false,
            password_by_message: false,
            created_at: now,
            last_sign_in_at: None,
        })
    }
}

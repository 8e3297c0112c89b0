//! Looking after people. An administrator can have a password asked for, and can never set or see one.

mod accounts;
mod actions;
mod address;
mod identifiers;
mod invitation;
mod requests;
mod second_factors;

use std::sync::Arc;

use portico_contract::admin::{AdminUser, UserStatus};
use portico_contract::capability::{Resource, Verb};
use portico_contract::ids::UserId;
use portico_contract::problem::ErrorCode;
use serde_json::Value;
use uuid::Uuid;

use super::audit::{Audit, Entry, Event};
use super::auth::Actor;
use super::clock::Clock;
use super::cursor::Cursors;
use super::failure::Failure;
use super::notices::Notices;
use super::origin::Origin;
use super::random::Random;
use super::recovery::Recovery;
use super::second_factor::SecondFactors;
use crate::store::{Accounts, AdminRequests, UserRow, Users};

/// Looks after accounts and requests for an administrator.
#[derive(Clone)]
pub(crate) struct Administration {
    pub(crate) accounts: Accounts,
    pub(crate) requests: AdminRequests,
    pub(crate) users: Users,
    pub(crate) recovery: Recovery,
    pub(crate) second_factors: SecondFactors,
    pub(crate) notices: Notices,
    pub(crate) audit: Audit,
    pub(crate) cursors: Arc<Cursors>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
}

fn status(row: &UserRow) -> UserStatus {
    if !row.active {
        UserStatus::Deactivated
    } else if row.password_hash.is_none() {
        UserStatus::Invited
    } else {
        UserStatus::Active
    }
}

fn may(actor: &Actor, verb: Verb) -> Result<(), Failure> {
    actor.access.require(verb, Resource::Users).map(|_| ())
}

impl Administration {
    async fn find(&self, id: UserId) -> Result<UserRow, Failure> {
        let found = self.accounts.find(id.0).await?;
        found.ok_or_else(|| Failure::of(ErrorCode::NotFound))
    }

    /// The account `id`, to which `actor` may do what nobody does to themselves.
    async fn find_other(&self, actor: &Actor, id: UserId) -> Result<UserRow, Failure> {
        may(actor, Verb::Update)?;
        let row = self.find(id).await?;
        if row.id == actor.user.id {
            Err(Failure::of(ErrorCode::OwnAccount))
        } else {
            Ok(row)
        }
    }

    async fn note(
        &self,
        origin: &Origin,
        actor: &Actor,
        event: Event,
        person: Uuid,
        detail: Value,
    ) -> Result<(), Failure> {
        let entry = Entry::accepted(event).by(actor).to(person).detail(detail);
        self.audit.record(origin, entry).await
    }

    /// Writes down what `actor` has done to the account `id`, and shows the account as it is now.
    async fn done(
        &self,
        origin: &Origin,
        actor: &Actor,
        event: Event,
        id: UserId,
        detail: Value,
    ) -> Result<AdminUser, Failure> {
        self.note(origin, actor, event, id.0, detail).await?;
        self.show(id).await
    }
}

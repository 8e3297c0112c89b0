//! Entering and changing customers: who may, for whom, and based on which version.

use portico_contract::capability::{Resource, Verb};
use portico_contract::customer::{CreateCustomer, Customer, CustomerInput, UpdateCustomer};
use portico_contract::ids::{CustomerId, UserId};
use portico_contract::problem::{ErrorCode, FieldRule};
use portico_contract::user::UserRef;
use portico_contract::validate::{FieldProblems, Validate as _, Validated};

use super::access::{Access, Reach, roles_that_may};
use super::customers::{CustomerService, is_editable, shown_to};
use super::failure::Failure;
use super::precondition::{self, SeenVersion};
use super::random::uuid_v7;
use super::search::sort_key;
use crate::store::{CustomerEntry, Owner};

impl CustomerService {
    /// The people to whom `access` may give a customer: those within reach who can look after one.
    pub(crate) async fn assignees(&self, access: &Access) -> Result<Vec<UserRef>, Failure> {
        let reach = access.require(Verb::Update, Resource::Customers)?;
        let people = self
            .users
            .active(reach, roles_that_may(Verb::Update, Resource::Customers))
            .await?;
        let mut people: Vec<_> = people
            .into_iter()
            .map(|person| UserRef {
                id: UserId(person.id),
                name: person.name,
            })
            .collect();
        people.sort_by_cached_key(|person| (sort_key(&person.name), person.id));
        Ok(people)
    }

    /// Enters a customer.
    pub(crate) async fn create(&self, access: &Access, input: CreateCustomer) -> Result<Customer, Failure> {
        let reach = access.require(Verb::Create, Resource::Customers)?;
        let oneself = Owner {
            id: access.user,
            team: access.team,
        };
        let entry = self.checked(input, reach, oneself).await?;
        let id = uuid_v7(&*self.random, entry.now)?;
        Ok(shown_to(access, self.customers.insert(id, &entry).await?))
    }

    /// Changes a customer, if it still has the version the person saw.
    pub(crate) async fn update(
        &self,
        access: &Access,
        id: CustomerId,
        seen: Option<SeenVersion>,
        input: UpdateCustomer,
    ) -> Result<Customer, Failure> {
        let customer = self.visible(access, id).await?;
        let reach = access.require(Verb::Update, Resource::Customers)?;
        if !is_editable(access, &customer) {
            return Err(Failure::of(ErrorCode::Forbidden));
        }
        let version = precondition::version(seen)?;
        // Said before the fields are looked at: they may be wrong only because the record has changed.
        if version != customer.version {
            return Err(Failure::of(ErrorCode::VersionMismatch));
        }
        let so_far = Owner {
            id: customer.owner.id.0,
            team: customer.team.id.0,
        };
        let entry = self.checked(input, reach, so_far).await?;
        let changed = self.customers.update(&customer, &entry).await?;
        Ok(shown_to(access, changed))
    }

    /// What is to be written, or every field that is wrong. `usual` looks after the customer unless `input` names
    /// another, who must then be within `reach`.
    async fn checked(
        &self,
        input: CustomerInput,
        reach: Reach,
        usual: Owner,
    ) -> Result<CustomerEntry, Failure> {
        let owner = match input.owner_id {
            Some(wanted) if wanted.0 != usual.id => self.assignee(reach, wanted).await?,
            _ => Some(usual),
        };
        let input = input.validate();
        let Some(owner) = owner else {
            return Err(without_owner(input));
        };
        Ok(CustomerEntry {
            input: input?,
            owner,
            now: self.clock.now(),
        })
    }

    async fn assignee(&self, reach: Reach, id: UserId) -> Result<Option<Owner>, Failure> {
        let people = self
            .users
            .active(reach, roles_that_may(Verb::Update, Resource::Customers))
            .await?;
        let wanted = people.into_iter().find(|person| person.id == id.0);
        Ok(wanted.map(|person| Owner {
            id: person.id,
            team: person.team_id,
        }))
    }
}

/// The refusal of an owner, along with whatever else is wrong.
fn without_owner(input: Result<Validated<CustomerInput>, FieldProblems>) -> Failure {
    let mut problems = input.err().unwrap_or_default();
    problems.add("owner_id", FieldRule::NotAllowed, None);
    problems.into()
}

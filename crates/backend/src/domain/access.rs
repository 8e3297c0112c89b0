//! Who may do what: the one table from which the server decides and the capabilities of a session are made.

use portico_contract::capability::{Capabilities, Capability, Resource, Scope, Verb};
use portico_contract::problem::ErrorCode;
use portico_contract::user::Role;
use uuid::Uuid;

use super::failure::Failure;

use Resource::{Customers, Deals, PersonalData, Users};
use Scope::{All, Own, Team};
use Verb::{Create, Delete, Read, Update};

/// The rights of `role`.
const fn table(role: Role) -> &'static [(Verb, Resource, Scope)] {
    match role {
        Role::Admin => &[
            (Read, Customers, All),
            (Create, Customers, All),
            (Update, Customers, All),
            (Delete, Customers, All),
            (Read, Deals, All),
            (Create, Deals, All),
            (Update, Deals, All),
            (Delete, Deals, All),
            (Read, PersonalData, All),
            (Read, Users, All),
            (Create, Users, All),
            (Update, Users, All),
        ],
        Role::Manager => &[
            (Read, Customers, Team),
            (Create, Customers, Team),
            (Update, Customers, Team),
            (Read, Deals, Team),
            (Create, Deals, Team),
            (Update, Deals, Team),
            (Read, PersonalData, All),
        ],
        Role::Sales => &[
            (Read, Customers, Own),
            (Create, Customers, Own),
            (Update, Customers, Own),
            (Read, Deals, Own),
            (Create, Deals, Own),
            (Update, Deals, Own),
            (Read, PersonalData, All),
        ],
        Role::Service | Role::Marketing => &[
            (Read, Customers, All),
            (Read, Deals, All),
            (Read, PersonalData, All),
        ],
        Role::Guest => &[(Read, Customers, All), (Read, Deals, All)],
    }
}

/// The capabilities a session of `role` carries.
pub(crate) fn capabilities(role: Role) -> Capabilities {
    let grants = table(role).iter();
    Capabilities(
        grants
            .map(|&(verb, resource, scope)| Capability {
                verb,
                resource,
                scope,
            })
            .collect(),
    )
}

/// The roles that may `verb` on `resource`, of whomever.
pub(crate) fn roles_that_may(verb: Verb, resource: Resource) -> impl Iterator<Item = Role> {
    Role::ALL
        .into_iter()
        .filter(move |role| capabilities(*role).scope(verb, resource).is_some())
}

/// Whose rows a query may touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Those of one person.
    Own(Uuid),
    /// Those of one team.
    Team(Uuid),
    /// Everybody's.
    All,
}

impl Reach {
    /// Whether a row of `owner` in `team` is within it.
    pub(crate) fn covers(self, owner: Uuid, team: Uuid) -> bool {
        match self {
            Self::Own(person) => person == owner,
            Self::Team(own) => own == team,
            Self::All => true,
        }
    }
}

/// A person with their rights.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Access {
    /// Who.
    pub(crate) user: Uuid,
    /// The person's team.
    pub(crate) team: Uuid,
    /// What the person is.
    pub(crate) role: Role,
}

impl Access {
    /// Whose `resource` the person may `verb`, if anybody's.
    pub(crate) fn reach(&self, verb: Verb, resource: Resource) -> Option<Reach> {
        let scope = capabilities(self.role).scope(verb, resource)?;
        Some(match scope {
            Own => Reach::Own(self.user),
            Team => Reach::Team(self.team),
            All => Reach::All,
        })
    }

    /// The same, where lacking the right altogether refuses the request.
    pub(crate) fn require(&self, verb: Verb, resource: Resource) -> Result<Reach, Failure> {
        self.reach(verb, resource)
            .ok_or_else(|| Failure::of(ErrorCode::Forbidden))
    }

    /// Whether the person sees telephone numbers, mail addresses and streets in clear.
    pub(crate) fn sees_personal_data(&self) -> bool {
        self.reach(Read, PersonalData).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(role: Role) -> Access {
        Access {
            user: Uuid::from_u128(1),
            team: Uuid::from_u128(2),
            role,
        }
    }

    #[test]
    fn only_the_guest_sees_masked_data() {
        for role in Role::ALL {
            assert_eq!(access(role).sees_personal_data(), role != Role::Guest, "{role:?}");
        }
    }

    #[test]
    fn reach_follows_the_scope() {
        let mine = (Uuid::from_u128(1), Uuid::from_u128(2));
        let colleague = (Uuid::from_u128(3), Uuid::from_u128(2));
        let stranger = (Uuid::from_u128(4), Uuid::from_u128(5));
        let seen = |role, (owner, team)| {
            access(role)
                .reach(Read, Customers)
                .is_some_and(|reach| reach.covers(owner, team))
        };
        for (role, expected) in [
            (Role::Admin, [true, true, true]),
            (Role::Manager, [true, true, false]),
            (Role::Sales, [true, false, false]),
            (Role::Service, [true, true, true]),
            (Role::Guest, [true, true, true]),
        ] {
            assert_eq!(
                [mine, colleague, stranger].map(|row| seen(role, row)),
                expected,
                "{role:?}"
            );
        }
    }

    #[test]
    fn roles_are_found_by_their_rights() {
        let roles: Vec<_> = roles_that_may(Update, Customers).collect();
        assert_eq!(roles, [Role::Admin, Role::Manager, Role::Sales]);
    }

    #[test]
    fn readers_may_not_write() {
        for role in [Role::Service, Role::Marketing, Role::Guest] {
            assert!(access(role).require(Update, Deals).is_err(), "{role:?}");
        }
    }
}

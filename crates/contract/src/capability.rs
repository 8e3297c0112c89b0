//! What a person may do: verbs on resources within a scope.
//!
//! The session carries them so that the front end can explain; the backend decides on every request by itself.

use serde::{Deserialize, Serialize};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// See it.
    Read,
    /// Make a new one.
    Create,
    /// Change it.
    Update,
    /// Remove it.
    Delete,
}

/// What it is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Resource {
    /// Customers with their contacts, activities and orders.
    Customers,
    /// Deals and their place on the board.
    Deals,
    /// Telephone numbers and mail addresses in clear; without it they arrive masked.
    PersonalData,
    /// Accounts: who may sign in, invitations, requests for help.
    Users,
}

/// Whose records it reaches. Ordered: a wider scope is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The person's own.
    Own,
    /// Those of the person's team.
    Team,
    /// Everybody's.
    All,
}

/// One right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Capability {
    /// What may be done.
    pub verb: Verb,
    /// To what.
    pub resource: Resource,
    /// Of whom.
    pub scope: Scope,
}

/// The rights of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Capabilities(pub Vec<Capability>);

impl Capabilities {
    /// The widest scope in which `verb` on `resource` is allowed, if it is.
    pub fn scope(&self, verb: Verb, resource: Resource) -> Option<Scope> {
        self.0
            .iter()
            .filter(|c| c.verb == verb && c.resource == resource)
            .map(|c| c.scope)
            .max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_scope_wins_and_silence_is_refusal() {
        let capabilities = Capabilities(vec![
            Capability {
                verb: Verb::Read,
                resource: Resource::Customers,
                scope: Scope::Own,
            },
            Capability {
                verb: Verb::Read,
                resource: Resource::Customers,
                scope: Scope::All,
            },
        ]);
        assert_eq!(
            capabilities.scope(Verb::Read, Resource::Customers),
            Some(Scope::All)
        );
        assert_eq!(capabilities.scope(Verb::Update, Resource::Customers), None);
    }
}

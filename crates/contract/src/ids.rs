//! Identifiers: one type a noun, so that a customer's id cannot be passed where a deal's is expected.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// A person who signs in.
    UserId,
    /// A team of users.
    TeamId,
    /// A customer: a company or a person.
    CustomerId,
    /// A person at a customer.
    ContactId,
    /// One entry of a customer's timeline.
    ActivityId,
    /// A purchase.
    OrderId,
    /// A deal in a pipeline.
    DealId,
    /// An ordered set of stages.
    PipelineId,
    /// One stage of a pipeline.
    StageId,
    /// A signed-in session. Public: it names the session, it does not open it.
    SessionId,
    /// A browser a person is known with.
    DeviceId,
    /// Something that happened with an account.
    AccountEventId,
    /// Something a person shows as a second factor.
    FactorId,
    /// A request to the administrators.
    AdminRequestId,
}

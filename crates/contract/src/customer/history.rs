//! What was done with a customer and what it bought.

use serde::{Deserialize, Serialize};

use crate::deal::DealRef;
use crate::ids::{ActivityId, OrderId};
use crate::money::Money;
use crate::time::{Date, Timestamp};
use crate::user::UserRef;

/// What was done with a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// A telephone call.
    Call,
    /// A mail.
    Mail,
    /// A visit.
    Visit,
    /// A meeting.
    Meeting,
    /// A note.
    Note,
}

/// One entry of a customer's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Activity {
    /// Which.
    pub id: ActivityId,
    /// What was done.
    pub kind: ActivityKind,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub author: UserRef,
    /// In the author's words.
    pub text: String,
    /// The deal it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal: Option<DealRef>,
}

/// A purchase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Order {
    /// Which.
    pub id: OrderId,
    /// The number on the paper.
    pub number: String,
    /// The day it was placed.
    pub date: Date,
    /// What was bought.
    pub lines: Vec<OrderLine>,
    /// The sum of the lines.
    pub total: Money,
}

/// One line of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderLine {
    /// What.
    pub description: String,
    /// How many.
    pub quantity: u32,
    /// The price of one.
    pub unit_price: Money,
}

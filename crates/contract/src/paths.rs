//! The paths of the API, below the base of `/config.json` (`/api/v1` when the backend serves the front end itself).
//!
//! A constant holds the template as OpenAPI writes it; the functions build the path of one resource.

use crate::ids::{CustomerId, DealId, PipelineId};

/// Where the embedded backend mounts the API.
pub const BASE: &str = "/api/v1";

/// The OpenAPI document.
pub const OPENAPI: &str = "/openapi.json";
/// Readiness.
pub const HEALTH: &str = "/health";
/// Sign-in methods and password rules.
pub const AUTH_POLICY: &str = "/auth/policy";
/// Starts a session.
pub const SIGN_IN: &str = "/auth/sign-in";
/// Exchanges the refresh cookie for a new access token.
pub const REFRESH: &str = "/auth/refresh";
/// Ends the session.
pub const SIGN_OUT: &str = "/auth/sign-out";
/// Finds out whether a browser keeps cookies.
pub const COOKIE_CHECK: &str = "/auth/cookie-check";
/// The person signed in.
pub const ME: &str = "/me";
/// What needs the person today.
pub const TODAY: &str = "/today";
/// What the words of a person may mean: customers and deals.
pub const SEARCH: &str = "/search";
/// Customers.
pub const CUSTOMERS: &str = "/customers";
/// The owners and tags a customer list can be filtered by.
pub const CUSTOMER_FACETS: &str = "/customers/facets";
/// The people a customer can be given to.
pub const CUSTOMER_ASSIGNEES: &str = "/customers/assignees";
/// One customer.
pub const CUSTOMER: &str = "/customers/{id}";
/// A customer's timeline.
pub const CUSTOMER_ACTIVITIES: &str = "/customers/{id}/activities";
/// A customer's orders.
pub const CUSTOMER_ORDERS: &str = "/customers/{id}/orders";
/// A customer's deals.
pub const CUSTOMER_DEALS: &str = "/customers/{id}/deals";
/// Pipelines with their stages.
pub const PIPELINES: &str = "/pipelines";
/// A pipeline's board.
pub const BOARD: &str = "/pipelines/{id}/board";
/// Deals of one pipeline, also of one stage.
pub const DEALS: &str = "/deals";
/// One deal.
pub const DEAL: &str = "/deals/{id}";
/// Moves a deal to a place in a stage.
pub const DEAL_MOVE: &str = "/deals/{id}/move";

/// [`CUSTOMER`] of `id`.
pub fn customer(id: CustomerId) -> String {
    format!("/customers/{id}")
}

/// [`CUSTOMER_ACTIVITIES`] of `id`.
pub fn customer_activities(id: CustomerId) -> String {
    format!("/customers/{id}/activities")
}

/// [`CUSTOMER_ORDERS`] of `id`.
pub fn customer_orders(id: CustomerId) -> String {
    format!("/customers/{id}/orders")
}

/// [`CUSTOMER_DEALS`] of `id`.
pub fn customer_deals(id: CustomerId) -> String {
    format!("/customers/{id}/deals")
}

/// [`BOARD`] of `id`.
pub fn board(id: PipelineId) -> String {
    format!("/pipelines/{id}/board")
}

/// [`DEAL`] of `id`.
pub fn deal(id: DealId) -> String {
    format!("/deals/{id}")
}

/// [`DEAL_MOVE`] of `id`.
pub fn deal_move(id: DealId) -> String {
    format!("/deals/{id}/move")
}

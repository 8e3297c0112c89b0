//! Customers.

use portico_contract::customer::{
    Activity, CreateCustomer, Customer, CustomerFacets, CustomerQuery, CustomerSummary, Order, UpdateCustomer,
};
use portico_contract::deal::Deal;
use portico_contract::ids::CustomerId;
use portico_contract::paging::{Page, PageQuery};
use portico_contract::paths;
use portico_contract::user::UserRef;
use portico_contract::validate::Validated;

use super::client::Client;
use super::error::ApiError;

/// One page of the customers that `query` finds.
pub async fn list_customers(
    client: Client,
    query: &CustomerQuery,
) -> Result<Page<CustomerSummary>, ApiError> {
    client.get_with(paths::CUSTOMERS, query).await
}

/// What a list can be filtered by.
pub async fn customer_facets(client: Client) -> Result<CustomerFacets, ApiError> {
    client.get(paths::CUSTOMER_FACETS).await
}

/// A customer's record.
pub async fn get_customer(client: Client, id: CustomerId) -> Result<Customer, ApiError> {
    client.get(&paths::customer(id)).await
}

/// The people to whom the person may give a customer.
pub async fn list_assignees(client: Client) -> Result<Vec<UserRef>, ApiError> {
    client.get(paths::CUSTOMER_ASSIGNEES).await
}

/// Enters a customer.
pub async fn create_customer(
    client: Client,
    input: &Validated<CreateCustomer>,
) -> Result<Customer, ApiError> {
    client.post(paths::CUSTOMERS, &**input, None).await
}

/// Changes the customer `id`, which was read as `version`.
pub async fn update_customer(
    client: Client,
    id: CustomerId,
    version: u32,
    input: &Validated<UpdateCustomer>,
) -> Result<Customer, ApiError> {
    client.patch(&paths::customer(id), &**input, Some(version)).await
}

/// One page of a customer's timeline, newest first.
pub async fn list_activities(
    client: Client,
    id: CustomerId,
    page: &PageQuery,
) -> Result<Page<Activity>, ApiError> {
    client.get_with(&paths::customer_activities(id), page).await
}

/// One page of a customer's orders, newest first.
pub async fn list_orders(client: Client, id: CustomerId, page: &PageQuery) -> Result<Page<Order>, ApiError> {
    client.get_with(&paths::customer_orders(id), page).await
}

/// One page of a customer's deals.
pub async fn list_customer_deals(
    client: Client,
    id: CustomerId,
    page: &PageQuery,
) -> Result<Page<Deal>, ApiError> {
    client.get_with(&paths::customer_deals(id), page).await
}

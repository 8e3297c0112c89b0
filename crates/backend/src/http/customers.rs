//! `/customers`.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use portico_contract::customer::{
    Activity, CreateCustomer, Customer, CustomerFacets, CustomerQuery, CustomerSort, CustomerStatus,
    CustomerSummary, Order, UpdateCustomer,
};
use portico_contract::deal::{Deal, etag};
use portico_contract::ids::CustomerId;
use portico_contract::paging::{Page, PageQuery};
use portico_contract::paths;
use portico_contract::user::UserRef;

use super::Shared;
use super::error::ApiFailure;
use super::extract::{IfMatch, NoQuery, ResourceId, SignedIn, StrictJson, StrictQuery};
use super::openapi::{
    ChangeProblems, EntryProblems, ListOfOneProblems, ListProblems, OneProblems, PageParams, ReadProblems,
};

/// The customers the person may see.
#[utoipa::path(
    get, path = "/customers", tag = "customers",
    params(
        ("q" = Option<String>, Query, description = "Part of a name, a contact's name, pinyin or its initials, or digits of a telephone number; every word must fit", max_length = 200),
        ("owner" = Option<Uuid>, Query, description = "Only those of this owner"),
        ("status" = Option<CustomerStatus>, Query, description = "Only those in this status"),
        ("tag" = Option<String>, Query, description = "Only those with this tag", max_length = 40),
        ("sort" = Option<CustomerSort>, Query, description = "The order; `name` when absent"),
        PageParams,
    ),
    responses((status = 200, description = "One page", body = Page<CustomerSummary>), ListProblems)
)]
pub(super) async fn list_customers(
    SignedIn(actor): SignedIn,
    State(app): State<Shared>,
    StrictQuery(query): StrictQuery<CustomerQuery>,
) -> Result<Json<Page<CustomerSummary>>, ApiFailure> {
    Ok(Json(app.customers.list(&actor.access, &query).await?))
}

/// What the list can be filtered by.
#[utoipa::path(
    get, path = "/customers/facets", tag = "customers",
    responses((status = 200, description = "Owners and tags", body = CustomerFacets), ReadProblems)
)]
pub(super) async fn get_customer_facets(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
) -> Result<Json<CustomerFacets>, ApiFailure> {
    Ok(Json(app.customers.facets(&actor.access).await?))
}

/// The people a customer can be given to.
#[utoipa::path(
    get, path = "/customers/assignees", tag = "customers",
    responses((status = 200, description = "The people, by name", body = Vec<UserRef>), ReadProblems)
)]
pub(super) async fn list_customer_assignees(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
) -> Result<Json<Vec<UserRef>>, ApiFailure> {
    Ok(Json(app.customers.assignees(&actor.access).await?))
}

/// Enters a customer.
#[utoipa::path(
    post, path = "/customers", tag = "customers", request_body = CreateCustomer,
    responses((status = 201, description = "The new record", body = Customer, headers(
        ("etag" = String, description = "The record's version"),
        ("location" = String, description = "Where the record is"),
    )), EntryProblems)
)]
pub(super) async fn create_customer(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
    StrictJson(input): StrictJson<CreateCustomer>,
) -> Result<Response, ApiFailure> {
    let customer = app.customers.create(&actor.access, input).await?;
    let location = format!("{}{}", paths::BASE, paths::customer(customer.id));
    Ok((
        StatusCode::CREATED,
        [(header::LOCATION, location)],
        tagged(customer),
    )
        .into_response())
}

fn tagged(customer: Customer) -> Response {
    ([(header::ETAG, etag(customer.version))], Json(customer)).into_response()
}

/// One customer's record.
#[utoipa::path(
    get, path = "/customers/{id}", tag = "customers", params(("id" = Uuid, Path, description = "Which customer")),
    responses((status = 200, description = "The record", body = Customer, headers(("etag" = String, description = "The record's version"))), OneProblems)
)]
pub(super) async fn get_customer(
    SignedIn(actor): SignedIn,
    ResourceId(id): ResourceId,
    _: NoQuery,
    State(app): State<Shared>,
) -> Result<Response, ApiFailure> {
    Ok(tagged(app.customers.get(&actor.access, CustomerId(id)).await?))
}

/// Changes a customer: what is sent replaces everything a person can enter about it.
#[utoipa::path(
    patch, path = "/customers/{id}", tag = "customers", request_body = UpdateCustomer,
    params(
        ("id" = Uuid, Path, description = "Which customer"),
        ("if-match" = Option<String>, Header, description = "The version the person saw, from `etag`; refused without", example = "\"1\""),
    ),
    responses((status = 200, description = "The record as it is now", body = Customer, headers(("etag" = String, description = "The record's new version"))), ChangeProblems)
)]
pub(super) async fn update_customer(
    SignedIn(actor): SignedIn,
    ResourceId(id): ResourceId,
    _: NoQuery,
    IfMatch(seen): IfMatch,
    State(app): State<Shared>,
    StrictJson(input): StrictJson<UpdateCustomer>,
) -> Result<Response, ApiFailure> {
    Ok(tagged(
        app.customers
            .update(&actor.access, CustomerId(id), seen, input)
            .await?,
    ))
}

/// A customer's timeline, newest first.
#[utoipa::path(
    get, path = "/customers/{id}/activities", tag = "customers",
    params(("id" = Uuid, Path, description = "Which customer"), PageParams),
    responses((status = 200, description = "One page", body = Page<Activity>), ListOfOneProblems)
)]
pub(super) async fn list_customer_activities(
    SignedIn(actor): SignedIn,
    ResourceId(id): ResourceId,
    State(app): State<Shared>,
    StrictQuery(query): StrictQuery<PageQuery>,
) -> Result<Json<Page<Activity>>, ApiFailure> {
    Ok(Json(
        app.customers
            .activities(&actor.access, CustomerId(id), &query)
            .await?,
    ))
}

/// A customer's orders, newest first.
#[utoipa::path(
    get, path = "/customers/{id}/orders", tag = "customers",
    params(("id" = Uuid, Path, description = "Which customer"), PageParams),
    responses((status = 200, description = "One page", body = Page<Order>), ListOfOneProblems)
)]
pub(super) async fn list_customer_orders(
    SignedIn(actor): SignedIn,
    ResourceId(id): ResourceId,
    State(app): State<Shared>,
    StrictQuery(query): StrictQuery<PageQuery>,
) -> Result<Json<Page<Order>>, ApiFailure> {
    Ok(Json(
        app.customers
            .orders(&actor.access, CustomerId(id), &query)
            .await?,
    ))
}

/// A customer's deals, those expected to close last on top.
#[utoipa::path(
    get, path = "/customers/{id}/deals", tag = "customers",
    params(("id" = Uuid, Path, description = "Which customer"), PageParams),
    responses((status = 200, description = "One page", body = Page<Deal>), ListOfOneProblems)
)]
pub(super) async fn list_customer_deals(
    SignedIn(actor): SignedIn,
    ResourceId(id): ResourceId,
    State(app): State<Shared>,
    StrictQuery(query): StrictQuery<PageQuery>,
) -> Result<Json<Page<Deal>>, ApiFailure> {
    Ok(Json(
        app.customers.deals(&actor.access, CustomerId(id), &query).await?,
    ))
}

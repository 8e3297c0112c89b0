//! `/search`.

use axum::Json;
use axum::extract::State;
use portico_contract::search::{SearchQuery, SearchResults};

use super::Shared;
use super::error::ApiFailure;
use super::extract::{SignedIn, StrictQuery};
use super::openapi::problems;

problems!(pub(super) SearchProblems: MalformedRequest, Unauthenticated, Validation, Internal, Unavailable);

/// What words may mean: customers and deals, the best of each first.
#[utoipa::path(
    get, path = "/search", tag = "search",
    params(
        ("q" = String, Query, description = "The words; every one of them must fit, and without any nothing is found", max_length = 200),
        ("limit" = Option<u8>, Query, description = "The most of each kind; 8 when absent", minimum = 1, maximum = 20),
    ),
    responses((status = 200, description = "What was found", body = SearchResults), SearchProblems)
)]
pub(super) async fn search(
    SignedIn(actor): SignedIn,
    State(app): State<Shared>,
    StrictQuery(query): StrictQuery<SearchQuery>,
) -> Result<Json<SearchResults>, ApiFailure> {
    Ok(Json(app.finder.find(&actor.access, &query).await?))
}

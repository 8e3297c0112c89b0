//! `/pipelines` and `/deals`.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use portico_contract::deal::{Board, Deal, DealQuery, MoveDeal, Pipeline, etag};
use portico_contract::ids::{DealId, PipelineId};
use portico_contract::paging::Page;

use super::Shared;
use super::error::ApiFailure;
use super::extract::{IfMatch, NoQuery, ResourceId, SignedIn, StrictJson, StrictQuery};
use super::openapi::{ChangeProblems, ListProblems, OneProblems, ReadProblems};

/// Every pipeline with its stages.
#[utoipa::path(
    get, path = "/pipelines", tag = "deals",
    responses((status = 200, description = "The pipelines in their order", body = Vec<Pipeline>), ReadProblems)
)]
pub(super) async fn list_pipelines(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
) -> Result<Json<Vec<Pipeline>>, ApiFailure> {
    Ok(Json(app.deals.pipelines(&actor.access).await?))
}

/// A pipeline's board.
#[utoipa::path(
    get, path = "/pipelines/{id}/board", tag = "deals", params(("id" = Uuid, Path, description = "Which pipeline")),
    responses((status = 200, description = "Each stage with its figures and first deals", body = Board), OneProblems)
)]
pub(super) async fn get_board(
    SignedIn(actor): SignedIn,
    ResourceId(id): ResourceId,
    _: NoQuery,
    State(app): State<Shared>,
) -> Result<Json<Board>, ApiFailure> {
    Ok(Json(app.deals.board(&actor.access, PipelineId(id)).await?))
}

/// The deals of one stage, in the order people gave them.
#[utoipa::path(
    get, path = "/deals", tag = "deals",
    params(
        ("pipeline" = Uuid, Query, description = "The pipeline"),
        ("stage" = Uuid, Query, description = "The stage"),
        ("cursor" = Option<String>, Query, description = "Where the page starts, from `next` of the page or column before", max_length = 512),
        ("limit" = Option<u16>, Query, description = "Rows on the page; 50 when absent", minimum = 1, maximum = 200),
    ),
    responses((status = 200, description = "One page", body = Page<Deal>), ListProblems)
)]
pub(super) async fn list_deals(
    SignedIn(actor): SignedIn,
    State(app): State<Shared>,
    StrictQuery(query): StrictQuery<DealQuery>,
) -> Result<Json<Page<Deal>>, ApiFailure> {
    Ok(Json(app.deals.list(&actor.access, &query).await?))
}

fn tagged(deal: Deal) -> Response {
    ([(header::ETAG, etag(deal.version))], Json(deal)).into_response()
}

/// One deal.
#[utoipa::path(
    get, path = "/deals/{id}", tag = "deals", params(("id" = Uuid, Path, description = "Which deal")),
    responses((status = 200, description = "The deal", body = Deal, headers(("etag" = String, description = "The deal's version"))), OneProblems)
)]
pub(super) async fn get_deal(
    SignedIn(actor): SignedIn,
    ResourceId(id): ResourceId,
    _: NoQuery,
    State(app): State<Shared>,
) -> Result<Response, ApiFailure> {
    Ok(tagged(app.deals.get(&actor.access, DealId(id)).await?))
}

/// Moves a deal to a place in a stage of its pipeline.
#[utoipa::path(
    post, path = "/deals/{id}/move", tag = "deals", request_body = MoveDeal,
    params(
        ("id" = Uuid, Path, description = "Which deal"),
        ("if-match" = Option<String>, Header, description = "The version the person saw, from `etag`; refused without", example = "\"1\""),
    ),
    responses((status = 200, description = "The deal in its new place", body = Deal, headers(("etag" = String, description = "The deal's new version"))), ChangeProblems)
)]
pub(super) async fn move_deal(
    SignedIn(actor): SignedIn,
    ResourceId(id): ResourceId,
    _: NoQuery,
    IfMatch(seen): IfMatch,
    State(app): State<Shared>,
    StrictJson(target): StrictJson<MoveDeal>,
) -> Result<Response, ApiFailure> {
    Ok(tagged(
        app.deals
            .relocate(&actor.access, DealId(id), seen, target)
            .await?,
    ))
}

//! `/health`.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use serde::Serialize;

use super::Shared;
use super::auth::PublicProblems;
use super::error::ApiFailure;
use super::extract::NoQuery;

/// Readiness.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Health {
    /// Always `ok`: anything else is a problem.
    status: &'static str,
}

/// Whether requests can be served. The one answer that the pages of the other regions may read, to see how long it takes.
#[utoipa::path(
    get, path = "/health", tag = "service", security(()),
    responses((status = 200, description = "Ready", body = Health), PublicProblems)
)]
pub(super) async fn get_health(
    _: NoQuery,
    State(app): State<Shared>,
    asked: HeaderMap,
) -> Result<(HeaderMap, Json<Health>), ApiFailure> {
    app.store.ping().await?;
    let region = app.regions.asking(&asked).cloned();
    let headers = region.map(|origin| (ACCESS_CONTROL_ALLOW_ORIGIN, origin));
    Ok((headers.into_iter().collect(), Json(Health { status: "ok" })))
}

//! `/health`.

use axum::Json;
use axum::extract::State;
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

/// Whether requests can be served.
#[utoipa::path(
    get, path = "/health", tag = "service", security(()),
    responses((status = 200, description = "Ready", body = Health), PublicProblems)
)]
pub(super) async fn get_health(_: NoQuery, State(app): State<Shared>) -> Result<Json<Health>, ApiFailure> {
    app.store.ping().await?;
    Ok(Json(Health { status: "ok" }))
}

//! `/today`.

use axum::Json;
use axum::extract::State;
use portico_contract::today::Today;

use super::Shared;
use super::error::ApiFailure;
use super::extract::{NoQuery, SignedIn};
use super::openapi::ReadProblems;

/// What needs the person today.
#[utoipa::path(
    get, path = "/today", tag = "me",
    responses((status = 200, description = "Deals that are due, customers last worked on", body = Today), ReadProblems)
)]
pub(super) async fn get_today(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
) -> Result<Json<Today>, ApiFailure> {
    Ok(Json(app.today.gather(&actor).await?))
}

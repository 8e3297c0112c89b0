//! `/me`.

use axum::Json;
use axum::extract::State;
use portico_contract::user::Me;

use super::Shared;
use super::error::ApiFailure;
use super::extract::{NoQuery, SignedIn};
use super::openapi::ReadProblems;

/// The person signed in.
#[utoipa::path(
    get, path = "/me", tag = "me",
    responses((status = 200, description = "Account, rights and session", body = Me), ReadProblems)
)]
pub(super) async fn get_me(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
) -> Result<Json<Me>, ApiFailure> {
    Ok(Json(app.auth.me(&actor.user, &actor.session).await?))
}

//! `/me`.

use axum::Json;
use axum::extract::State;
use portico_contract::user::{Me, UpdateMe};

use super::Shared;
use super::error::ApiFailure;
use super::extract::{NoQuery, SignedIn, StrictJson};
use super::openapi::{EntryProblems, ReadProblems};

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

/// Changes the person's own settings: what is sent replaces, what is absent stays.
#[utoipa::path(
    patch, path = "/me", tag = "me", request_body = UpdateMe,
    responses((status = 200, description = "Account, rights and session as they are now", body = Me), EntryProblems)
)]
pub(super) async fn update_me(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
    StrictJson(change): StrictJson<UpdateMe>,
) -> Result<Json<Me>, ApiFailure> {
    Ok(Json(app.auth.update_me(&actor, change).await?))
}

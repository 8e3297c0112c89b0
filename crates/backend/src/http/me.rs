//! `/me`.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use portico_contract::auth::{ChangeOwnPassword, SessionGrant};
use portico_contract::user::{Me, UpdateMe};

use super::Shared;
use super::cookie;
use super::error::ApiFailure;
use super::extract::{NoQuery, Present, SignedIn, StrictJson, ValidJson};
use super::openapi::{EntryProblems, ReadProblems, problems};
use super::own_page::OwnPage;
use crate::domain::origin::Origin;

problems!(pub(super) OwnPasswordProblems: MalformedRequest, Unauthenticated, StepUpRequired, CrossSite, TooLarge, UnsupportedMediaType,
    Validation, RateLimited, Locked, Internal, Unavailable);

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

/// Changes the person's own password, also during maintenance. The session goes on with new tokens; every older one is dead.
#[utoipa::path(
    post, path = "/me/password", tag = "me", request_body = ChangeOwnPassword,
    params(OwnPage),
    responses((status = 200, description = "The session as it goes on", body = SessionGrant), OwnPasswordProblems)
)]
pub(super) async fn change_own_password(
    Present(actor): Present,
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    ValidJson(request): ValidJson<ChangeOwnPassword>,
) -> Result<Response, ApiFailure> {
    let granted = app.auth.change_own_password(&origin, &actor, request).await?;
    let cookie = [(header::SET_COOKIE, cookie::holding(&granted.refresh)?)];
    Ok((cookie, Json(granted.grant)).into_response())
}

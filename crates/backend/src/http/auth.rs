//! `/auth`: signing in, refreshing, signing out; whether a browser keeps cookies.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use portico_contract::auth::{
    Activity, AuthPolicy, CookieCheck, CookieCheckOutcome, Refresh, RefreshOutcome, SignIn, SignInStep,
    SignOut,
};
use portico_contract::problem::ErrorCode;
use portico_contract::user::SessionInfo;
use portico_contract::validate::Validate as _;

use super::error::ApiFailure;
use super::extract::{NoQuery, SignedIn, StrictJson, bearer};
use super::openapi::problems;
use super::own_page::OwnPage;
use super::{Shared, cookie};
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;

problems!(pub(super) PublicProblems: MalformedRequest, Internal, Unavailable);
problems!(pub(super) SignInProblems: MalformedRequest, InvalidCredentials, CrossSite, TooLarge, UnsupportedMediaType,
    Validation, RateLimited, Internal, Unavailable);
problems!(pub(super) RefreshProblems: MalformedRequest, SessionEnded, CrossSite, SessionChanged, TooLarge,
    UnsupportedMediaType, Internal, Unavailable);
problems!(pub(super) SignOutProblems: MalformedRequest, CrossSite, TooLarge, UnsupportedMediaType, Internal,
    Unavailable);
problems!(pub(super) ActivityProblems: MalformedRequest, Unauthenticated, TooLarge, UnsupportedMediaType, Internal,
    Unavailable);
problems!(pub(super) CookieCheckProblems: MalformedRequest, CrossSite, TooLarge, UnsupportedMediaType, Internal,
    Unavailable);

/// How to sign in here.
#[utoipa::path(
    get, path = "/auth/policy", tag = "auth", security(()),
    responses((status = 200, description = "Sign-in methods and password rules", body = AuthPolicy), PublicProblems)
)]
pub(super) async fn get_auth_policy(_: NoQuery, State(app): State<Shared>) -> Json<AuthPolicy> {
    Json(app.auth.policy())
}

/// Starts a session.
#[utoipa::path(
    post, path = "/auth/sign-in", tag = "auth", security(()), request_body = SignIn,
    params(("x-portico" = inline(super::openapi::OwnPageHeader), Header, description = "Proof that the request comes from the application's own pages")),
    responses((status = 200, description = "What follows a correct password", body = SignInStep), SignInProblems)
)]
pub(super) async fn sign_in(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    StrictJson(request): StrictJson<SignIn>,
) -> Result<Response, ApiFailure> {
    let request = request.validate().map_err(Failure::from)?;
    let granted = app
        .auth
        .sign_in(&origin, request, cookie::refresh_token(&headers))
        .await?;
    let cookie = [(header::SET_COOKIE, cookie::holding(&granted.refresh_token)?)];
    Ok((cookie, Json(SignInStep::Done(granted.grant))).into_response())
}

/// Exchanges the refresh cookie for a new access token.
#[utoipa::path(
    post, path = "/auth/refresh", tag = "auth", security(()), request_body = Refresh,
    params(("x-portico" = inline(super::openapi::OwnPageHeader), Header, description = "Proof that the request comes from the application's own pages")),
    responses((status = 200, description = "The session goes on, or there is none", body = RefreshOutcome), RefreshProblems)
)]
pub(super) async fn refresh(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    StrictJson(request): StrictJson<Refresh>,
) -> Result<Response, ApiFailure> {
    let Some(token) = cookie::refresh_token(&headers) else {
        return Ok(Json(RefreshOutcome::SignedOut).into_response());
    };
    match app.auth.refresh(&origin, token, request.sid).await {
        Ok(granted) => {
            let cookie = [(header::SET_COOKIE, cookie::holding(&granted.refresh_token)?)];
            Ok((cookie, Json(RefreshOutcome::SignedIn(Box::new(granted.grant)))).into_response())
        }
        Err(failure) if failure.code == ErrorCode::SessionEnded => {
            Ok(([(header::SET_COOKIE, cookie::expired())], ApiFailure(failure)).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Ends the session. Without one there is nothing to end, and that is fine.
#[utoipa::path(
    post, path = "/auth/sign-out", tag = "auth", security(()), request_body = SignOut,
    params(("x-portico" = inline(super::openapi::OwnPageHeader), Header, description = "Proof that the request comes from the application's own pages")),
    responses((status = 204, description = "There is no session any more"), SignOutProblems)
)]
pub(super) async fn sign_out(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    StrictJson(SignOut {}): StrictJson<SignOut>,
) -> Result<Response, ApiFailure> {
    app.auth
        .sign_out(&origin, cookie::refresh_token(&headers), bearer(&headers))
        .await?;
    let headers = [
        (header::SET_COOKIE, cookie::expired()),
        (
            HeaderName::from_static("clear-site-data"),
            HeaderValue::from_static("\"cache\""),
        ),
    ];
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}

/// The person does something: the session goes on for its idle time from now.
#[utoipa::path(
    post, path = "/auth/activity", tag = "auth", request_body = Activity,
    responses((status = 200, description = "The session with its new limits", body = SessionInfo), ActivityProblems)
)]
pub(super) async fn note_activity(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
    StrictJson(Activity {}): StrictJson<Activity>,
) -> Result<Json<SessionInfo>, ApiFailure> {
    Ok(Json(app.auth.note_activity(&actor.session).await?))
}

/// Finds out whether this browser keeps cookies. The first request sets one; the second sees whether it came back, and
/// takes it away. It holds nothing and opens nothing.
#[utoipa::path(
    post, path = "/auth/cookie-check", tag = "auth", security(()), request_body = CookieCheck,
    params(("x-portico" = inline(super::openapi::OwnPageHeader), Header, description = "Proof that the request comes from the application's own pages")),
    responses((status = 200, description = "Whether the cookie of an earlier check came back", body = CookieCheckOutcome), CookieCheckProblems)
)]
pub(super) async fn check_cookies(
    _: OwnPage,
    _: NoQuery,
    headers: HeaderMap,
    StrictJson(CookieCheck {}): StrictJson<CookieCheck>,
) -> Response {
    let returned = cookie::check_returned(&headers);
    let cookie = if returned {
        cookie::check_over()
    } else {
        cookie::check_begun()
    };
    (
        [(header::SET_COOKIE, cookie)],
        Json(CookieCheckOutcome { returned }),
    )
        .into_response()
}

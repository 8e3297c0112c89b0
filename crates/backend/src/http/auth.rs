//! `/auth`: signing in, refreshing, signing out; whether a browser keeps cookies.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use portico_contract::auth::{
    Activity, AuthPolicy, CookieCheck, CookieCheckOutcome, NewPassword, Refresh, RefreshOutcome, SignIn,
    SignInStep, SignOut,
};
use portico_contract::problem::ErrorCode;
use portico_contract::user::SessionInfo;

use super::error::ApiFailure;
use super::extract::{NoQuery, Present, StrictJson, ValidJson, bearer};
use super::openapi::problems;
use super::own_page::OwnPage;
use super::{Shared, cookie};
use crate::domain::auth::{Advanced, Held};
use crate::domain::origin::Origin;

problems!(pub(super) PublicProblems: MalformedRequest, Internal, Unavailable);
problems!(pub(super) SignInProblems: MalformedRequest, InvalidCredentials, CrossSite, TemporaryPasswordExpired,
    OutsideHours, OutsideNetwork, TooLarge, UnsupportedMediaType, Validation, RateLimited, Locked, Internal, Unavailable,
    Maintenance);
problems!(pub(super) NewPasswordProblems: MalformedRequest, SignInExpired, CrossSite, TemporaryPasswordExpired,
    OutsideHours, OutsideNetwork, TooLarge, UnsupportedMediaType, Validation, Internal, Unavailable, Maintenance);
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
pub(super) async fn get_auth_policy(
    _: NoQuery,
    State(app): State<Shared>,
) -> Result<Json<AuthPolicy>, ApiFailure> {
    Ok(Json(app.auth.policy()?))
}

/// The answer to a step of a sign-in, with what the browser is to hold from now on. `held` is what it held before.
pub(super) fn advanced(advanced: Advanced, held: Held<'_>) -> Result<Response, ApiFailure> {
    advanced_into(advanced, held, |step| step)
}

/// The same, where the step is a part of the answer.
pub(super) fn advanced_into<T: serde::Serialize>(
    advanced: Advanced,
    held: Held<'_>,
    answer: impl FnOnce(SignInStep) -> T,
) -> Result<Response, ApiFailure> {
    let mut cookies = Vec::new();
    match &advanced.refresh {
        Some(refresh) => cookies.push(cookie::holding(refresh)?),
        None if held.refresh.is_some() => cookies.push(cookie::expired()),
        None => {}
    }
    match &advanced.transaction {
        Some(transaction) => cookies.push(cookie::transaction_begun(transaction)?),
        None if held.transaction.is_some() => cookies.push(cookie::transaction_over()),
        None => {}
    }
    if let Some(device) = &advanced.device {
        cookies.push(cookie::known_device(device)?);
    }
    let cookies = cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie));
    Ok((AppendHeaders(cookies), Json(answer(advanced.step))).into_response())
}

/// Starts a session.
#[utoipa::path(
    post, path = "/auth/sign-in", tag = "auth", security(()), request_body = SignIn,
    params(OwnPage),
    responses((status = 200, description = "What follows a correct password", body = SignInStep), SignInProblems)
)]
pub(super) async fn sign_in(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    ValidJson(request): ValidJson<SignIn>,
) -> Result<Response, ApiFailure> {
    let held = cookie::held(&headers);
    let step = app.auth.sign_in(&origin, request, held).await?;
    advanced(step, held)
}

/// Sets the new password that a sign-in waits for, and goes on with it. A password that is refused uses nothing up.
#[utoipa::path(
    post, path = "/auth/sign-in/new-password", tag = "auth", security(()), request_body = NewPassword,
    params(OwnPage),
    responses((status = 200, description = "What follows", body = SignInStep), NewPasswordProblems)
)]
pub(super) async fn sign_in_with_new_password(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    ValidJson(request): ValidJson<NewPassword>,
) -> Result<Response, ApiFailure> {
    let held = cookie::held(&headers);
    match app.auth.sign_in_with_new_password(&origin, request, held).await {
        Ok(step) => advanced(step, held),
        Err(failure) if failure.code == ErrorCode::SignInExpired => {
            let cookie = [(header::SET_COOKIE, cookie::transaction_over())];
            Ok((cookie, ApiFailure(failure)).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Says that the person did something: only this keeps a session from ending for want of activity.
#[utoipa::path(
    post, path = "/auth/activity", tag = "auth", request_body = Activity,
    responses((status = 200, description = "Until when the session lasts", body = SessionInfo), ActivityProblems)
)]
pub(super) async fn note_activity(
    Present(actor): Present,
    _: NoQuery,
    State(app): State<Shared>,
    StrictJson(Activity {}): StrictJson<Activity>,
) -> Result<Json<SessionInfo>, ApiFailure> {
    Ok(Json(app.auth.note_activity(&actor).await?))
}

/// Exchanges the refresh cookie for a new access token.
#[utoipa::path(
    post, path = "/auth/refresh", tag = "auth", security(()), request_body = Refresh,
    params(OwnPage),
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
            let cookie = [(header::SET_COOKIE, cookie::holding(&granted.refresh)?)];
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
    params(OwnPage),
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
    let held = cookie::held(&headers);
    // Also in the middle of a sign-in, which then is over.
    app.auth.give_up(held).await?;
    app.auth.sign_out(&origin, held.refresh, bearer(&headers)).await?;
    let headers = [
        (header::SET_COOKIE, cookie::expired()),
        (header::SET_COOKIE, cookie::transaction_over()),
        (
            HeaderName::from_static("clear-site-data"),
            HeaderValue::from_static("\"cache\""),
        ),
    ];
    Ok((StatusCode::NO_CONTENT, AppendHeaders(headers)).into_response())
}

/// Finds out whether this browser keeps cookies. The first request sets one; the second sees whether it came back, and
/// takes it away. It holds nothing and opens nothing.
#[utoipa::path(
    post, path = "/auth/cookie-check", tag = "auth", security(()), request_body = CookieCheck,
    params(OwnPage),
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

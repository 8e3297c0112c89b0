//! Codes that are sent: as the second factor, and to enrol where they go.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use portico_contract::second_factor::{Enrolled, EnrolledStep};
use portico_contract::sent_code::{BeginSentCode, CodeSent, ConfirmSentCode, SendCode};

use super::error::ApiFailure;
use super::extract::{NoQuery, Present, SignedIn, StrictJson, ValidJson};
use super::openapi::problems;
use super::own_page::OwnPage;
use super::second_factor::{ConfirmProblems, ConfirmStepProblems, enrolled, stepped};
use super::{Shared, cookie};
use crate::domain::origin::Origin;

problems!(pub(super) SendStepProblems: MalformedRequest, SignInExpired, CrossSite, TemporaryPasswordExpired,
    OutsideHours, OutsideNetwork, NotFound, TooLarge, UnsupportedMediaType, RateLimited, Internal, Unavailable,
    Maintenance);
problems!(pub(super) BeginCodeStepProblems: MalformedRequest, SignInExpired, CrossSite, TemporaryPasswordExpired,
    OutsideHours, OutsideNetwork, NotFound, Conflict, TooLarge, UnsupportedMediaType, Validation, RateLimited, Internal,
    Unavailable, Maintenance);
problems!(pub(super) SendAgainProblems: MalformedRequest, Unauthenticated, NotFound, TooLarge, UnsupportedMediaType,
    RateLimited, Internal, Unavailable);
problems!(pub(super) BeginCodeProblems: MalformedRequest, Unauthenticated, StepUpRequired, NotFound, Conflict, TooLarge,
    UnsupportedMediaType, Validation, RateLimited, Internal, Unavailable, Maintenance);

/// Sends a code as the second factor a sign-in waits for. The one before it is dead from then on.
#[utoipa::path(
    post, path = "/auth/sign-in/second-factor/code", tag = "auth", security(()), request_body = SendCode,
    params(OwnPage),
    responses((status = 200, description = "It is on its way", body = CodeSent), SendStepProblems)
)]
pub(super) async fn send_code_to_sign_in(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    StrictJson(request): StrictJson<SendCode>,
) -> Result<Response, ApiFailure> {
    let held = cookie::held(&headers);
    stepped(app.auth.send_code_to_sign_in(&origin, request, held).await)
}

/// Begins to enrol where codes go, which a sign-in waits for, by sending one there.
#[utoipa::path(
    post, path = "/auth/sign-in/enrol/message", tag = "auth", security(()), request_body = BeginSentCode,
    params(OwnPage),
    responses((status = 200, description = "A code is on its way", body = CodeSent), BeginCodeStepProblems)
)]
pub(super) async fn begin_sent_code_to_sign_in(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    ValidJson(request): ValidJson<BeginSentCode>,
) -> Result<Response, ApiFailure> {
    let held = cookie::held(&headers);
    stepped(app.auth.begin_sent_code_to_sign_in(&origin, request, held).await)
}

/// Shows that the code has arrived, and goes on with the sign-in.
#[utoipa::path(
    post, path = "/auth/sign-in/enrol/message/confirm", tag = "auth", security(()), request_body = ConfirmSentCode,
    params(OwnPage),
    responses((status = 200, description = "Recovery codes, shown once, and what follows", body = EnrolledStep), ConfirmStepProblems)
)]
pub(super) async fn sign_in_with_sent_code(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    ValidJson(request): ValidJson<ConfirmSentCode>,
) -> Result<Response, ApiFailure> {
    let held = cookie::held(&headers);
    enrolled(
        app.auth.sign_in_with_sent_code(&origin, request, held).await,
        held,
    )
}

/// Sends a code that shows once more who one is, also during maintenance.
#[utoipa::path(
    post, path = "/me/step-up/code", tag = "me", request_body = SendCode,
    responses((status = 200, description = "It is on its way", body = CodeSent), SendAgainProblems)
)]
pub(super) async fn send_code_again(
    Present(actor): Present,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    StrictJson(request): StrictJson<SendCode>,
) -> Result<Json<CodeSent>, ApiFailure> {
    Ok(Json(app.auth.send_code_again(&origin, &actor, request).await?))
}

/// Begins to enrol where codes go, by sending one there.
#[utoipa::path(
    post, path = "/me/second-factor/message", tag = "me", request_body = BeginSentCode,
    responses((status = 200, description = "A code is on its way", body = CodeSent), BeginCodeProblems)
)]
pub(super) async fn begin_own_sent_code(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    ValidJson(request): ValidJson<BeginSentCode>,
) -> Result<Json<CodeSent>, ApiFailure> {
    Ok(Json(
        app.auth.begin_own_sent_code(&origin, &actor, request).await?,
    ))
}

/// Shows that the code has arrived: from now on codes can be sent there.
#[utoipa::path(
    post, path = "/me/second-factor/message/confirm", tag = "me", request_body = ConfirmSentCode,
    responses((status = 200, description = "What the person has now, and with the first factor the recovery codes", body = Enrolled), ConfirmProblems)
)]
pub(super) async fn confirm_own_sent_code(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    ValidJson(request): ValidJson<ConfirmSentCode>,
) -> Result<Json<Enrolled>, ApiFailure> {
    Ok(Json(
        app.auth.confirm_own_sent_code(&origin, &actor, request).await?,
    ))
}

//! Passkeys: signing in with one, showing one, enrolling one.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use portico_contract::auth::SignInStep;
use portico_contract::passkey::{
    BeginPasskey, NewPasskey, PasskeyCreation, PasskeyRequest, SignInWithPasskey,
};
use portico_contract::second_factor::{Enrolled, EnrolledStep};

use super::auth::advanced;
use super::error::ApiFailure;
use super::extract::{NoQuery, Present, SignedIn, StrictJson, ValidJson};
use super::openapi::problems;
use super::own_page::OwnPage;
use super::second_factor::{enrolled, stepped};
use super::{Shared, cookie};
use crate::domain::origin::Origin;

problems!(pub(super) AskWhoProblems: MalformedRequest, CrossSite, NotFound, TooLarge, UnsupportedMediaType, Internal,
    Unavailable);
problems!(pub(super) PasskeySignInProblems: MalformedRequest, InvalidCredentials, UnknownPasskey, SignInExpired,
    CrossSite, TemporaryPasswordExpired, OutsideHours, OutsideNetwork, TooLarge, UnsupportedMediaType, Validation,
    RateLimited, Internal, Unavailable, Maintenance);
problems!(pub(super) AskStepProblems: MalformedRequest, SignInExpired, CrossSite, TemporaryPasswordExpired, OutsideHours,
    OutsideNetwork, NotFound, TooLarge, UnsupportedMediaType, Internal, Unavailable, Maintenance);
problems!(pub(super) BeginPasskeyStepProblems: MalformedRequest, SignInExpired, CrossSite, TemporaryPasswordExpired,
    OutsideHours, OutsideNetwork, NotFound, Conflict, TooLarge, UnsupportedMediaType, Internal, Unavailable,
    Maintenance);
problems!(pub(super) ConfirmPasskeyStepProblems: MalformedRequest, SignInExpired, CrossSite, TemporaryPasswordExpired,
    OutsideHours, OutsideNetwork, NotFound, Conflict, TooLarge, UnsupportedMediaType, Validation, Internal, Unavailable,
    Maintenance);
problems!(pub(super) AskAgainProblems: MalformedRequest, Unauthenticated, NotFound, TooLarge, UnsupportedMediaType,
    Internal, Unavailable);
problems!(pub(super) BeginPasskeyProblems: MalformedRequest, Unauthenticated, StepUpRequired, NotFound, Conflict,
    TooLarge, UnsupportedMediaType, Internal, Unavailable, Maintenance);
problems!(pub(super) ConfirmPasskeyProblems: MalformedRequest, Unauthenticated, StepUpRequired, NotFound, Conflict,
    TooLarge, UnsupportedMediaType, Validation, Internal, Unavailable, Maintenance);

/// Asks for a passkey to sign in with. The question names nobody, and is the same for everybody.
#[utoipa::path(
    post, path = "/auth/sign-in/passkey/begin", tag = "auth", security(()), request_body = BeginPasskey,
    params(OwnPage),
    responses((status = 200, description = "The question", body = PasskeyRequest), AskWhoProblems)
)]
pub(super) async fn ask_who(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    StrictJson(BeginPasskey {}): StrictJson<BeginPasskey>,
) -> Result<Json<PasskeyRequest>, ApiFailure> {
    Ok(Json(app.auth.ask_who().await?))
}

/// Starts a session with a passkey, which stands for the password and the second factor.
#[utoipa::path(
    post, path = "/auth/sign-in/passkey", tag = "auth", security(()), request_body = SignInWithPasskey,
    params(OwnPage),
    responses((status = 200, description = "What follows", body = SignInStep), PasskeySignInProblems)
)]
pub(super) async fn sign_in_with_passkey(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    ValidJson(request): ValidJson<SignInWithPasskey>,
) -> Result<Response, ApiFailure> {
    let held = cookie::held(&headers);
    advanced(app.auth.sign_in_with_passkey(&origin, request, held).await?, held)
}

/// Asks for a passkey as the second factor a sign-in waits for.
#[utoipa::path(
    post, path = "/auth/sign-in/second-factor/passkey", tag = "auth", security(()), request_body = BeginPasskey,
    params(OwnPage),
    responses((status = 200, description = "The question", body = PasskeyRequest), AskStepProblems)
)]
pub(super) async fn ask_for_passkey_to_sign_in(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    StrictJson(BeginPasskey {}): StrictJson<BeginPasskey>,
) -> Result<Response, ApiFailure> {
    let held = cookie::held(&headers);
    stepped(app.auth.ask_for_passkey_to_sign_in(&origin, held).await)
}

/// Begins to enrol the passkey a sign-in waits for.
#[utoipa::path(
    post, path = "/auth/sign-in/enrol/passkey", tag = "auth", security(()), request_body = BeginPasskey,
    params(OwnPage),
    responses((status = 200, description = "What it is made from", body = PasskeyCreation), BeginPasskeyStepProblems)
)]
pub(super) async fn begin_passkey_to_sign_in(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    StrictJson(BeginPasskey {}): StrictJson<BeginPasskey>,
) -> Result<Response, ApiFailure> {
    let held = cookie::held(&headers);
    stepped(app.auth.begin_passkey_to_sign_in(&origin, held).await)
}

/// Enrols it, and goes on with the sign-in.
#[utoipa::path(
    post, path = "/auth/sign-in/enrol/passkey/confirm", tag = "auth", security(()), request_body = NewPasskey,
    params(OwnPage),
    responses((status = 200, description = "Recovery codes, shown once, and what follows", body = EnrolledStep), ConfirmPasskeyStepProblems)
)]
pub(super) async fn sign_in_with_new_passkey(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    ValidJson(request): ValidJson<NewPasskey>,
) -> Result<Response, ApiFailure> {
    let held = cookie::held(&headers);
    enrolled(
        app.auth.sign_in_with_new_passkey(&origin, request, held).await,
        held,
    )
}

/// Asks for a passkey that shows once more who one is, also during maintenance.
#[utoipa::path(
    post, path = "/me/step-up/passkey", tag = "me", request_body = BeginPasskey,
    responses((status = 200, description = "The question", body = PasskeyRequest), AskAgainProblems)
)]
pub(super) async fn ask_for_passkey_again(
    Present(actor): Present,
    _: NoQuery,
    State(app): State<Shared>,
    StrictJson(BeginPasskey {}): StrictJson<BeginPasskey>,
) -> Result<Json<PasskeyRequest>, ApiFailure> {
    Ok(Json(app.auth.ask_for_passkey_again(&actor).await?))
}

/// Begins to enrol a passkey.
#[utoipa::path(
    post, path = "/me/second-factor/passkey", tag = "me", request_body = BeginPasskey,
    responses((status = 200, description = "What it is made from", body = PasskeyCreation), BeginPasskeyProblems)
)]
pub(super) async fn begin_own_passkey(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
    StrictJson(BeginPasskey {}): StrictJson<BeginPasskey>,
) -> Result<Json<PasskeyCreation>, ApiFailure> {
    Ok(Json(app.auth.begin_own_passkey(&actor).await?))
}

/// Enrols it: from now on it can be shown.
#[utoipa::path(
    post, path = "/me/second-factor/passkey/confirm", tag = "me", request_body = NewPasskey,
    responses((status = 200, description = "What the person has now, and with the first factor the recovery codes", body = Enrolled), ConfirmPasskeyProblems)
)]
pub(super) async fn confirm_own_passkey(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    ValidJson(request): ValidJson<NewPasskey>,
) -> Result<Json<Enrolled>, ApiFailure> {
    Ok(Json(
        app.auth.confirm_own_passkey(&origin, &actor, request).await?,
    ))
}

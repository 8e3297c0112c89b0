//! The second factor: the steps of a sign-in about it, one's own factors, and showing once more who one is.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use portico_contract::admin::AdminUser;
use portico_contract::auth::{SessionGrant, SignInStep};
use portico_contract::ids::{FactorId, UserId};
use portico_contract::problem::ErrorCode;
use portico_contract::second_factor::{
    AskForNewFactor, BeginTotp, ConfirmTotp, Enrolled, EnrolledStep, FactorChallenge, PendingTotp,
    RecoveryCodes, RenameFactor, RenewRecoveryCodes, Resume, SecondFactorState, ShowFactor, StepUp,
};
use serde::Serialize;

use super::admin::AdminAction;
use super::auth::{advanced, advanced_into};
use super::error::ApiFailure;
use super::extract::{NoQuery, Present, ResourceId, SignedIn, StrictJson, ValidJson};
use super::openapi::{ReadProblems, problems};
use super::own_page::OwnPage;
use super::{Shared, cookie};
use crate::domain::auth::{EnrolledIn, Held};
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;

problems!(pub(super) ResumeProblems: MalformedRequest, SignInExpired, CrossSite, TemporaryPasswordExpired,
    OutsideHours, OutsideNetwork, TooLarge, UnsupportedMediaType, Internal, Unavailable, Maintenance);
problems!(pub(super) BeginStepProblems: MalformedRequest, SignInExpired, CrossSite, TemporaryPasswordExpired,
    OutsideHours, OutsideNetwork, Conflict, TooLarge, UnsupportedMediaType, Internal, Unavailable, Maintenance);
problems!(pub(super) FactorStepProblems: MalformedRequest, SignInExpired, CrossSite, TemporaryPasswordExpired,
    OutsideHours, OutsideNetwork, TooLarge, UnsupportedMediaType, Validation, RateLimited, Locked, Internal, Unavailable,
    Maintenance);
problems!(pub(super) ConfirmStepProblems: MalformedRequest, SignInExpired, CrossSite, TemporaryPasswordExpired,
    OutsideHours, OutsideNetwork, NotFound, TooLarge, UnsupportedMediaType, Validation, Internal, Unavailable,
    Maintenance);
problems!(pub(super) HelpProblems: MalformedRequest, SignInExpired, CrossSite, TemporaryPasswordExpired, OutsideHours,
    OutsideNetwork, TooLarge, UnsupportedMediaType, Validation, RateLimited, Internal, Unavailable, Maintenance);
problems!(pub(super) StepUpProblems: MalformedRequest, Unauthenticated, CrossSite, TooLarge, UnsupportedMediaType,
    Validation, RateLimited, Locked, Internal, Unavailable);
problems!(pub(super) BeginProblems: MalformedRequest, Unauthenticated, StepUpRequired, Conflict, TooLarge,
    UnsupportedMediaType, Internal, Unavailable, Maintenance);
problems!(pub(super) ConfirmProblems: MalformedRequest, Unauthenticated, StepUpRequired, NotFound, TooLarge,
    UnsupportedMediaType, Validation, Internal, Unavailable, Maintenance);
problems!(pub(super) RenameProblems: MalformedRequest, Unauthenticated, NotFound, TooLarge, UnsupportedMediaType,
    Validation, Internal, Unavailable, Maintenance);
problems!(pub(super) RemoveProblems: MalformedRequest, Unauthenticated, StepUpRequired, NotFound, LastFactor, Internal,
    Unavailable, Maintenance);
problems!(pub(super) ResetFactorProblems: MalformedRequest, Unauthenticated, StepUpRequired, Forbidden, NotFound,
    Conflict, OwnAccount, TooLarge, UnsupportedMediaType, Internal, Unavailable);

/// What is answered where a step failed: a sign-in that is over leaves nothing in the browser.
fn over(failure: Failure) -> Result<Response, ApiFailure> {
    if failure.code == ErrorCode::SignInExpired {
        let cookie = [(header::SET_COOKIE, cookie::transaction_over())];
        return Ok((cookie, ApiFailure(failure)).into_response());
    }
    Err(failure.into())
}

/// What a step answers with that leaves the sign-in where it is.
pub(super) fn stepped<T: Serialize>(outcome: Result<T, Failure>) -> Result<Response, ApiFailure> {
    match outcome {
        Ok(answer) => Ok(Json(answer).into_response()),
        Err(failure) => over(failure),
    }
}

/// What an enrolment answers with: the recovery codes and what follows.
pub(super) fn enrolled(outcome: Result<EnrolledIn, Failure>, held: Held<'_>) -> Result<Response, ApiFailure> {
    match outcome {
        Ok(EnrolledIn { recovery_codes, next }) => {
            advanced_into(next, held, |next| EnrolledStep { recovery_codes, next })
        }
        Err(failure) => over(failure),
    }
}

/// Shows the second factor a sign-in waits for, and goes on with it.
#[utoipa::path(
    post, path = "/auth/sign-in/second-factor", tag = "auth", security(()), request_body = ShowFactor,
    params(OwnPage),
    responses((status = 200, description = "What follows", body = SignInStep), FactorStepProblems)
)]
pub(super) async fn sign_in_with_factor(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    ValidJson(request): ValidJson<ShowFactor>,
) -> Result<Response, ApiFailure> {
    let held = cookie::held(&headers);
    match app.auth.sign_in_with_factor(&origin, request, held).await {
        Ok(step) => advanced(step, held),
        Err(failure) => over(failure),
    }
}

/// Asks the administrators for a new second factor, in a sign-in that waits for one that is lost.
#[utoipa::path(
    post, path = "/auth/sign-in/second-factor/help", tag = "auth", security(()), request_body = AskForNewFactor,
    params(OwnPage),
    responses((status = 200, description = "What is asked, and where the request stands", body = FactorChallenge), HelpProblems)
)]
pub(super) async fn ask_for_new_factor(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    ValidJson(request): ValidJson<AskForNewFactor>,
) -> Result<Response, ApiFailure> {
    let held = cookie::held(&headers);
    stepped(app.auth.ask_for_new_factor(&origin, request, held).await)
}

/// What the browser's running sign-in waits for. Uses nothing up.
#[utoipa::path(
    post, path = "/auth/sign-in/resume", tag = "auth", security(()), request_body = Resume,
    params(OwnPage),
    responses((status = 200, description = "What it waits for", body = SignInStep), ResumeProblems)
)]
pub(super) async fn resume_sign_in(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    StrictJson(Resume {}): StrictJson<Resume>,
) -> Result<Response, ApiFailure> {
    stepped(app.auth.resume(&origin, cookie::held(&headers)).await)
}

/// Begins to enrol the authenticator app a sign-in waits for.
#[utoipa::path(
    post, path = "/auth/sign-in/enrol/totp", tag = "auth", security(()), request_body = BeginTotp,
    params(OwnPage),
    responses((status = 200, description = "The app to be", body = PendingTotp), BeginStepProblems)
)]
pub(super) async fn begin_totp_to_sign_in(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    StrictJson(BeginTotp {}): StrictJson<BeginTotp>,
) -> Result<Response, ApiFailure> {
    stepped(
        app.auth
            .begin_totp_to_sign_in(&origin, cookie::held(&headers))
            .await,
    )
}

/// Shows that the app has the secret, and goes on with the sign-in.
#[utoipa::path(
    post, path = "/auth/sign-in/enrol/totp/confirm", tag = "auth", security(()), request_body = ConfirmTotp,
    params(OwnPage),
    responses((status = 200, description = "Recovery codes, shown once, and what follows", body = EnrolledStep), ConfirmStepProblems)
)]
pub(super) async fn sign_in_with_new_totp(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    ValidJson(request): ValidJson<ConfirmTotp>,
) -> Result<Response, ApiFailure> {
    let held = cookie::held(&headers);
    enrolled(app.auth.sign_in_with_new_totp(&origin, request, held).await, held)
}

/// Shows once more who one is, also during maintenance. The session goes on with new tokens; every older one is dead.
#[utoipa::path(
    post, path = "/me/step-up", tag = "me", request_body = StepUp,
    params(OwnPage),
    responses((status = 200, description = "The session as it goes on", body = SessionGrant), StepUpProblems)
)]
pub(super) async fn step_up(
    Present(actor): Present,
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    ValidJson(request): ValidJson<StepUp>,
) -> Result<Response, ApiFailure> {
    let granted = app.auth.step_up(&origin, &actor, request).await?;
    let cookie = [(header::SET_COOKIE, cookie::holding(&granted.refresh)?)];
    Ok((cookie, Json(granted.grant)).into_response())
}

/// What the person has as a second factor.
#[utoipa::path(
    get, path = "/me/second-factor", tag = "me",
    responses((status = 200, description = "Factors, and how many recovery codes are left", body = SecondFactorState), ReadProblems)
)]
pub(super) async fn get_second_factor(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
) -> Result<Json<SecondFactorState>, ApiFailure> {
    Ok(Json(app.auth.own_factors(&actor).await?))
}

/// Begins to enrol an authenticator app.
#[utoipa::path(
    post, path = "/me/second-factor/totp", tag = "me", request_body = BeginTotp,
    responses((status = 200, description = "The app to be", body = PendingTotp), BeginProblems)
)]
pub(super) async fn begin_own_totp(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
    StrictJson(BeginTotp {}): StrictJson<BeginTotp>,
) -> Result<Json<PendingTotp>, ApiFailure> {
    Ok(Json(app.auth.begin_own_totp(&actor).await?))
}

/// Shows that the app has the secret: from now on it is asked for.
#[utoipa::path(
    post, path = "/me/second-factor/totp/confirm", tag = "me", request_body = ConfirmTotp,
    responses((status = 200, description = "What the person has now, and with the first factor the recovery codes", body = Enrolled), ConfirmProblems)
)]
pub(super) async fn confirm_own_totp(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    ValidJson(request): ValidJson<ConfirmTotp>,
) -> Result<Json<Enrolled>, ApiFailure> {
    Ok(Json(app.auth.confirm_own_totp(&origin, &actor, request).await?))
}

/// Makes new recovery codes. The older ones are dead.
#[utoipa::path(
    post, path = "/me/second-factor/recovery-codes", tag = "me", request_body = RenewRecoveryCodes,
    responses((status = 200, description = "The codes, shown once", body = RecoveryCodes), BeginProblems)
)]
pub(super) async fn renew_recovery_codes(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    StrictJson(RenewRecoveryCodes {}): StrictJson<RenewRecoveryCodes>,
) -> Result<Json<RecoveryCodes>, ApiFailure> {
    Ok(Json(app.auth.renew_own_recovery_codes(&origin, &actor).await?))
}

/// Gives a factor another name.
#[utoipa::path(
    patch, path = "/me/second-factor/{id}", tag = "me", request_body = RenameFactor,
    params(("id" = Uuid, Path, description = "Which factor")),
    responses((status = 200, description = "What the person has now", body = SecondFactorState), RenameProblems)
)]
pub(super) async fn rename_own_factor(
    SignedIn(actor): SignedIn,
    ResourceId(id): ResourceId,
    _: NoQuery,
    State(app): State<Shared>,
    ValidJson(request): ValidJson<RenameFactor>,
) -> Result<Json<SecondFactorState>, ApiFailure> {
    Ok(Json(
        app.auth.rename_own_factor(&actor, FactorId(id), request).await?,
    ))
}

/// Takes a factor away.
#[utoipa::path(
    delete, path = "/me/second-factor/{id}", tag = "me",
    params(("id" = Uuid, Path, description = "Which factor")),
    responses((status = 200, description = "What the person has now", body = SecondFactorState), RemoveProblems)
)]
pub(super) async fn remove_own_factor(
    SignedIn(actor): SignedIn,
    ResourceId(id): ResourceId,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
) -> Result<Json<SecondFactorState>, ApiFailure> {
    Ok(Json(
        app.auth.remove_own_factor(&origin, &actor, FactorId(id)).await?,
    ))
}

/// Takes a person's second factors away and ends every session: the next sign-in leads to a new one.
#[utoipa::path(
    post, path = "/admin/users/{id}/reset-second-factor", tag = "admin", request_body = AdminAction,
    params(("id" = Uuid, Path, description = "Whose account")),
    responses((status = 200, description = "The account as it is now", body = AdminUser), ResetFactorProblems)
)]
pub(super) async fn reset_second_factor(
    SignedIn(actor): SignedIn,
    ResourceId(id): ResourceId,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    StrictJson(AdminAction {}): StrictJson<AdminAction>,
) -> Result<Json<AdminUser>, ApiFailure> {
    // What the person may not do at all is not worth showing once more who they are.
    let user = app.administration.get(&actor, UserId(id)).await?;
    app.auth.require_fresh(&actor).await?;
    let reset = app
        .administration
        .reset_second_factor(&origin, &actor, user.id)
        .await?;
    Ok(Json(reset))
}

//! `/auth/reset` and `/auth/welcome`: ways in without a password.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use portico_contract::problem::ErrorCode;
use portico_contract::recovery::{
    AnswerQuestion, CheckLink, CodeCheck, CompleteReset, CompleteWelcome, Noted, RequestAdminReset,
    ResetCheck, ResetStep, SecurityQuestion, SetSecurityQuestion, StartReset, VerifyCode, WelcomeCheck,
    WelcomeOutcome,
};
use portico_contract::validate::Validate as _;

use super::auth::advanced_into;
use super::error::ApiFailure;
use super::extract::{NoQuery, SignedIn, StrictJson, ValidJson};
use super::openapi::problems;
use super::own_page::OwnPage;
use super::{Shared, cookie};
use crate::domain::audit::Event;
use crate::domain::auth::Confirmation;
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;

problems!(pub(super) AskProblems: MalformedRequest, CrossSite, TooLarge, UnsupportedMediaType, Validation, RateLimited,
    Internal, Unavailable);
problems!(pub(super) LookProblems: MalformedRequest, CrossSite, TooLarge, UnsupportedMediaType, Validation, Internal,
    Unavailable);
problems!(pub(super) WelcomeProblems: MalformedRequest, SignInExpired, CrossSite, OutsideHours, OutsideNetwork, TooLarge,
    UnsupportedMediaType, Validation, Internal, Unavailable, Maintenance);
problems!(pub(super) OwnQuestionProblems: MalformedRequest, Unauthenticated, NotFound, Internal, Unavailable, Maintenance);
problems!(pub(super) QuestionProblems: MalformedRequest, Unauthenticated, StepUpRequired, NotFound, TooLarge, UnsupportedMediaType,
    Validation, RateLimited, Locked, Internal, Unavailable);

/// Asks for a reset. The answer is the same for everybody; what is sent goes to the account's own address.
#[utoipa::path(
    post, path = "/auth/reset", tag = "recovery", security(()), request_body = StartReset,
    params(OwnPage),
    responses((status = 200, description = "Noted; whether anything is sent is not said", body = Noted), AskProblems)
)]
pub(super) async fn start_reset(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    ValidJson(request): ValidJson<StartReset>,
) -> Result<Response, ApiFailure> {
    let browser = app.recovery.start(&origin, request).await?;
    let cookie = [(header::SET_COOKIE, cookie::reset_begun(&browser)?)];
    Ok((cookie, Json(Noted {})).into_response())
}

/// Looks at a reset's link. Uses nothing up.
#[utoipa::path(
    post, path = "/auth/reset/check", tag = "recovery", security(()), request_body = CheckLink,
    params(OwnPage),
    responses((status = 200, description = "What the link is worth", body = ResetCheck), LookProblems)
)]
pub(super) async fn check_reset(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    ValidJson(request): ValidJson<CheckLink>,
) -> Result<Json<ResetCheck>, ApiFailure> {
    Ok(Json(app.recovery.check(request).await?))
}

/// Enters the code of a reset, in the browser that asked for it.
#[utoipa::path(
    post, path = "/auth/reset/verify", tag = "recovery", security(()), request_body = VerifyCode,
    params(OwnPage),
    responses((status = 200, description = "What the code is worth", body = CodeCheck), LookProblems)
)]
pub(super) async fn verify_reset(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    ValidJson(request): ValidJson<VerifyCode>,
) -> Result<Json<CodeCheck>, ApiFailure> {
    let browser = cookie::reset(&headers);
    Ok(Json(app.recovery.verify(&origin, request, browser).await?))
}

/// Answers the security question of a reset, after its code or with its link.
#[utoipa::path(
    post, path = "/auth/reset/answer", tag = "recovery", security(()), request_body = AnswerQuestion,
    params(OwnPage),
    responses((status = 200, description = "What the answer is worth", body = CodeCheck), AskProblems)
)]
pub(super) async fn answer_reset(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    ValidJson(request): ValidJson<AnswerQuestion>,
) -> Result<Json<CodeCheck>, ApiFailure> {
    let browser = cookie::reset(&headers);
    Ok(Json(app.recovery.answer(&origin, request, browser).await?))
}

/// Sets the password of a reset and ends every session of the person. Nobody is signed in by it.
#[utoipa::path(
    post, path = "/auth/reset/complete", tag = "recovery", security(()), request_body = CompleteReset,
    params(OwnPage),
    responses((status = 200, description = "What follows", body = ResetStep), LookProblems)
)]
pub(super) async fn complete_reset(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    ValidJson(request): ValidJson<CompleteReset>,
) -> Result<Response, ApiFailure> {
    let browser = cookie::reset(&headers);
    let step = app.recovery.complete(&origin, request, browser).await?;
    let over = [(header::SET_COOKIE, cookie::reset_over())];
    Ok((over, Json(step)).into_response())
}

/// Asks an administrator for a reset. The answer is the same for everybody.
#[utoipa::path(
    post, path = "/auth/reset/request-admin", tag = "recovery", security(()), request_body = RequestAdminReset,
    params(OwnPage),
    responses((status = 200, description = "Noted; whether anybody is meant is not said", body = Noted), AskProblems)
)]
pub(super) async fn request_admin_reset(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    ValidJson(request): ValidJson<RequestAdminReset>,
) -> Result<Json<Noted>, ApiFailure> {
    app.recovery.ask_administrators(&origin, request).await?;
    Ok(Json(Noted {}))
}

/// Looks at an invitation. Uses nothing up.
#[utoipa::path(
    post, path = "/auth/welcome/check", tag = "recovery", security(()), request_body = CheckLink,
    params(OwnPage),
    responses((status = 200, description = "What the invitation is worth", body = WelcomeCheck), LookProblems)
)]
pub(super) async fn check_welcome(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    ValidJson(request): ValidJson<CheckLink>,
) -> Result<Json<WelcomeCheck>, ApiFailure> {
    Ok(Json(app.recovery.check_invitation(request).await?))
}

/// Accepts an invitation: sets the password, then goes on as a sign-in does.
#[utoipa::path(
    post, path = "/auth/welcome/complete", tag = "recovery", security(()), request_body = CompleteWelcome,
    params(OwnPage),
    responses((status = 200, description = "What follows", body = WelcomeOutcome), WelcomeProblems)
)]
pub(super) async fn complete_welcome(
    _: OwnPage,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    headers: HeaderMap,
    ValidJson(request): ValidJson<CompleteWelcome>,
) -> Result<Response, ApiFailure> {
    match app.recovery.accept_invitation(&origin, request).await? {
        Err(reason) => Ok(Json(WelcomeOutcome::Over { reason }).into_response()),
        Ok(user) => {
            let held = cookie::held(&headers);
            let advanced = app.auth.enter(&origin, user, held).await?;
            advanced_into(advanced, held, |step| WelcomeOutcome::Accepted {
                sign_in: Box::new(step),
            })
        }
    }
}

/// The security question. There is one only where the password policy is `classic`.
#[utoipa::path(
    get, path = "/me/security-question", tag = "me",
    responses((status = 200, description = "What was chosen, if anything", body = SecurityQuestion), OwnQuestionProblems)
)]
pub(super) async fn get_security_question(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
) -> Result<Json<SecurityQuestion>, ApiFailure> {
    if !app.recovery.asks_questions() {
        return Err(Failure::of(ErrorCode::NotFound).into());
    }
    let question = app.recovery.own_question(&actor).await?;
    Ok(Json(SecurityQuestion { question }))
}

/// Chooses a security question. There is one only where the password policy is `classic`.
#[utoipa::path(
    put, path = "/me/security-question", tag = "me", request_body = SetSecurityQuestion,
    responses((status = 200, description = "It is asked from now on", body = SecurityQuestion), QuestionProblems)
)]
pub(super) async fn set_security_question(
    SignedIn(actor): SignedIn,
    _: NoQuery,
    State(app): State<Shared>,
    origin: Origin,
    StrictJson(request): StrictJson<SetSecurityQuestion>,
) -> Result<Json<SecurityQuestion>, ApiFailure> {
    if !app.recovery.asks_questions() {
        return Err(Failure::of(ErrorCode::NotFound).into());
    }
    let request = request.validate().map_err(Failure::from)?.into_inner();
    let SetSecurityQuestion {
        question,
        answer,
        password,
    } = request;
    let asked = Confirmation {
        what_for: Event::QuestionChosen,
        field: "password",
    };
    app.auth.confirm(&origin, &actor, asked, &password).await?;
    app.auth.require_fresh_factor(&actor).await?;
    app.recovery
        .keep_question(&origin, &actor, question.clone(), &answer)
        .await?;
    let question = Some(question);
    Ok(Json(SecurityQuestion { question }))
}

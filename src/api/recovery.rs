//! Coming (back) in without a password: by a link, a code, an administrator, an invitation.

use portico_contract::paths;
use portico_contract::recovery::{
    AnswerQuestion, CheckLink, CodeCheck, CompleteReset, CompleteWelcome, LinkOver, Noted, RequestAdminReset,
    ResetCheck, ResetStep, StartReset, VerifyCode, WelcomeCheck, WelcomeOutcome,
};
use portico_contract::validate::{Validate, Validated};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::client::{Client, decode, succeeded};
use super::error::ApiError;

async fn ask<B: Serialize, T: DeserializeOwned>(
    client: Client,
    path: &str,
    body: &Validated<B>,
) -> Result<T, ApiError> {
    decode(&succeeded(client.with_cookie(path, &**body).await?)?)
}

/// Asks for a reset.
pub async fn start_reset(client: Client, request: &Validated<StartReset>) -> Result<Noted, ApiError> {
    ask(client, paths::RESET, request).await
}

/// Asks an administrator for one.
pub async fn request_admin_reset(
    client: Client,
    request: &Validated<RequestAdminReset>,
) -> Result<Noted, ApiError> {
    ask(client, paths::RESET_REQUEST_ADMIN, request).await
}

/// What the link with `token` is worth; none if it cannot be a token.
async fn look<T: DeserializeOwned>(client: Client, path: &str, token: String) -> Result<Option<T>, ApiError> {
    match (CheckLink { token }).validate() {
        Ok(link) => ask(client, path, &link).await.map(Some),
        Err(_) => Ok(None),
    }
}

/// What the link of a reset is worth. Uses nothing up.
pub async fn check_reset(client: Client, token: String) -> Result<ResetCheck, ApiError> {
    let found = look(client, paths::RESET_CHECK, token).await?;
    Ok(found.unwrap_or(ResetCheck::Over {
        reason: LinkOver::Unknown,
    }))
}

/// What a code is worth.
pub async fn verify_reset(client: Client, code: &Validated<VerifyCode>) -> Result<CodeCheck, ApiError> {
    ask(client, paths::RESET_VERIFY, code).await
}

/// What an answer is worth.
pub async fn answer_reset(client: Client, answer: &Validated<AnswerQuestion>) -> Result<CodeCheck, ApiError> {
    ask(client, paths::RESET_ANSWER, answer).await
}

/// Sets the password.
pub async fn complete_reset(
    client: Client,
    request: &Validated<CompleteReset>,
) -> Result<ResetStep, ApiError> {
    ask(client, paths::RESET_COMPLETE, request).await
}

/// What an invitation is worth. Uses nothing up.
pub async fn check_welcome(client: Client, token: String) -> Result<WelcomeCheck, ApiError> {
    let found = look(client, paths::WELCOME_CHECK, token).await?;
    Ok(found.unwrap_or(WelcomeCheck::Over {
        reason: LinkOver::Unknown,
    }))
}

/// Accepts an invitation.
pub async fn complete_welcome(
    client: Client,
    request: &Validated<CompleteWelcome>,
) -> Result<WelcomeOutcome, ApiError> {
    let outcome = ask(client, paths::WELCOME_COMPLETE, request).await?;
    if let WelcomeOutcome::Accepted { sign_in } = &outcome {
        client.accept_step(sign_in);
    }
    Ok(outcome)
}

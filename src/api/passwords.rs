//! Choosing a password: what it has to be, and setting it from within a session or a sign-in.

use portico_contract::auth::{AuthPolicy, ChangeOwnPassword, NewPassword, SessionGrant, SignInStep};
use portico_contract::paths;
use portico_contract::recovery::{SecurityQuestion, SetSecurityQuestion};
use portico_contract::user::Me;
use portico_contract::validate::Validated;

use super::client::{Client, decode, succeeded};
use super::error::ApiError;

/// How to sign in, and what a password has to be.
pub async fn auth_policy(client: Client) -> Result<AuthPolicy, ApiError> {
    client.anonymous(paths::AUTH_POLICY).await
}

/// Changes the person's own password. The session goes on with new tokens.
pub async fn change_own_password(
    client: Client,
    request: &Validated<ChangeOwnPassword>,
) -> Result<Me, ApiError> {
    let grant: SessionGrant = client.post_with_cookie(paths::OWN_PASSWORD, &**request).await?;
    if client.session() != Some(grant.me.session.id) {
        // Somebody else is signed in by now, or nobody: these tokens are for neither.
        return Err(ApiError::SessionEnded);
    }
    client.accept(&grant);
    Ok(grant.me)
}

/// What the person is asked when a password is reset, if anything.
pub async fn security_question(client: Client) -> Result<SecurityQuestion, ApiError> {
    client.get(paths::SECURITY_QUESTION).await
}

/// Chooses what the person is asked.
pub async fn set_security_question(
    client: Client,
    request: &Validated<SetSecurityQuestion>,
) -> Result<SecurityQuestion, ApiError> {
    client.put(paths::SECURITY_QUESTION, &**request).await
}

/// Sets the new password that a sign-in waits for. The answer is what follows.
pub async fn sign_in_with_new_password(
    client: Client,
    request: &Validated<NewPassword>,
) -> Result<SignInStep, ApiError> {
    let answer = succeeded(
        client
            .with_cookie(paths::SIGN_IN_NEW_PASSWORD, &**request)
            .await?,
    )?;
    let step = decode(&answer)?;
    client.accept_step(&step);
    Ok(step)
}

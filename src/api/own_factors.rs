//! What a person has as a second factor, and showing once more who they are.

use portico_contract::auth::SessionGrant;
use portico_contract::ids::FactorId;
use portico_contract::paths;
use portico_contract::problem::Problem;
use portico_contract::second_factor::{
    BeginTotp, ConfirmTotp, Enrolled, PendingTotp, RecoveryCodes, RenameFactor, RenewRecoveryCodes,
    SecondFactorState, StepUp,
};
use portico_contract::user::Me;
use portico_contract::validate::Validated;

use super::client::{Client, decode, succeeded};
use super::error::ApiError;
use crate::platform::http::Answer;

/// What the person has.
pub async fn state(client: Client) -> Result<SecondFactorState, ApiError> {
    client.get(paths::SECOND_FACTOR).await
}

/// Begins to enrol an authenticator app. One that was begun before does not count any more.
pub async fn begin_totp(client: Client) -> Result<PendingTotp, ApiError> {
    client.post(paths::OWN_TOTP, &BeginTotp {}, None).await
}

/// Shows that the app has the secret.
pub async fn confirm_totp(client: Client, request: &Validated<ConfirmTotp>) -> Result<Enrolled, ApiError> {
    client.post(paths::OWN_TOTP_CONFIRM, &**request, None).await
}

/// Calls the factor `id` something else.
pub async fn rename(
    client: Client,
    id: FactorId,
    request: &Validated<RenameFactor>,
) -> Result<SecondFactorState, ApiError> {
    client.patch(&paths::own_factor(id), &**request, None).await
}

/// Takes the factor `id` away.
pub async fn remove(client: Client, id: FactorId) -> Result<SecondFactorState, ApiError> {
    client.delete(&paths::own_factor(id)).await
}

/// Makes new recovery codes. The older ones do not count any more.
pub async fn renew_recovery_codes(client: Client) -> Result<RecoveryCodes, ApiError> {
    client
        .post(paths::RECOVERY_CODES, &RenewRecoveryCodes {}, None)
        .await
}

/// Why what was shown did not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepUpRefusal {
    /// What went wrong.
    pub error: ApiError,
    /// Tries left before a pause begins, if the backend says.
    pub tries_left: Option<u32>,
}

impl From<ApiError> for StepUpRefusal {
    fn from(error: ApiError) -> Self {
        Self {
            error,
            tries_left: None,
        }
    }
}

/// Shows once more who the person is. The session goes on with new tokens.
pub async fn step_up(client: Client, request: &Validated<StepUp>) -> Result<Me, StepUpRefusal> {
    let answer = client.show_again(paths::STEP_UP, &**request).await?;
    let tries_left = tries_left(&answer);
    let answer = succeeded(answer).map_err(|error| StepUpRefusal { error, tries_left })?;
    let grant: SessionGrant = decode(&answer)?;
    if client.session() != Some(grant.me.session.id) {
        // Somebody else is signed in by now, or nobody: these tokens are for neither.
        return Err(ApiError::SessionEnded.into());
    }
    client.accept(&grant);
    Ok(grant.me)
}

fn tries_left(answer: &Answer) -> Option<u32> {
    serde_json::from_str::<Problem>(&answer.body).ok()?.attempts_left
}

#[cfg(test)]
mod tests {
    use portico_contract::problem::ErrorCode;

    use super::*;

    #[test]
    fn a_refusal_says_how_many_tries_are_left() {
        let problem = Problem {
            attempts_left: Some(2),
            ..Problem::new(ErrorCode::Validation, "r")
        };
        let mut answer = Answer {
            status: 422,
            body: serde_json::to_string(&problem).unwrap(),
            retry_after: None,
            date: None,
        };
        assert_eq!(tries_left(&answer), Some(2));
        answer.body = "<html>".into();
        assert_eq!(tries_left(&answer), None);
    }
}

//! What a person has as a second factor, and showing once more who they are.

use portico_contract::auth::SessionGrant;
use portico_contract::ids::FactorId;
use portico_contract::passkey::{BeginPasskey, NewPasskey, PasskeyCreation, PasskeyRequest};
use portico_contract::paths;
use portico_contract::problem::Problem;
use portico_contract::second_factor::{
    BeginTotp, ConfirmTotp, Enrolled, PendingTotp, RecoveryCodes, RenameFactor, RenewRecoveryCodes,
    SecondFactorState, StepUp,
};
use portico_contract::sent_code::{BeginSentCode, CodeChannel, CodeSent, ConfirmSentCode, SendCode};
use portico_contract::user::Me;
use portico_contract::validate::Validated;

use super::client::{Client, decode, succeeded};
use super::error::ApiError;

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

/// Begins to enrol a passkey.
pub async fn begin_passkey(client: Client) -> Result<PasskeyCreation, ApiError> {
    client.post(paths::OWN_PASSKEY, &BeginPasskey {}, None).await
}

/// Enrols it.
pub async fn confirm_passkey(client: Client, request: &Validated<NewPasskey>) -> Result<Enrolled, ApiError> {
    client.post(paths::OWN_PASSKEY_CONFIRM, &**request, None).await
}

/// Begins to enrol what codes are sent to, by having one sent there.
pub async fn begin_message(client: Client, request: &Validated<BeginSentCode>) -> Result<CodeSent, ApiError> {
    client.post(paths::OWN_MESSAGE, &**request, None).await
}

/// Shows that the code has arrived.
pub async fn confirm_message(
    client: Client,
    request: &Validated<ConfirmSentCode>,
) -> Result<Enrolled, ApiError> {
    client.post(paths::OWN_MESSAGE_CONFIRM, &**request, None).await
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
    /// Seconds of the pause that has begun, if one has.
    pub pause: Option<u32>,
}

impl From<ApiError> for StepUpRefusal {
    fn from(error: ApiError) -> Self {
        let pause = error.retry_after();
        Self {
            error,
            tries_left: None,
            pause,
        }
    }
}

/// Asks for a passkey that shows once more who the person is.
pub async fn ask_for_passkey(client: Client) -> Result<PasskeyRequest, ApiError> {
    let answer = client
        .show_again(paths::STEP_UP_PASSKEY, &BeginPasskey {})
        .await?;
    decode(&succeeded(answer)?)
}

/// Has a code sent that shows once more who the person is. An earlier one does not count any more.
pub async fn send_code(client: Client, channel: CodeChannel) -> Result<CodeSent, ApiError> {
    let answer = client
        .show_again(paths::STEP_UP_CODE, &SendCode { channel })
        .await?;
    decode(&succeeded(answer)?)
}

/// Shows once more who the person is. The session goes on with new tokens.
pub async fn step_up(client: Client, request: &Validated<StepUp>) -> Result<Me, StepUpRefusal> {
    let answer = client.show_again(paths::STEP_UP, &**request).await?;
    let said = serde_json::from_str::<Problem>(&answer.body).ok();
    let answer = succeeded(answer).map_err(|error| refused(error, said.as_ref()))?;
    let grant: SessionGrant = decode(&answer)?;
    if client.session() != Some(grant.me.session.id) {
        // Somebody else is signed in by now, or nobody: these tokens are for neither.
        return Err(ApiError::SessionEnded.into());
    }
    client.accept(&grant);
    Ok(grant.me)
}

/// A wrong try comes with what follows from it, which the fields do not say.
fn refused(error: ApiError, said: Option<&Problem>) -> StepUpRefusal {
    let refusal = StepUpRefusal::from(error);
    StepUpRefusal {
        tries_left: said.and_then(|said| said.attempts_left),
        pause: refusal.pause.or_else(|| said.and_then(|said| said.retry_after)),
        ..refusal
    }
}

#[cfg(test)]
mod tests {
    use portico_contract::problem::ErrorCode;

    use super::*;

    #[test]
    fn a_wrong_try_says_what_follows_from_it() {
        let problem = Problem {
            attempts_left: Some(0),
            retry_after: Some(30),
            ..Problem::new(ErrorCode::Validation, "r")
        };
        let wrong = refused(ApiError::Validation(Vec::new().into()), Some(&problem));
        assert_eq!((wrong.tries_left, wrong.pause), (Some(0), Some(30)));
        let paused = refused(ApiError::RateLimited { retry_after: 20 }, None);
        assert_eq!((paused.tries_left, paused.pause), (None, Some(20)));
        assert_eq!(StepUpRefusal::from(ApiError::Offline).pause, None);
    }
}

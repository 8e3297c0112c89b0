//! The second factor of a sign-in: showing it, asking for a new one, enrolling one.

use portico_contract::auth::SignInStep;
use portico_contract::passkey::{BeginPasskey, NewPasskey, PasskeyCreation, PasskeyRequest};
use portico_contract::paths;
use portico_contract::problem::{ErrorCode, FieldRule, Problem};
use portico_contract::second_factor::{
    AskForNewFactor, BeginTotp, ConfirmTotp, EnrolledStep, FactorChallenge, PendingTotp, Resume, ShowFactor,
};
use portico_contract::sent_code::{BeginSentCode, CodeChannel, CodeSent, ConfirmSentCode, SendCode};
use portico_contract::validate::Validated;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::client::{Client, decode, succeeded};
use super::error::ApiError;
use crate::platform::http::Answer;

/// What a code or passkey that was shown is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown<T> {
    /// It is right, and this follows.
    Right(T),
    /// It is not.
    Wrong {
        /// Tries left before a pause begins, if the backend says.
        tries_left: Option<u32>,
        /// Seconds of the pause that has begun with it, if one has.
        retry_after: Option<u32>,
    },
}

impl<T> Shown<T> {
    /// What follows from what follows.
    pub fn map<U>(self, then: impl FnOnce(T) -> U) -> Shown<U> {
        match self {
            Self::Right(follows) => Shown::Right(then(follows)),
            Self::Wrong {
                tries_left,
                retry_after,
            } => Shown::Wrong {
                tries_left,
                retry_after,
            },
        }
    }
}

/// The fields that hold what is shown.
const SHOWN: [&str; 2] = ["code", "passkey"];

async fn ask<T: DeserializeOwned>(client: Client, path: &str, body: &impl Serialize) -> Result<T, ApiError> {
    decode(&succeeded(client.with_cookie(path, body).await?)?)
}

async fn shown<T: DeserializeOwned>(
    client: Client,
    path: &str,
    body: &impl Serialize,
) -> Result<Shown<T>, ApiError> {
    let answer = client.with_cookie(path, body).await?;
    match wrong(&answer) {
        Some(wrong) => Ok(wrong),
        None => decode(&succeeded(answer)?).map(Shown::Right),
    }
}

/// The answer that what was shown is not the right thing. With it comes how many tries are left, which no other field knows.
fn wrong<T>(answer: &Answer) -> Option<Shown<T>> {
    let problem: Problem = serde_json::from_str(&answer.body).ok()?;
    let is_wrong = problem.code == ErrorCode::Validation
        && problem
            .fields
            .iter()
            .any(|field| SHOWN.contains(&&*field.field) && field.rule == FieldRule::Incorrect);
    is_wrong.then_some(Shown::Wrong {
        tries_left: problem.attempts_left,
        retry_after: problem.retry_after,
    })
}

/// Shows the second factor that a sign-in waits for.
pub async fn show(client: Client, request: &Validated<ShowFactor>) -> Result<Shown<SignInStep>, ApiError> {
    let shown = shown(client, paths::SIGN_IN_SECOND_FACTOR, &**request).await?;
    if let Shown::Right(step) = &shown {
        client.accept_step(step);
    }
    Ok(shown)
}

/// Asks for a passkey as the second factor that a sign-in waits for.
pub async fn ask_for_passkey(client: Client) -> Result<PasskeyRequest, ApiError> {
    ask(client, paths::SIGN_IN_SECOND_FACTOR_PASSKEY, &BeginPasskey {}).await
}

/// Has a code sent as the second factor that a sign-in waits for. An earlier one does not count any more.
pub async fn send_code(client: Client, channel: CodeChannel) -> Result<CodeSent, ApiError> {
    ask(client, paths::SIGN_IN_SECOND_FACTOR_CODE, &SendCode { channel }).await
}

/// Asks an administrator for a new one. The answer is the challenge as it stands then.
pub async fn ask_for_new(
    client: Client,
    request: &Validated<AskForNewFactor>,
) -> Result<FactorChallenge, ApiError> {
    ask(client, paths::SIGN_IN_SECOND_FACTOR_HELP, &**request).await
}

/// Begins to enrol an authenticator app. One that was begun before does not count any more.
pub async fn begin_totp(client: Client) -> Result<PendingTotp, ApiError> {
    ask(client, paths::SIGN_IN_ENROL_TOTP, &BeginTotp {}).await
}

/// Shows that the app has the secret.
pub async fn confirm_totp(
    client: Client,
    request: &Validated<ConfirmTotp>,
) -> Result<Shown<EnrolledStep>, ApiError> {
    let shown: Shown<EnrolledStep> = shown(client, paths::SIGN_IN_ENROL_TOTP_CONFIRM, &**request).await?;
    if let Shown::Right(enrolled) = &shown {
        client.accept_step(&enrolled.next);
    }
    Ok(shown)
}

/// Begins to enrol a passkey.
pub async fn begin_passkey(client: Client) -> Result<PasskeyCreation, ApiError> {
    ask(client, paths::SIGN_IN_ENROL_PASSKEY, &BeginPasskey {}).await
}

/// Enrols it.
pub async fn confirm_passkey(
    client: Client,
    request: &Validated<NewPasskey>,
) -> Result<EnrolledStep, ApiError> {
    let enrolled: EnrolledStep = ask(client, paths::SIGN_IN_ENROL_PASSKEY_CONFIRM, &**request).await?;
    client.accept_step(&enrolled.next);
    Ok(enrolled)
}

/// Begins to enrol what codes are sent to, by having one sent there.
pub async fn begin_message(client: Client, request: &Validated<BeginSentCode>) -> Result<CodeSent, ApiError> {
    ask(client, paths::SIGN_IN_ENROL_MESSAGE, &**request).await
}

/// Shows that the code has arrived.
pub async fn confirm_message(
    client: Client,
    request: &Validated<ConfirmSentCode>,
) -> Result<Shown<EnrolledStep>, ApiError> {
    let shown: Shown<EnrolledStep> = shown(client, paths::SIGN_IN_ENROL_MESSAGE_CONFIRM, &**request).await?;
    if let Shown::Right(enrolled) = &shown {
        client.accept_step(&enrolled.next);
    }
    Ok(shown)
}

/// What the browser's running sign-in waits for.
pub async fn resume(client: Client) -> Result<SignInStep, ApiError> {
    let step = ask(client, paths::SIGN_IN_RESUME, &Resume {}).await?;
    client.accept_step(&step);
    Ok(step)
}

#[cfg(test)]
mod tests {
    use portico_contract::problem::FieldProblem;

    use super::*;

    fn answer(problem: &Problem) -> Answer {
        Answer {
            status: problem.status,
            body: serde_json::to_string(problem).unwrap(),
            retry_after: None,
            date: None,
        }
    }

    fn about(field: &str, rule: FieldRule) -> Problem {
        Problem {
            fields: vec![FieldProblem {
                field: field.into(),
                rule,
                limit: None,
            }],
            attempts_left: Some(2),
            retry_after: Some(30),
            ..Problem::new(ErrorCode::Validation, "r")
        }
    }

    #[test]
    fn a_wrong_code_comes_with_the_tries_that_are_left_and_the_pause() {
        for field in ["code", "passkey"] {
            let found = wrong::<()>(&answer(&about(field, FieldRule::Incorrect)));
            let wrong = Shown::Wrong {
                tries_left: Some(2),
                retry_after: Some(30),
            };
            assert_eq!(found, Some(wrong), "{field}");
        }
    }

    #[test]
    fn no_other_refusal_is_taken_for_a_wrong_code() {
        for problem in [
            about("code", FieldRule::Malformed),
            about("passkey", FieldRule::NotAllowed),
            about("name", FieldRule::Incorrect),
            Problem::new(ErrorCode::RateLimited, "r"),
            Problem::new(ErrorCode::SignInExpired, "r"),
        ] {
            assert_eq!(wrong::<()>(&answer(&problem)), None, "{problem:?}");
        }
    }
}

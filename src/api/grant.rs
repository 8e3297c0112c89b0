//! Reading what a session starts or goes on with.
//!
//! A person's account, rights and limits are half of what there is to decode, and nobody needs to be able to before there
//! is a session: it is a file of its own.

use leptos::wasm_split::SplitLoaderError;
use portico_contract::auth::{RefreshOutcome, SignInStep};

use super::error::ApiError;

/// Which of the two answers it is.
#[derive(Clone, Copy)]
enum Answer {
    SignIn,
    Refresh,
}

/// What was read.
enum Read {
    SignIn(SignInStep),
    Refresh(RefreshOutcome),
}

/// The answer to a sign-in.
pub(super) async fn sign_in_step(body: String) -> Result<SignInStep, ApiError> {
    match read(body, Answer::SignIn).await {
        Ok(Some(Read::SignIn(step))) => Ok(step),
        Ok(_) => Err(ApiError::Decode),
        Err(_) => Err(ApiError::Offline),
    }
}

/// The answer to a refresh.
pub(super) async fn refresh_outcome(body: String) -> Result<RefreshOutcome, ApiError> {
    match read(body, Answer::Refresh).await {
        Ok(Some(Read::Refresh(outcome))) => Ok(outcome),
        Ok(_) => Err(ApiError::Decode),
        Err(_) => Err(ApiError::Offline),
    }
}

/// Fetches what reads, while the answer is on its way.
pub(super) async fn prepare() {
    // Whether it came is seen when there is something to read.
    let _ = read(String::new(), Answer::SignIn).await;
}

#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(grant, wasm_split_path = ::leptos::wasm_split, fallible)]
fn read(body: String, answer: Answer) -> Result<Option<Read>, SplitLoaderError> {
    Ok(decode(&body, answer))
}

#[cfg(not(feature = "split"))]
#[expect(
    clippy::unused_async,
    reason = "as the other one, which has something to wait for"
)]
async fn read(body: String, answer: Answer) -> Result<Option<Read>, SplitLoaderError> {
    Ok(decode(&body, answer))
}

fn decode(body: &str, answer: Answer) -> Option<Read> {
    match answer {
        Answer::SignIn => serde_json::from_str(body).ok().map(Read::SignIn),
        Answer::Refresh => serde_json::from_str(body).ok().map(Read::Refresh),
    }
}

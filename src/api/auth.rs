//! Signing in, staying signed in, signing out.

use futures_util::future::join;
use portico_contract::auth::{
    Activity, Maintenance, Refresh, RefreshOutcome, SessionGrant, SignIn, SignInStep, SignOut,
};
use portico_contract::ids::SessionId;
use portico_contract::paths;
use portico_contract::problem::ErrorCode;
use portico_contract::user::SessionInfo;
use portico_contract::validate::Validated;
use serde::Deserialize;
use std::rc::Rc;

use super::client::{Client, decode, succeeded};
use super::error::{ApiError, Refusal};
use super::grant;
use crate::platform::http::Answer;

/// What became of the session when it was asked to go on.
#[derive(Clone, Debug)]
pub enum Renewal {
    /// It goes on.
    Renewed(Rc<SessionGrant>),
    /// It is over, or there never was one.
    Ended,
    /// The browser now holds another session.
    Changed,
    /// That could not be found out. Only a clear answer ends a session.
    Failed(ApiError),
}

/// Of [`portico_contract::auth::AuthPolicy`] what the first screen tells. Whoever needs the rest reads the rest: all of it
/// costs the first load kilobytes.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct FirstWords {
    /// Whether the data is invented.
    pub demo: bool,
    /// Days a session lasts that was kept on purpose.
    pub remember_days: Option<u32>,
    /// When the backend will be, or is, looked after.
    pub maintenance: Option<Maintenance>,
}

/// What the backend says of itself before anybody is signed in.
pub async fn first_words(client: Client) -> Result<FirstWords, ApiError> {
    client.anonymous(paths::AUTH_POLICY).await
}

/// Starts a session, or learns what is needed first.
pub async fn sign_in(client: Client, request: &Validated<SignIn>) -> Result<SignInStep, ApiError> {
    let (answer, ()) = join(client.with_cookie(paths::SIGN_IN, &**request), grant::prepare()).await;
    let step = grant::sign_in_step(succeeded(answer?)?.body).await?;
    client.accept_step(&step);
    Ok(step)
}

/// Asks whether this browser has a session, and goes on with it.
pub async fn restore(client: Client) -> Renewal {
    client.forget();
    client.renew_once().await
}

/// Goes on with the session this tab knows, to find out whether it still exists.
pub async fn check(client: Client) -> Renewal {
    client.renew_once().await
}

/// Tells the backend that the person does something.
pub async fn note_activity(client: Client) -> Result<SessionInfo, ApiError> {
    client.post(paths::ACTIVITY, &Activity {}, None).await
}

/// Ends the session in the backend and in this browser.
pub async fn sign_out(client: Client) -> Result<(), ApiError> {
    succeeded(client.with_cookie(paths::SIGN_OUT, &SignOut {}).await?)?;
    client.forget();
    Ok(())
}

/// One exchange of the refresh cookie. Only the client calls it, one at a time.
pub(super) async fn renew(client: Client) -> Renewal {
    match exchange(client).await {
        Ok(Ok(grant)) => {
            client.accept(&grant);
            Renewal::Renewed(Rc::new(grant))
        }
        Ok(Err(over)) => over,
        Err(error) => Renewal::Failed(error),
    }
}

/// Of a refresh's answer what it is.
#[derive(Deserialize)]
struct Found {
    state: String,
}

/// [`Found::state`] of [`RefreshOutcome::SignedOut`].
const SIGNED_OUT: &str = "signed_out";

async fn exchange(client: Client) -> Result<Result<SessionGrant, Renewal>, ApiError> {
    let sid: Option<SessionId> = client.session();
    let answer = client.with_cookie(paths::REFRESH, &Refresh { sid }).await?;
    if let Some(over) = refused(&answer) {
        return Ok(Err(over));
    }
    let answer = succeeded(answer)?;
    // The ordinary answer of a first visit is known without what reads the others.
    if decode::<Found>(&answer)?.state == SIGNED_OUT {
        return Ok(Err(Renewal::Ended));
    }
    match grant::refresh_outcome(answer.body).await? {
        RefreshOutcome::SignedIn(grant) => Ok(Ok(*grant)),
        RefreshOutcome::SignedOut => Ok(Err(Renewal::Ended)),
    }
}

fn refused(answer: &Answer) -> Option<Renewal> {
    match Refusal::of(answer)?.code {
        ErrorCode::SessionEnded => Some(Renewal::Ended),
        ErrorCode::SessionChanged => Some(Renewal::Changed),
        _ => None,
    }
}

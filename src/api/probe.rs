//! Questions not for what the backend says but for whether it can be heard: for the checkup beside the sign-in, and for
//! the choice of the region.

use portico_contract::auth::{CookieCheck, CookieCheckOutcome};
use portico_contract::paths;

use super::client::{Client, decode, succeeded};
use super::error::ApiError;
use crate::platform::clock;
use crate::platform::http::{self, Answer, HttpMethod, Request, Silence};

/// What became of one question.
pub struct Probe {
    /// The answer, whoever it is from.
    pub outcome: Result<Answer, Silence>,
    /// Milliseconds until then.
    pub millis: u32,
    /// The device's clock half way, in milliseconds since the epoch.
    pub at_ms: f64,
}

/// Asks the API whether it is ready.
pub async fn server(client: Client, timeout_ms: u32) -> Probe {
    ask(client.url(paths::HEALTH), timeout_ms).await
}

/// Asks the site for its document, past all copies.
pub async fn site(timeout_ms: u32) -> Probe {
    ask("/index.html".to_owned(), timeout_ms).await
}

/// Milliseconds that the region at `origin` takes to say that it is ready, if it says so within `timeout_ms`.
pub async fn region(origin: &str, timeout_ms: u32) -> Option<u32> {
    let url = format!("{origin}{}{}", paths::BASE, paths::HEALTH);
    let Probe { outcome, millis, .. } = ask(url, timeout_ms).await;
    outcome.ok().filter(|answer| answer.status == 200).map(|_| millis)
}

/// Whether a cookie that the backend sets comes back. It takes two requests, unless one was set a moment ago.
pub async fn cookies(client: Client) -> Result<bool, ApiError> {
    Ok(cookie_returns(client).await? || cookie_returns(client).await?)
}

async fn cookie_returns(client: Client) -> Result<bool, ApiError> {
    let answer = client.with_cookie(paths::COOKIE_CHECK, &CookieCheck {}).await?;
    let CookieCheckOutcome { returned } = decode(&succeeded(answer)?)?;
    Ok(returned)
}

async fn ask(url: String, timeout_ms: u32) -> Probe {
    let (begun, begun_ms) = (clock::elapsed_ms(), clock::now_ms());
    let outcome = http::send(Request {
        method: HttpMethod::Get,
        url,
        headers: Vec::new(),
        body: None,
        cookies: false,
        fresh: true,
        timeout_ms,
    })
    .await;
    let took = clock::elapsed_ms() - begun;
    Probe {
        outcome,
        millis: whole(took),
        at_ms: begun_ms + took / 2.0,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a duration within a time limit"
)]
fn whole(millis: f64) -> u32 {
    millis.round() as u32
}

//! Sending requests. The API client and the site's own static files (texts, configuration) go through here.

use gloo_net::http::{Method, RequestBuilder};
use web_sys::{AbortController, RequestCache, RequestCredentials, RequestRedirect};

use super::clock;

/// A request to the own origin; or, without cookies, to another region of the company.
pub struct Request {
    /// The method.
    pub method: HttpMethod,
    /// Path and query.
    pub url: String,
    /// Headers.
    pub headers: Vec<(&'static str, String)>,
    /// A JSON body.
    pub body: Option<String>,
    /// Whether cookies go with it.
    pub cookies: bool,
    /// Whether it goes past every copy that the browser holds.
    pub fresh: bool,
    /// Milliseconds until it is given up.
    pub timeout_ms: u32,
}

/// The methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpMethod {
    /// Reads.
    Get,
    /// Writes.
    Post,
    /// Changes.
    Patch,
    /// Puts one thing in the place of another.
    Put,
    /// Takes something away.
    Delete,
}

/// An answer, whatever its status.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body as text.
    pub body: String,
    /// `Retry-After` in seconds.
    pub retry_after: Option<u32>,
    /// `Date`: the clock of whoever answered.
    pub date: Option<String>,
}

/// No answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// Nothing could be reached.
    Unreachable,
    /// The time was up.
    TimedOut,
}

/// Aborts the request when the caller loses interest, so that a screen left behind costs no bandwidth.
struct AbortOnDrop(Option<AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Sends `request`. Dropping the future aborts it.
pub async fn send(request: Request) -> Result<Answer, Silence> {
    clock::within(request.timeout_ms, exchange(request))
        .await
        .unwrap_or(Err(Silence::TimedOut))
}

async fn exchange(request: Request) -> Result<Answer, Silence> {
    let mut abort = AbortOnDrop(AbortController::new().ok());
    let signal = abort.0.as_ref().map(AbortController::signal);
    let method = match request.method {
        HttpMethod::Get => Method::GET,
        HttpMethod::Post => Method::POST,
        HttpMethod::Patch => Method::PATCH,
        HttpMethod::Put => Method::PUT,
        HttpMethod::Delete => Method::DELETE,
    };
    let credentials = if request.cookies {
        RequestCredentials::SameOrigin
    } else {
        RequestCredentials::Omit
    };
    let mut builder = RequestBuilder::new(&request.url)
        .method(method)
        .credentials(credentials)
        .redirect(RequestRedirect::Error)
        .cache(if request.fresh {
            RequestCache::NoStore
        } else {
            RequestCache::Default
        })
        .abort_signal(signal.as_ref());
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let built = match request.body {
        Some(body) => builder.header("content-type", "application/json").body(body),
        None => builder.build(),
    };
    let response = built
        .map_err(|_| Silence::Unreachable)?
        .send()
        .await
        .map_err(|_| Silence::Unreachable)?;
    let retry_after = response
        .headers()
        .get("retry-after")
        .and_then(|value| value.parse().ok());
    let date = response.headers().get("date");
    let status = response.status();
    let body = response.text().await.map_err(|_| Silence::Unreachable)?;
    // It has ended by itself: nothing is left to abort.
    abort.0 = None;
    Ok(Answer {
        status,
        body,
        retry_after,
        date,
    })
}

/// How long a static file may take.
const STATIC_TIMEOUT_MS: u32 = 20_000;

/// One of the site's own static files.
pub async fn get_static(path: &str) -> Result<String, Silence> {
    get_file(path, false).await
}

/// One of the site's own static files as it is on the server now.
pub async fn get_fresh(path: &str) -> Result<String, Silence> {
    get_file(path, true).await
}

async fn get_file(path: &str, fresh: bool) -> Result<String, Silence> {
    let request = Request {
        method: HttpMethod::Get,
        url: path.to_owned(),
        headers: Vec::new(),
        body: None,
        cookies: false,
        fresh,
        timeout_ms: STATIC_TIMEOUT_MS,
    };
    let answer = send(request).await?;
    if answer.status == 200 {
        Ok(answer.body)
    } else {
        Err(Silence::Unreachable)
    }
}

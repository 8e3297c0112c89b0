//! What surrounds every request: its id, its time limit, its log line, its headers.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use portico_contract::problem::ErrorCode;
use tracing::Instrument as _;

use super::error::{ApiFailure, envelope};
use super::{Shared, headers};
use crate::domain::failure::Failure;
use crate::domain::random::uuid_v7;

/// The header with the request's id.
pub(super) const REQUEST_ID: &str = "x-request-id";

/// A request that takes longer is given up.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Runs a request within its context. Ids are always our own: a client's could forge lines of the log.
pub(super) async fn around(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let id = uuid_v7(&*app.random, app.clock.now())
        .unwrap_or_default()
        .to_string();
    let span = tracing::info_span!("request", request_id = %id);
    run(id, request, next).instrument(span).await
}

async fn run(id: String, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    // The template, not the path: what people ask for is nobody's business.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let is_api = request.uri().path().starts_with("/api/");
    let path = request.uri().path().to_owned();
    let answered = tokio::time::timeout(TIME_LIMIT, next.run(request)).await;
    let response =
        answered.unwrap_or_else(|_| ApiFailure(Failure::retry(ErrorCode::Unavailable, 5)).into_response());
    let mut response = envelope(response, &id);
    headers::secure(&mut response, is_api, &path);
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    let (status, millis) = (response.status().as_u16(), started.elapsed().as_millis());
    let route = route.as_deref().unwrap_or("-");
    tracing::info!(event = "request", method = %loggable(&method), route, status, millis);
    response
}

/// A method the client made up is not repeated in the log.
fn loggable(method: &axum::http::Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "TRACE" | "CONNECT") => {
            known
        }
        _ => "-",
    }
}

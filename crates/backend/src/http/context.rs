//! What surrounds every request: its id, its origin, its time limit, its log line, its headers.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Once, OnceLock};
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use portico_contract::problem::ErrorCode;
use serde_json::{Value, json};
use tracing::Instrument as _;

use super::error::{ApiFailure, envelope, refusal};
use super::{Shared, headers};
use crate::domain::audit::{Entry, Event};
use crate::domain::auth::Actor;
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::domain::random::uuid_v7;

/// The header with the request's id.
pub(super) const REQUEST_ID: &str = "x-request-id";

/// Nobody waits longer than this for an answer.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Who turned out to make the request, for what is written about it once it is answered.
#[derive(Clone, Default)]
pub(super) struct Trail(Arc<OnceLock<Actor>>);

impl Trail {
    /// Notes that `actor` makes the request `parts` belong to.
    pub(super) fn note(parts: &Parts, actor: &Actor) {
        if let Some(Self(trail)) = parts.extensions.get() {
            // A request has one sender; a second note would say the same.
            let _ = trail.set(actor.clone());
        }
    }
}

/// Hands the origin of a request to those who ask for it.
impl<S: Send + Sync> FromRequestParts<S> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().cloned().unwrap_or_default())
    }
}

fn origin(app: &Shared, request: &Request, id: uuid::Uuid) -> Origin {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let headers = request.headers();
    let forwarded: Vec<_> = headers
        .get_all("x-forwarded-for")
        .iter()
        .flat_map(|value| value.to_str().unwrap_or_default().split(','))
        .collect();
    if let (Some(ConnectInfo(peer)), false) = (peer, forwarded.is_empty())
        && app.proxies.0.is_empty()
        && peer.ip().is_loopback()
    {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            tracing::warn!(
                event = "unnamed_proxy",
                "there seems to be a proxy that --trusted-proxy does not name: all people count as one sender"
            );
        });
    }
    let address = peer.map(|ConnectInfo(peer)| app.proxies.sender(peer.ip(), forwarded.into_iter()));
    let user_agent = headers
        .get(header::USER_AGENT)
        .map(|value| String::from_utf8_lossy(value.as_bytes()));
    Origin::new(address, user_agent.as_deref(), id)
}

/// Runs a request within its context. Ids are always our own: a client's could forge lines of the log.
pub(super) async fn around(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    let id = uuid_v7(&*app.random, app.clock.now()).unwrap_or_default();
    let span = tracing::info_span!("request", request_id = %id);
    let origin = origin(&app, &request, id);
    request.extensions_mut().insert(origin.clone());
    run(app, &id.to_string(), origin, request, next)
        .instrument(span)
        .await
}

async fn run(app: Shared, id: &str, origin: Origin, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    // The template, not the path: what people ask for is nobody's business.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let is_api = ["/api/", "/dev/"]
        .iter()
        .any(|area| request.uri().path().starts_with(area));
    let path = request.uri().path().to_owned();
    let trail = Trail::default();
    request.extensions_mut().insert(trail.clone());
    let refused = json!({"method": loggable(&method), "route": route.as_deref().unwrap_or("-")});
    // On its own: whoever hangs up, or waits too long, is not to stop a change between its row and what is to be written
    // of it.
    let work =
        tokio::spawn(answer(Arc::clone(&app), origin, trail, refused, request, next).in_current_span());
    let response = match tokio::time::timeout(TIME_LIMIT, work).await {
        Ok(Ok(response)) => response,
        Ok(Err(gone)) => ApiFailure(Failure::internal(gone)).into_response(),
        Err(_) => ApiFailure(Failure::retry(ErrorCode::Unavailable, 5)).into_response(),
    };
    let route = route.as_deref().unwrap_or("-");
    let mut response = envelope(response, id);
    headers::secure(&mut response, is_api, &path, &app.document_policy);
    if let Ok(id) = HeaderValue::from_str(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    let (status, millis) = (response.status().as_u16(), started.elapsed().as_millis());
    tracing::info!(event = "request", method = %loggable(&method), route, status, millis);
    response
}

/// What the application answers. Writes that a person did not have the right to it, with `refused` as the detail.
async fn answer(
    app: Shared,
    origin: Origin,
    trail: Trail,
    refused: Value,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    let (Some(ErrorCode::Forbidden), Some(actor)) = (refusal(&response), trail.0.get()) else {
        return response;
    };
    let entry = Entry::refused(Event::AuthorizationDenied)
        .by(actor)
        .detail(refused);
    match app.audit.record(&origin, entry).await {
        Ok(()) => response,
        Err(failure) => ApiFailure(failure).into_response(),
    }
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

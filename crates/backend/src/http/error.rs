//! The one envelope of everything that is refused or fails.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use portico_contract::problem::{ErrorCode, MEDIA_TYPE, Problem};
use portico_contract::second_factor::STEP_UP_SECONDS;

use crate::domain::failure::Failure;

/// A [`Failure`] on its way out. The envelope is written by [`envelope`], which knows the request's id.
#[derive(Debug)]
pub(super) struct ApiFailure(pub(super) Failure);

impl<F: Into<Failure>> From<F> for ApiFailure {
    fn from(failure: F) -> Self {
        Self(failure.into())
    }
}

/// What [`ApiFailure`] leaves in the response for [`envelope`].
#[derive(Clone)]
struct Pending(std::sync::Arc<Failure>);

impl IntoResponse for ApiFailure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response
            .extensions_mut()
            .insert(Pending(std::sync::Arc::new(self.0)));
        response
    }
}

/// Why `response` refuses, if it does and [`envelope`] has not written so yet.
pub(super) fn refusal(response: &Response) -> Option<ErrorCode> {
    response
        .extensions()
        .get::<Pending>()
        .map(|Pending(failure)| failure.code)
}

/// The code for a refusal that came from the framework.
fn code_of(status: StatusCode) -> ErrorCode {
    match status {
        StatusCode::NOT_FOUND => ErrorCode::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => ErrorCode::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ErrorCode::UnsupportedMediaType,
        status if status.is_client_error() => ErrorCode::MalformedRequest,
        _ => ErrorCode::Internal,
    }
}

/// Writes the envelope of a refusal and logs what the client must not know. Other responses pass.
pub(super) fn envelope(mut response: Response, request_id: &str) -> Response {
    let pending = response.extensions_mut().remove::<Pending>();
    let status = response.status();
    if pending.is_none() && !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let failure = pending.as_ref().map(|pending| &*pending.0);
    let code = failure.map_or_else(|| code_of(status), |failure| failure.code);
    if let Some(cause) = failure.and_then(|failure| failure.cause.as_deref()) {
        tracing::error!(event = "failure", code = code.as_str(), cause);
    }
    let mut problem = Problem::new(code, request_id);
    problem.fields = failure.map(|failure| failure.fields.clone()).unwrap_or_default();
    problem.attempts_left = failure.and_then(|failure| failure.attempts_left);
    problem.step_up = failure.and_then(|failure| failure.step_up.clone());
    let wait = failure.and_then(|failure| failure.retry_after);
    problem.retry_after = wait.map(|seconds| u32::try_from(seconds).unwrap_or(u32::MAX));
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    *response.status_mut() =
        StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.body_mut() = Body::from(body);
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    if let Some(seconds) = wait {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    match code {
        ErrorCode::Unauthenticated => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        ErrorCode::StepUpRequired => {
            let challenge = format!("Bearer error=\"{}\", max_age={STEP_UP_SECONDS}", code.as_str());
            if let Ok(challenge) = HeaderValue::from_str(&challenge) {
                headers.insert(header::WWW_AUTHENTICATE, challenge);
            }
        }
        _ => {}
    }
    response
}

//! Extractors: what a handler needs of a request, decoded strictly or refused.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use portico_contract::deal::parse_etag;
use portico_contract::problem::ErrorCode;
use portico_contract::validate::{Validate, Validated};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::Shared;
use super::context::Trail;
use super::error::ApiFailure;
use crate::domain::auth::Actor;
use crate::domain::failure::Failure;
use crate::domain::precondition::SeenVersion;

/// No request of the contract is nearly as long.
const BODY_LIMIT: usize = 64 * 1024;

/// The access token of a request. Cookies open nothing here.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

/// The person who makes the request, also while there is maintenance.
pub(super) struct Present(pub(super) Actor);

impl FromRequestParts<Shared> for Present {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, ApiFailure> {
        let token = bearer(&parts.headers).ok_or_else(|| Failure::of(ErrorCode::Unauthenticated))?;
        let actor = app.auth.authenticate(token).await?;
        Trail::note(parts, &actor);
        Ok(Self(actor))
    }
}

/// The person who makes the request and may work now.
pub(super) struct SignedIn(pub(super) Actor);

impl FromRequestParts<Shared> for SignedIn {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, ApiFailure> {
        let Present(actor) = Present::from_request_parts(parts, app).await?;
        app.auth.admit_to_work(&actor)?;
        Ok(Self(actor))
    }
}

/// The id in the path. Whatever is no UUID names nothing.
pub(super) struct ResourceId(pub(super) Uuid);

impl<S: Send + Sync> FromRequestParts<S> for ResourceId {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiFailure> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        let hyphenated = text
            .ok()
            .filter(|text| text.len() == uuid::fmt::Hyphenated::LENGTH);
        let id = hyphenated.and_then(|text| Uuid::try_parse(&text).ok());
        Ok(Self(id.ok_or_else(|| Failure::of(ErrorCode::NotFound))?))
    }
}

/// The query, without unknown or repeated keys.
pub(super) struct StrictQuery<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for StrictQuery<T> {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiFailure> {
        let query = parts.uri.query().unwrap_or_default();
        let decoded = serde_urlencoded::from_str(query);
        Ok(Self(
            decoded.map_err(|_| Failure::of(ErrorCode::MalformedRequest))?,
        ))
    }
}

/// For operations without a query: there must be none.
pub(super) struct NoQuery;

impl<S: Send + Sync> FromRequestParts<S> for NoQuery {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiFailure> {
        if parts.uri.query().is_none_or(str::is_empty) {
            Ok(Self)
        } else {
            Err(Failure::of(ErrorCode::MalformedRequest).into())
        }
    }
}

/// What `If-Match` says, if it is there.
pub(super) struct IfMatch(pub(super) Option<SeenVersion>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiFailure> {
        let value = parts.headers.get(header::IF_MATCH);
        Ok(Self(value.map(|value| {
            SeenVersion(value.to_str().ok().and_then(parse_etag))
        })))
    }
}

/// A JSON object of exactly the fields `T` has.
pub(super) struct StrictJson<T>(pub(super) T);

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let essence = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for StrictJson<T> {
    type Rejection = ApiFailure;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiFailure> {
        if !is_json(request.headers()) {
            return Err(Failure::of(ErrorCode::UnsupportedMediaType).into());
        }
        let body = to_bytes(request.into_body(), BODY_LIMIT)
            .await
            .map_err(|_| Failure::of(ErrorCode::TooLarge))?;
        // serde would read an array as a struct by position.
        let is_object = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
        let decoded = serde_json::from_slice(&body).ok().filter(|_| is_object);
        Ok(Self(
            decoded.ok_or_else(|| Failure::of(ErrorCode::MalformedRequest))?,
        ))
    }
}

/// The same, with values that pass.
pub(super) struct ValidJson<T>(pub(super) Validated<T>);

impl<T: DeserializeOwned + Validate, S: Send + Sync> FromRequest<S> for ValidJson<T> {
    type Rejection = ApiFailure;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiFailure> {
        let StrictJson(decoded) = StrictJson::<T>::from_request(request, state).await?;
        Ok(Self(decoded.validate()?))
    }
}

//! Proof that a request comes from this site's own pages, for what a cookie alone would open.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use portico_contract::auth::{CSRF_HEADER, CSRF_VALUE};
use portico_contract::problem::ErrorCode;
use utoipa::PartialSchema as _;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};

use super::error::ApiFailure;
use super::openapi::OwnPageHeader;
use crate::domain::failure::Failure;

/// Only requests of our own pages get past this. `SameSite` does not stop a page on another port of the same host.
pub(super) struct OwnPage;

impl utoipa::IntoParams for OwnPage {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let header = ParameterBuilder::new()
            .name(CSRF_HEADER)
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some(
                "Proof that the request comes from the application's own pages",
            ))
            .schema(Some(OwnPageHeader::schema()));
        vec![header.build()]
    }
}

fn text(headers: &HeaderMap, name: impl header::AsHeaderName) -> Option<&str> {
    headers
        .get(name)
        .map(|value| value.to_str().unwrap_or("not text"))
}

fn is_own(headers: &HeaderMap, host: Option<&str>) -> bool {
    if text(headers, CSRF_HEADER) != Some(CSRF_VALUE) {
        return false;
    }
    if let Some(site) = text(headers, "sec-fetch-site") {
        return site == "same-origin";
    }
    match text(headers, header::ORIGIN) {
        // The scheme is the proxy's business; host and port must be ours.
        Some(origin) => origin.split_once("://").map(|(_, authority)| authority) == host && host.is_some(),
        None => true,
    }
}

impl<S: Send + Sync> FromRequestParts<S> for OwnPage {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiFailure> {
        // HTTP/2 carries the host in the request's target.
        let host = text(&parts.headers, header::HOST)
            .or_else(|| parts.uri.authority().map(axum::http::uri::Authority::as_str));
        if is_own(&parts.headers, host) {
            Ok(Self)
        } else {
            Err(Failure::of(ErrorCode::CrossSite).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_our_own_pages_pass() {
        let cases: [(&[(&'static str, &'static str)], bool); 8] = [
            (&[("x-portico", "1")], true),
            (&[], false),
            (&[("x-portico", "2")], false),
            (&[("x-portico", "1"), ("sec-fetch-site", "same-origin")], true),
            (&[("x-portico", "1"), ("sec-fetch-site", "same-site")], false),
            (&[("x-portico", "1"), ("origin", "http://127.0.0.1:8080")], true),
            (&[("x-portico", "1"), ("origin", "http://127.0.0.1:9090")], false),
            (&[("x-portico", "1"), ("origin", "null")], false),
        ];
        for (pairs, expected) in cases {
            let headers = pairs
                .iter()
                .map(|(name, value)| ((*name).parse().unwrap(), HeaderValue::from_static(value)))
                .collect();
            assert_eq!(is_own(&headers, Some("127.0.0.1:8080")), expected, "{pairs:?}");
        }
    }
}

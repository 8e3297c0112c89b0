//! Security headers. Each response gets one of three sets: the document, a file, the API.

use axum::http::HeaderValue;
use axum::http::header::{self, HeaderName};
use axum::response::Response;
use portico_contract::problem::ErrorCode;

use super::regions::Regions;
use crate::domain::failure::Failure;

/// Up to what the document may connect to.
const DOCUMENT_CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob:; font-src 'self'; connect-src 'self'";

/// The rest.
const DOCUMENT_CSP_END: &str = "; manifest-src 'self'; worker-src 'self'; \
    frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types default; report-to csp; report-uri /csp-report";

const API_CSP: &str =
    "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";

/// A script's own policy governs the worker made from it.
const FILE_CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
    object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), \
    gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), serial=(), hid=(), browsing-topics=(), \
    clipboard-read=(), clipboard-write=(self), fullscreen=(self), publickey-credentials-get=(self), \
    publickey-credentials-create=(self), otp-credentials=(self)";

const EVERYWHERE: [(&str, &str); 4] = [
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
];

const DOCUMENT: [(&str, &str); 7] = [
    ("reporting-endpoints", "csp=\"/csp-report\""),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("origin-agent-cluster", "?1"),
    ("permissions-policy", PERMISSIONS),
    ("cache-control", "no-store"),
];

const API: [(&str, &str); 3] = [
    ("content-security-policy", API_CSP),
    ("cache-control", "no-store"),
    ("vary", "Authorization, Cookie, Origin, Sec-Fetch-Site"),
];

/// Workers are documents of their own to the embedder policy.
const FILE: [(&str, &str); 2] = [
    ("content-security-policy", FILE_CSP),
    ("cross-origin-embedder-policy", "require-corp"),
];

fn set(response: &mut Response, headers: &[(&'static str, &'static str)]) {
    for (name, value) in headers {
        response
            .headers_mut()
            .insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}

/// Whether a file's name, or that of its build's folder, holds a hash of its content, so that it never changes.
fn is_hashed(path: &str) -> bool {
    let is_hash =
        |piece: &str| piece.len() == 16 && piece.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let build = path
        .strip_prefix("/assets/")
        .and_then(|path| path.split_once('/'))
        .is_some_and(|(folder, _)| is_hash(folder));
    let name = path.rsplit('/').next().unwrap_or_default();
    let mut pieces = name.split(['-', '.', '_']).skip(1);
    build || pieces.any(is_hash)
}

/// Texts name their encoding.
fn name_charset(response: &mut Response) {
    let Some(kind) = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
    else {
        return;
    };
    let is_text = kind.starts_with("text/") || kind.ends_with("javascript") || kind.ends_with("json");
    if is_text
        && !kind.contains("charset")
        && let Ok(named) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        response.headers_mut().insert(header::CONTENT_TYPE, named);
    }
}

/// The policy of the document, which may ask `regions` which of them is nearest.
pub(super) fn document_policy(regions: &Regions) -> Result<HeaderValue, Failure> {
    let policy = format!("{DOCUMENT_CSP}{}{DOCUMENT_CSP_END}", regions.sources());
    HeaderValue::try_from(policy).map_err(|_| Failure::of(ErrorCode::Internal))
}

/// Sets the headers of `response` to a request for `path`.
pub(super) fn secure(response: &mut Response, is_api: bool, path: &str, document_policy: &HeaderValue) {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_document = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let is_file = response.status().is_success() || response.status() == axum::http::StatusCode::NOT_MODIFIED;
    set(response, &EVERYWHERE);
    // What another region may read it may also receive.
    if response
        .headers()
        .contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN)
    {
        set(response, &[("cross-origin-resource-policy", "cross-origin")]);
    }
    if is_document {
        set(response, &DOCUMENT);
        let policy = document_policy.clone();
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    } else if is_api || !is_file {
        set(response, &API);
    } else {
        set(response, &FILE);
        let cache = if is_hashed(path) {
            "max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    }
    name_charset(response);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_are_told_from_plain_ones() {
        for name in [
            "/portico-0123456789abcdef.js",
            "/portico-0123456789abcdef_bg.wasm",
            "/assets/en.0123456789abcdef.json",
            "/assets/0123456789abcdef/boot.js",
        ] {
            assert!(is_hashed(name), "{name}");
        }
        for name in [
            "/boot.js",
            "/favicon.svg",
            "/0123456789abcdef/boot.js",
            "/assets/0123456789abcdef",
            "/assets/build/boot.js",
            "/app-0123456789ABCDEF.js",
        ] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}

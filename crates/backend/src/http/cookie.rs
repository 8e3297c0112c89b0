//! The refresh cookie. The prefix makes browsers insist on `Secure`, `Path=/` and no domain.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::domain::failure::Failure;

const NAME: &str = "__Host-Http-portico_rt";
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";

/// The refresh token a browser sent.
pub(super) fn refresh_token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == NAME)
        .map(|(_, token)| token)
}

/// `Set-Cookie` with `token`, for as long as the browser runs.
pub(super) fn holding(token: &str) -> Result<HeaderValue, Failure> {
    HeaderValue::from_str(&format!("{NAME}={token}; {ATTRIBUTES}")).map_err(Failure::internal)
}

/// `Set-Cookie` that takes the cookie away.
pub(super) fn expired() -> HeaderValue {
    HeaderValue::from_static("__Host-Http-portico_rt=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_cookie_of_that_name_is_read() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("a=b; x__Host-Http-portico_rt=no"),
        );
        assert_eq!(refresh_token(&headers), None);
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("theme=dark; __Host-Http-portico_rt=yes"),
        );
        assert_eq!(refresh_token(&headers), Some("yes"));
    }

    #[test]
    fn the_expired_cookie_has_the_name_and_attributes_of_the_live_one() {
        let live = holding("").unwrap();
        assert_eq!(
            expired().to_str().unwrap(),
            format!("{}; Max-Age=0", live.to_str().unwrap())
        );
    }
}

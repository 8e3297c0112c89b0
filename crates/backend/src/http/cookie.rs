//! The cookies: the refresh token, a running sign-in, what a browser is known by, and one that only shows whether cookies
//! are kept. The prefix makes browsers insist on `Secure`, `Path=/` and no domain.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::domain::auth::{Held, RefreshCookie};
use crate::domain::failure::Failure;

const NAME: &str = "__Host-Http-portico_rt";
const TRANSACTION_NAME: &str = "__Host-Http-portico_tx";
const DEVICE_NAME: &str = "__Host-Http-portico_device";
const RESET_NAME: &str = "__Host-Http-portico_reset";
const CHECK_NAME: &str = "__Host-Http-portico_check";
/// What the check's cookie holds: nothing worth reading.
const CHECK_VALUE: &str = "1";
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";

fn sent<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value)
}

/// The refresh token a browser sent.
pub(super) fn refresh_token(headers: &HeaderMap) -> Option<&str> {
    sent(headers, NAME)
}

/// What a browser's cookies say about sessions and sign-ins.
pub(super) fn held(headers: &HeaderMap) -> Held<'_> {
    Held {
        refresh: sent(headers, NAME),
        transaction: sent(headers, TRANSACTION_NAME),
        device: sent(headers, DEVICE_NAME),
    }
}

/// `Set-Cookie` with a refresh token, for as long as the browser runs or as the session was kept for.
pub(super) fn holding(cookie: &RefreshCookie) -> Result<HeaderValue, Failure> {
    let RefreshCookie { token, max_age } = cookie;
    let age = max_age.map(|age| format!("; Max-Age={age}")).unwrap_or_default();
    HeaderValue::from_str(&format!("{NAME}={token}; {ATTRIBUTES}{age}")).map_err(Failure::internal)
}

/// `Set-Cookie` with a running sign-in. Lax, for one that leads over another site comes back with it.
pub(super) fn transaction_begun(token: &str) -> Result<HeaderValue, Failure> {
    let cookie = format!("{TRANSACTION_NAME}={token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600");
    HeaderValue::from_str(&cookie).map_err(Failure::internal)
}

/// `Set-Cookie` that takes a running sign-in away.
pub(super) fn transaction_over() -> HeaderValue {
    HeaderValue::from_static("__Host-Http-portico_tx=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// What binds the code of a reset to the browser that asked for it.
pub(super) fn reset(headers: &HeaderMap) -> Option<&str> {
    sent(headers, RESET_NAME)
}

/// `Set-Cookie` with a reset that was asked for; as long as its link works. Only pages of our own send it back.
pub(super) fn reset_begun(token: &str) -> Result<HeaderValue, Failure> {
    HeaderValue::from_str(&format!("{RESET_NAME}={token}; {ATTRIBUTES}; Max-Age=3600"))
        .map_err(Failure::internal)
}

/// `Set-Cookie` that takes it away.
pub(super) fn reset_over() -> HeaderValue {
    HeaderValue::from_static(
        "__Host-Http-portico_reset=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0",
    )
}

/// `Set-Cookie` with what a browser is known by, for as long as browsers keep a cookie at all.
pub(super) fn known_device(token: &str) -> Result<HeaderValue, Failure> {
    let cookie = format!("{DEVICE_NAME}={token}; {ATTRIBUTES}; Max-Age=34560000");
    HeaderValue::from_str(&cookie).map_err(Failure::internal)
}

/// `Set-Cookie` that takes the cookie away.
pub(super) fn expired() -> HeaderValue {
    HeaderValue::from_static("__Host-Http-portico_rt=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}

/// Whether a browser sent the cookie of an earlier check.
pub(super) fn check_returned(headers: &HeaderMap) -> bool {
    sent(headers, CHECK_NAME) == Some(CHECK_VALUE)
}

/// `Set-Cookie` of a check, with the attributes of the real one; gone after a minute.
pub(super) fn check_begun() -> HeaderValue {
    HeaderValue::from_static(
        "__Host-Http-portico_check=1; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=60",
    )
}

/// `Set-Cookie` that takes the check's cookie away.
pub(super) fn check_over() -> HeaderValue {
    HeaderValue::from_static(
        "__Host-Http-portico_check=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0",
    )
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
        let live = holding(&RefreshCookie {
            token: String::new(),
            max_age: None,
        })
        .unwrap();
        assert_eq!(
            expired().to_str().unwrap(),
            format!("{}; Max-Age=0", live.to_str().unwrap())
        );
    }

    #[test]
    fn a_sign_in_that_is_over_has_the_name_and_attributes_of_a_running_one() {
        let running = transaction_begun("").unwrap();
        let over = running.to_str().unwrap().replace("Max-Age=600", "Max-Age=0");
        assert_eq!(transaction_over().to_str().unwrap(), over);
    }

    #[test]
    fn a_kept_session_has_a_cookie_that_lasts() {
        let kept = holding(&RefreshCookie {
            token: "t".into(),
            max_age: Some(60),
        })
        .unwrap();
        assert_eq!(
            kept.to_str().unwrap(),
            format!("{NAME}=t; {ATTRIBUTES}; Max-Age=60")
        );
    }

    #[test]
    fn the_check_tries_what_the_session_needs() {
        let begun = check_begun();
        let expected = format!("{CHECK_NAME}={CHECK_VALUE}; {ATTRIBUTES}; Max-Age=60");
        assert_eq!(begun.to_str().unwrap(), expected);
        let over = format!("{CHECK_NAME}=; {ATTRIBUTES}; Max-Age=0");
        assert_eq!(check_over().to_str().unwrap(), over);
    }
}

//! What may stand in the bodies of a reset, and what never stands in an answer.

use axum::http::Method;
use serde_json::json;

use super::super::support::{RESET, TestApp};
use super::{NEW, OPEN_PATHS, complete, start};

#[tokio::test]
async fn secrets_are_stored_only_as_hashes_and_answered_never() {
    let app = TestApp::new().await;
    let mut browser = app.anon();
    let reply = start(&browser, "EMP1003", "mail").await;
    browser.keep(&reply);
    assert_eq!(reply.text(), "{}");
    let cookie = reply.set_cookie(RESET).unwrap();
    assert!(
        cookie.contains("; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age="),
        "{cookie}"
    );
    let mailed = app.mail().await;
    let (token, code) = (mailed[0].token("/reset-password"), mailed[0].code());
    for secret in [token.as_str(), browser.reset.as_deref().unwrap()] {
        for column in ["token_hash", "browser_hash", "asked_for", "address_tag"] {
            let sql = format!("SELECT COUNT(*) FROM recoveries WHERE {column} = '{secret}'");
            assert_eq!(app.number(&sql).await, 0, "{column}");
        }
    }
    let accepted = browser.post("/auth/reset/verify", &json!({"code": code})).await;
    for reply in [&accepted, &complete(&browser, Some(&token), NEW).await] {
        assert!(!reply.text().contains(&code) && !reply.text().contains(&token));
    }
    let log = super::super::support::captured();
    for secret in [token, code, browser.reset.unwrap(), NEW.to_owned()] {
        assert!(!log.contains(&secret));
    }
}

#[tokio::test]
async fn bodies_hold_what_they_are_to_hold_and_nothing_else() {
    let app = TestApp::new().await;
    let client = app.anon();
    for (path, body) in [
        (
            "/auth/reset",
            json!({"identifier": "a", "channel": "mail", "user_id": "x"}),
        ),
        ("/auth/reset", json!({"identifier": "a", "channel": "pigeon"})),
        (
            "/auth/reset",
            json!({"identifier": "a", "channel": "mail", "to": "x@evil.example"}),
        ),
        ("/auth/reset", json!({"identifier": ["a"], "channel": "mail"})),
        ("/auth/reset/check", json!({})),
        ("/auth/reset/verify", json!({"code": 12_345_678})),
        (
            "/auth/reset/complete",
            json!({"new_password": NEW, "identifier": "EMP1003"}),
        ),
        (
            "/auth/reset/request-admin",
            json!({"identifier": "a", "reason": "b", "state": "sent"}),
        ),
        (
            "/auth/welcome/complete",
            json!({"token": "a", "password": NEW, "locale": "de", "time_zone": "UTC", "role": "admin"}),
        ),
    ] {
        client.post(path, &body).await.refused(400, "malformed_request");
    }
    for (path, body, field) in [
        (
            "/auth/reset",
            json!({"identifier": " ", "channel": "mail"}),
            "identifier",
        ),
        (
            "/auth/reset",
            json!({"identifier": "x".repeat(255), "channel": "mail"}),
            "identifier",
        ),
        ("/auth/reset/check", json!({"token": "x".repeat(65)}), "token"),
        ("/auth/reset/verify", json!({"code": "1234567"}), "code"),
        (
            "/auth/reset/complete",
            json!({"new_password": ""}),
            "new_password",
        ),
        (
            "/auth/reset/request-admin",
            json!({"identifier": "a", "reason": "a\u{1b}[31mb"}),
            "reason",
        ),
        (
            "/auth/welcome/complete",
            json!({"token": "a", "password": NEW, "locale": "de", "time_zone": ""}),
            "time_zone",
        ),
    ] {
        let reply = client.post(path, &body).await;
        reply.refused(422, "validation");
        assert_eq!(reply.json()["fields"][0]["field"], field, "{path}");
    }
    for path in OPEN_PATHS {
        let request = client
            .request(Method::POST, path)
            .header("content-type", "application/json");
        let reply = client.send(request.body("{}".into()).unwrap()).await;
        reply.refused(403, "cross_site");
        let headers = [("sec-fetch-site", "same-site")];
        client
            .post_with(path, &headers, &json!({}))
            .await
            .refused(403, "cross_site");
    }
}

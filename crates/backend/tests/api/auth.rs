//! Signing in and out, and what a session is worth in between.

use portico_backend::domain::clock::{HOUR, SECOND};
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::json;

use super::support::{Client, TestApp};

/// What only the application's own pages may call: it reads or sets cookies.
const COOKIE_PATHS: [&str; 5] = [
    "/auth/sign-in",
    "/auth/sign-in/new-password",
    "/auth/refresh",
    "/auth/sign-out",
    "/auth/cookie-check",
];

#[tokio::test]
async fn every_identifier_signs_in_in_any_case() {
    let app = TestApp::new().await;
    for identifier in [
        "sales@portico.example",
        "SALES@Portico.Example",
        "emp1003",
        " Zhang.San ",
        "+8613800000003",
        " +86 138-0000-0003",
        "13800000003",
    ] {
        let reply = app.anon().sign_in(identifier, DEMO_PASSWORD).await;
        assert_eq!(reply.status, 200, "{identifier}");
        let body = reply.json();
        assert_eq!(body["step"], "done");
        assert_eq!(body["me"]["user"]["name"], "张三");
        assert_eq!(body["expires_in"], 300);
        let cookie = reply.header("set-cookie");
        assert!(
            cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict"),
            "{cookie}"
        );
        assert!(!reply.text().contains(&reply.refresh_cookie().unwrap()));
    }
}

#[tokio::test]
async fn a_number_that_is_not_shown_to_be_the_persons_signs_nobody_in() {
    let app = TestApp::new().await;
    app.execute("UPDATE users SET phone = '+8613800000099' WHERE employee_number = 'EMP1004'")
        .await;
    app.execute("UPDATE users SET verified_phone = NULL WHERE employee_number = 'EMP1005'")
        .await;
    for number in [
        "+8613800000099",
        "13800000099",
        "13800000003 ",
        "0086 13800000003",
    ] {
        let status = app.anon().sign_in(number, DEMO_PASSWORD).await.status;
        let expected = if number.trim() == "13800000003" { 200 } else { 401 };
        assert_eq!(status, expected, "{number}");
    }
}

#[tokio::test]
async fn a_sign_in_is_checked_field_by_field() {
    let app = TestApp::new().await;
    let reply = app.anon().sign_in(" ", &"x".repeat(129)).await;
    reply.refused(422, "validation");
    assert_eq!(
        reply.json()["fields"],
        json!([
            {"field": "identifier", "rule": "required"},
            {"field": "password", "rule": "too_long", "limit": 128},
        ])
    );
}

#[tokio::test]
async fn signing_in_again_ends_the_session_the_browser_had() {
    let app = TestApp::new().await;
    let first = app.as_role(Role::Sales).await;
    assert_eq!(
        first.sign_in("sales@portico.example", DEMO_PASSWORD).await.status,
        200
    );
    first.get("/me").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn an_access_token_dies_on_time() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    app.clock.advance(300 * SECOND - 1);
    assert_eq!(client.get("/me").await.status, 200);
    app.clock.advance(1);
    client.get("/me").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn signing_out_ends_everything_at_once_and_can_be_repeated() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    for _ in 0..2 {
        let reply = client.post("/auth/sign-out", &json!({})).await;
        assert_eq!(reply.status, 204);
        assert_eq!(reply.header("clear-site-data"), "\"cache\"");
        assert!(reply.expires_the_cookie());
    }
    client.get("/me").await.refused(401, "unauthenticated");
    client.refresh().await.refused(401, "session_ended");
    assert_eq!(app.anon().post("/auth/sign-out", &json!({})).await.status, 204);
}

#[tokio::test]
async fn signing_out_works_with_the_cookie_alone() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let tab = Client {
        token: None,
        ..client.clone()
    };
    assert_eq!(tab.post("/auth/sign-out", &json!({})).await.status, 204);
    client.get("/me").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_disabled_person_is_out_with_the_next_request() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    app.execute("UPDATE users SET active = FALSE WHERE employee_number = 'EMP1003'")
        .await;
    client.get("/me").await.refused(401, "unauthenticated");
    client.refresh().await.refused(401, "session_ended");
}

#[tokio::test]
async fn a_changed_role_counts_from_the_next_request() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let before = client.get("/customers").await.json()["total"].as_u64().unwrap();
    app.execute("UPDATE users SET role = 'admin' WHERE employee_number = 'EMP1003'")
        .await;
    let after = client.get("/customers").await.json()["total"].as_u64().unwrap();
    assert!(before < after);
}

#[tokio::test]
async fn other_sites_are_refused() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    for path in COOKIE_PATHS {
        for headers in [
            &[("x-portico", "0")][..],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("origin", "https://portico.example.evil.example")],
        ] {
            let request = headers.iter().fold(
                client
                    .request(axum::http::Method::POST, path)
                    .header("content-type", "application/json"),
                |request, (name, value)| request.header(*name, *value),
            );
            let request = if headers[0].0 == "x-portico" {
                request
            } else {
                request.header("x-portico", "1")
            };
            let reply = client.send(request.body("{}".into()).unwrap()).await;
            reply.refused(403, "cross_site");
            assert_eq!(reply.header("set-cookie"), "");
        }
    }
    assert_eq!(client.refresh().await.status, 200, "nothing was rotated");
}

#[tokio::test]
async fn forms_and_empty_bodies_are_refused() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    for path in COOKIE_PATHS {
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/jsonp",
        ] {
            let request = client
                .request(axum::http::Method::POST, path)
                .header("x-portico", "1")
                .header("content-type", kind);
            let reply = client.send(request.body("{}".into()).unwrap()).await;
            reply.refused(415, "unsupported_media_type");
        }
        client
            .post_text(path, &[], String::new())
            .await
            .refused(400, "malformed_request");
    }
}

#[tokio::test]
async fn a_token_of_one_kind_is_none_of_another() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    for other in [&client.cookie, &client.device] {
        let mut swapped = app.anon();
        swapped.token = other.clone();
        swapped.get("/me").await.refused(401, "unauthenticated");
    }
    for other in [&client.token, &client.device] {
        let mut swapped = app.anon();
        swapped.cookie = other.clone();
        swapped.refresh().await.refused(401, "session_ended");
    }
    assert_eq!(client.get("/me").await.status, 200, "the tokens themselves work");
}

#[tokio::test]
async fn tokens_are_stored_only_as_hashes() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    client.refresh().await;
    let (token, cookie) = (client.token.unwrap(), client.cookie.unwrap());
    for secret in [token, cookie] {
        for (table, column) in [
            ("access_tokens", "hash"),
            ("refresh_tokens", "hash"),
            ("refresh_tokens", "successor_hash"),
        ] {
            let sql = format!("SELECT COUNT(*) FROM {table} WHERE {column} = '{secret}'");
            assert_eq!(app.number(&sql).await, 0);
        }
    }
}

#[tokio::test]
async fn the_policy_is_public() {
    let app = TestApp::new().await;
    let policy = app.anon().get("/auth/policy").await.json();
    assert_eq!(policy["idle_seconds"], 30 * 60);
    assert_eq!(policy["absolute_seconds"], i64::from(12 * 60 * 60));
    assert_eq!(policy["demo"], true);
    assert_eq!(i64::from(12 * 60 * 60) * SECOND, 12 * HOUR);
}

//! Hostile input: the documented problem, never a 500.

use axum::http::Method;
use portico_contract::user::Role;
use serde_json::json;

use super::support::{TestApp, customer_input};

const DEAL: &str = "/deals/01941f29-7c05-7933-9c24-929a00000000/move";
const CUSTOMER: &str = "/customers/01941f29-7c05-7933-9c24-929a00000000";

#[tokio::test]
async fn bodies_that_are_not_what_was_asked_for() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    let deep = "[".repeat(20_000);
    let bodies = [
        "",
        "null",
        "[]",
        "{",
        "[\"a\", \"b\"]",
        "{\"identifier\": 1, \"password\": true}",
        "{\"identifier\": \"a\", \"password\": \"b\", \"role\": \"admin\"}",
        "{\"identifier\": \"a\", \"identifier\": \"c\", \"password\": \"b\"}",
        "{\"stage_id\": \"x\"}",
        "{\"sid\": 5}",
        "{} {}",
        "\u{feff}{}",
        &deep,
    ];
    for body in bodies {
        for path in [
            "/auth/sign-in",
            "/auth/sign-in/new-password",
            "/me/password",
            DEAL,
            "/customers",
        ] {
            client
                .post_text(path, &[], body.to_owned())
                .await
                .refused(400, "malformed_request");
        }
        for path in ["/me", CUSTOMER] {
            client
                .write(Method::PATCH, path, &[], body.to_owned())
                .await
                .refused(400, "malformed_request");
        }
    }
    for path in [
        "/auth/refresh",
        "/auth/sign-out",
        "/auth/cookie-check",
        "/auth/activity",
    ] {
        for body in ["[]", "null", "{\"x\": 1}", "\"\""] {
            client
                .post_text(path, &[], body.to_owned())
                .await
                .refused(400, "malformed_request");
        }
    }
}

#[tokio::test]
async fn bodies_that_are_too_large() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    let body = json!({"identifier": "a", "password": "x".repeat(1_000_000)}).to_string();
    for path in [
        "/auth/sign-in",
        "/auth/refresh",
        "/auth/sign-out",
        "/auth/cookie-check",
        "/auth/sign-in/new-password",
        "/auth/activity",
        "/me/password",
        DEAL,
        "/customers",
    ] {
        client
            .post_text(path, &[], body.clone())
            .await
            .refused(413, "too_large");
    }
    for path in ["/me", CUSTOMER] {
        client
            .write(Method::PATCH, path, &[], body.clone())
            .await
            .refused(413, "too_large");
    }
    assert_eq!(app.passwords.verifications(), 1, "only the sign-in of this test");
}

#[tokio::test]
async fn other_kinds_of_bodies() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    for (method, path) in [
        (Method::POST, DEAL),
        (Method::POST, "/customers"),
        (Method::PATCH, CUSTOMER),
        (Method::PATCH, "/me"),
    ] {
        let request = client
            .request(method.clone(), path)
            .header("content-type", "text/plain");
        client
            .send(request.body("{}".into()).unwrap())
            .await
            .refused(415, "unsupported_media_type");
        let request = client.request(method, path);
        client
            .send(request.body("{}".into()).unwrap())
            .await
            .refused(415, "unsupported_media_type");
    }
}

#[tokio::test]
async fn odd_characters_are_only_characters() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    for text in [
        "%00",
        "%27%3B%20DROP%20TABLE%20users%3B--",
        "%F0%9F%A6%80",
        "%ff%fe",
        "%5C",
        "%E2%80%AE",
        "%0d%0a",
    ] {
        for key in ["q", "tag"] {
            let reply = client.get(&format!("/customers?{key}={text}")).await;
            assert_eq!(reply.status, 200, "{key}={text}: {}", reply.text());
        }
        let reply = client.get(&format!("/search?q={text}")).await;
        assert_eq!(reply.status, 200, "{text}: {}", reply.text());
    }
    for identifier in ["\0", "a\0b", "\u{202e}", "'; DROP TABLE users;--", "🦀"] {
        client
            .sign_in(identifier, "\0")
            .await
            .refused(401, "invalid_credentials");
    }
}

#[tokio::test]
async fn odd_characters_are_stored_as_they_are_or_named() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    for name in [
        "'; DROP TABLE customers;--",
        "🦀 %_!",
        "\u{202e}abc",
        "\\",
        "<b>&amp;",
    ] {
        let mut input = customer_input(name);
        input["tags"] = json!([name]);
        input["custom_fields"] = json!([{"name": name, "value": name}]);
        let reply = client.post("/customers", &input).await;
        assert_eq!(reply.status, 201, "{name}: {}", reply.text());
        let record = reply.json();
        assert_eq!(
            [
                &record["name"],
                &record["tags"][0],
                &record["custom_fields"][0]["value"]
            ],
            [name; 3]
        );
    }
    for text in ["a\0b", "a\u{1f}b", "a\nb", "a\u{85}b"] {
        let mut input = customer_input(text);
        for field in ["industry", "street", "postal_code", "city", "country", "website"] {
            input[field] = json!(text);
        }
        input["tags"] = json!([text]);
        input["custom_fields"] = json!([{"name": text, "value": text}]);
        let reply = client.post("/customers", &input).await;
        reply.refused(422, "validation");
        let fields = reply.json()["fields"].clone();
        assert_eq!(fields.as_array().unwrap().len(), 10, "{fields}");
        for problem in fields.as_array().unwrap() {
            assert_eq!(problem["rule"], "malformed");
        }
    }
}

#[tokio::test]
async fn paths_that_lead_nowhere() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    for path in [
        "/",
        "/x",
        "/me/a.css",
        "/customers/",
        "/customers/%00",
        "/customers/..%2f..%2fetc",
        "/deals/a/b/c",
    ] {
        client.get(path).await.refused(404, "not_found");
    }
}

#[tokio::test]
async fn authorization_that_is_not_ours() {
    let app = TestApp::new().await;
    for value in [
        "",
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "Bearer x y",
        // What another service signed, or nobody: a token says nothing by itself here.
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJFTVAxMDAxIn0.",
        "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJFTVAxMDAxIiwiYXVkIjoieCJ9.c2lnbmF0dXJl",
        &format!("Bearer {}", "z".repeat(6000)),
    ] {
        let client = app.anon();
        let request = client.request(Method::GET, "/me").header("authorization", value);
        let reply = client
            .send(request.body(axum::body::Body::empty()).unwrap())
            .await;
        reply.refused(401, "unauthenticated");
    }
    for cookie in ["", "x", &"A".repeat(43), &"A".repeat(5000)] {
        let mut client = app.anon();
        client.cookie = Some(cookie.to_owned());
        client.refresh().await.refused(401, "session_ended");
    }
}

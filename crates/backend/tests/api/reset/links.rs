//! The link of a reset: what uses it up, what ends it, and what it says then.

use axum::http::Method;
use portico_backend::domain::clock::HOUR;
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::json;

use super::super::support::TestApp;
use super::{NEW, OPEN_PATHS, asked, check, complete, signs_in, verify};

#[tokio::test]
async fn looking_at_a_link_uses_nothing_up() {
    let app = TestApp::new().await;
    let (_, mailed) = asked(&app, "EMP1003", "mail").await;
    let token = mailed[0].token("/reset-password");
    let scanner = app.anon();
    for _ in 0..5 {
        for method in [Method::GET, Method::HEAD] {
            for path in OPEN_PATHS {
                let request = scanner.request(method.clone(), path).header("x-portico", "1");
                let reply = scanner
                    .send(request.body(axum::body::Body::empty()).unwrap())
                    .await;
                assert_eq!(reply.status, 405, "{path}");
            }
            scanner
                .fetch(&format!("/reset-password#t={token}"), "text/html")
                .await;
        }
        assert_eq!(check(&app, &token).await["state"], "valid");
    }
    assert_eq!(
        complete(&app.anon(), Some(&token), NEW).await.json()["step"],
        "done"
    );
}

#[tokio::test]
async fn a_link_says_why_it_does_not_work() {
    let app = TestApp::new().await;
    let over = |reason: &str| json!({"state": "over", "reason": reason});
    let refused = async |token: &str, reason: &str| {
        assert_eq!(check(&app, token).await, over(reason));
        let reply = complete(&app.anon(), Some(token), NEW).await;
        assert_eq!(reply.json(), json!({"step": "over", "reason": reason}));
    };
    let link = async |identifier: &str| {
        let (_, mailed) = asked(&app, identifier, "mail").await;
        mailed[0].token("/reset-password")
    };
    for foreign in ["x", &"A".repeat(43), "'; DROP TABLE users;--", "\0"] {
        refused(foreign, "unknown").await;
    }
    let first = link("EMP1003").await;
    let second = link("zhang.san").await;
    refused(&first, "superseded").await;
    assert_eq!(
        complete(&app.anon(), Some(&second), NEW).await.json()["step"],
        "done"
    );
    refused(&second, "used").await;
    app.mail().await;

    let expired = link("EMP1004").await;
    app.clock.advance(HOUR - 1);
    assert_eq!(check(&app, &expired).await["state"], "valid");
    app.clock.advance(1);
    refused(&expired, "expired").await;

    let moved = link("EMP1005").await;
    app.execute("UPDATE users SET email = 'other@portico.example' WHERE employee_number = 'EMP1005'")
        .await;
    refused(&moved, "changed_address").await;

    let disabled = link("EMP1006").await;
    app.execute("UPDATE users SET active = FALSE WHERE employee_number = 'EMP1006'")
        .await;
    refused(&disabled, "unknown").await;
    let row = "SELECT COUNT(*) FROM users WHERE password_hash IS NOT NULL";
    assert_eq!(app.number(row).await, 11);
}

#[tokio::test]
async fn a_link_ends_with_the_password_it_was_for() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let (browser, mailed) = asked(&app, "EMP1003", "mail").await;
    verify(&browser, &mailed[0].code()).await;
    let change = json!({"current": DEMO_PASSWORD, "new": NEW, "end_other_sessions": true});
    assert_eq!(client.post("/me/password", &change).await.status, 200);
    let over = json!({"step": "over", "reason": "superseded"});
    let token = mailed[0].token("/reset-password");
    for token in [Some(token.as_str()), None] {
        let reply = complete(&browser, token, "Silver-canyon-72-heron").await;
        assert_eq!(reply.json(), over);
    }
    assert!(signs_in(&app, NEW).await);
}

#[tokio::test]
async fn a_refused_password_leaves_the_link_alive() {
    let app = TestApp::new().await;
    let (_, mailed) = asked(&app, "EMP1003", "mail").await;
    let token = mailed[0].token("/reset-password");
    for (password, rule) in [
        ("short", "too_short"),
        ("sales@portico.example", "context_word"),
        ("passwordpassword", "too_guessable"),
        (DEMO_PASSWORD, "same_as_now"),
    ] {
        let reply = complete(&app.anon(), Some(&token), password).await;
        reply.refused(422, "validation");
        assert_eq!(reply.json()["fields"][0]["field"], "new_password");
        assert_eq!(reply.json()["fields"][0]["rule"], rule, "{password}");
    }
    let long = complete(&app.anon(), Some(&token), &"x".repeat(129)).await;
    long.refused(422, "validation");
    assert_eq!(
        complete(&app.anon(), Some(&token), NEW).await.json()["step"],
        "done"
    );
}

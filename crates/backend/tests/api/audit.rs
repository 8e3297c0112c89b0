//! The audit log: what is written, by whom and from where, and that it stays.

use axum::http::Method;
use portico_backend::domain::clock::SECOND;
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::password::{PasswordPolicy, PolicyProfile};
use portico_contract::user::Role;
use serde_json::{Value, json};

use super::support::{Client, Reply, TestApp, captured, customer_input};

#[tokio::test]
async fn the_database_refuses_to_change_or_remove_a_line() {
    let app = TestApp::new().await;
    app.as_role(Role::Sales).await;
    let lines = app.audit().await;
    assert!(!lines.is_empty());
    assert!(app.refuses("UPDATE audit_events SET outcome = 'refused'").await);
    assert!(app.refuses("DELETE FROM audit_events").await);
    assert!(
        app.refuses(
            "INSERT INTO audit_events (id, at, event, outcome, detail) SELECT id, 0, 'x', 'x', '{}' FROM audit_events"
        )
        .await
    );
    // The one statement that only one of the two databases has.
    app.refuses("INSERT OR REPLACE INTO audit_events (id, at, event, outcome, detail) SELECT id, 0, 'x', 'x', '{}' FROM audit_events").await;
    app.refuses("TRUNCATE audit_events").await;
    assert_eq!(app.audit().await, lines);
}

async fn sign_in_as(client: &Client, identifier: &str, headers: &[(&str, &str)]) -> Reply {
    let body = json!({"identifier": identifier, "password": DEMO_PASSWORD});
    client.post_with("/auth/sign-in", headers, &body).await
}

#[tokio::test]
async fn signing_in_is_written_with_method_place_browser_and_request() {
    let app = TestApp::new().await;
    let headers = [("user-agent", "Canaryfox/1")];
    let right = sign_in_as(&app.anon(), "EMP1003", &headers).await;
    let wrong = sign_in_as(&app.anon(), "nobody@portico.example", &headers).await;
    let lines = app.audited("sign_in").await;
    assert_eq!(lines.len(), 2);
    let entered = r#"{"method":"password","new_browser":true}"#;
    for (line, reply, outcome, detail) in [
        (&lines[0], &right, "accepted", entered),
        (&lines[1], &wrong, "refused", r#"{"method":"password"}"#),
    ] {
        assert_eq!(line["outcome"], outcome);
        assert_eq!(line["detail"], detail);
        assert_eq!(line["address"], "192.0.2.1");
        assert_eq!(line["user_agent"], "Canaryfox/1");
        assert_eq!(line["request_id"], reply.header("x-request-id"));
        assert_eq!(line["identifier_hash"].as_str().unwrap().len(), 64);
    }
    assert_eq!(lines[0]["actor_id"], right.json()["me"]["user"]["id"]);
    assert_eq!(lines[1]["actor_id"], Value::Null);
    let session = lines[0]["session_hash"].as_str().unwrap();
    assert_eq!(session.len(), 64);
    assert_ne!(session, right.json()["me"]["session"]["id"]);
}

#[tokio::test]
async fn x_forwarded_for_is_believed_of_configured_proxies_only() {
    let app = TestApp::new().await;
    let mut client = app.anon();
    let spoofed = [("x-forwarded-for", "203.0.113.9")];
    sign_in_as(&client, "EMP1003", &spoofed).await;
    client.peer = "10.1.2.3".parse().unwrap();
    sign_in_as(&client, "EMP1003", &[("x-forwarded-for", "6.6.6.6, 203.0.113.9")]).await;
    let lines = app.audited("sign_in").await;
    assert_eq!(lines[0]["address"], "192.0.2.1");
    assert_eq!(lines[1]["address"], "203.0.113.9");
}

#[tokio::test]
async fn what_a_person_may_not_do_is_written() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Guest).await;
    let reply = client.post("/customers", &customer_input("x")).await;
    reply.refused(403, "forbidden");
    let lines = app.audited("authorization_denied").await;
    assert_eq!(lines.len(), 1);
    assert_eq!(
        lines[0]["detail"],
        r#"{"method":"POST","route":"/api/v1/customers"}"#
    );
    assert_eq!(lines[0]["actor_id"], client.get("/me").await.json()["user"]["id"]);
    assert_eq!(lines[0]["request_id"], reply.header("x-request-id"));
}

#[tokio::test]
async fn the_ends_of_sessions_are_written() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    client.refresh().await;
    app.clock.advance(31 * SECOND);
    client.refresh().await.refused(401, "session_ended");
    assert_eq!(app.audited("refresh_reuse").await.len(), 1);
    let client = app.as_role(Role::Sales).await;
    client.post("/auth/sign-out", &json!({})).await;
    client.post("/auth/sign-out", &json!({})).await;
    assert_eq!(
        app.audited("sign_out").await.len(),
        1,
        "what is over does not end again"
    );
}

#[tokio::test]
async fn what_is_done_to_accounts_is_written_with_who_whom_place_browser_and_request() {
    let app =
        TestApp::with(|settings| settings.password_policy = PasswordPolicy::of(PolicyProfile::Classic)).await;
    let ask = json!({"identifier": "EMP1003", "reason": "My mailbox is full"});
    app.anon().post("/auth/reset/request-admin", &ask).await;
    let (admin, sales) = (app.as_role(Role::Admin).await, app.as_role(Role::Sales).await);
    let request = admin.get("/admin/requests").await.json()["items"][0].clone();
    let (person, request) = (request["user"]["id"].clone(), request["id"].clone());
    let own = admin.get("/me").await.json()["user"]["id"].clone();
    let question = json!({"question": "First ship?", "answer": "Star", "password": DEMO_PASSWORD});
    let ends = format!("/admin/users/{}/end-sessions", person.as_str().unwrap());
    let answer = format!("/admin/requests/{}/answer", request.as_str().unwrap());
    let (nothing, decline) = (json!({}), json!({"decision": "decline"}));
    for (event, client, actor, method, path, body) in [
        (
            "question_chosen",
            &sales,
            &person,
            Method::PUT,
            "/me/security-question",
            &question,
        ),
        ("sessions_ended", &admin, &own, Method::POST, &ends, &nothing),
        ("request_answered", &admin, &own, Method::POST, &answer, &decline),
    ] {
        let headers = [("user-agent", "Canaryfox/2")];
        let reply = client.write(method, path, &headers, body.to_string()).await;
        assert!(reply.status < 300, "{event}: {}", reply.text());
        let lines = app.audited(event).await;
        assert_eq!(lines.len(), 1, "{event}");
        let line = &lines[0];
        assert_eq!(
            (&line["actor_id"], &line["subject_id"]),
            (actor, &person),
            "{event}"
        );
        assert_eq!(line["address"], "192.0.2.1", "{event}");
        assert_eq!(line["user_agent"], "Canaryfox/2", "{event}");
        assert_eq!(line["request_id"], reply.header("x-request-id"), "{event}");
        assert_eq!(line["session_hash"].as_str().unwrap().len(), 64, "{event}");
    }
}

#[tokio::test]
async fn text_of_a_stranger_cannot_forge_a_line_or_steer_a_terminal() {
    let app = TestApp::new().await;
    let client = app.anon();
    let agent =
        axum::http::HeaderValue::from_bytes("Forger\u{9b}2J\u{202e}\t{\"event\"}".as_bytes()).unwrap();
    let request = client
        .request(axum::http::Method::POST, "/auth/sign-in")
        .header("content-type", "application/json")
        .header("x-portico", "1")
        .header("user-agent", agent);
    let body = json!({"identifier": "a\r\nb\u{1b}[2J", "password": "x"}).to_string();
    let reply = client.send(request.body(body.into()).unwrap()).await;
    reply.refused(401, "invalid_credentials");
    let log = captured();
    let line = log.lines().find(|line| line.contains("Forger")).unwrap();
    assert!(!line.contains(['\u{9b}', '\u{202e}', '\u{1b}', '\t']), "{line}");
    let line: Value = serde_json::from_str(line).unwrap();
    assert_eq!(line["fields"]["event"], "sign_in");
    let stored = app.audited("sign_in").await;
    assert_eq!(
        stored[0]["user_agent"], "Forger\u{9b}2J\u{202e}\t{\"event\"}",
        "kept as it came"
    );
}

//! What people ask administrators for.

use portico_contract::user::Role;
use serde_json::{Value, json};

use super::super::support::TestApp;
use super::NEW;

#[tokio::test]
async fn requests_for_help_are_answered_once() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    for identifier in ["EMP1003", "nobody@portico.example", "EMP1004"] {
        let body = json!({"identifier": identifier, "reason": "My mailbox is full <b>"});
        let reply = app.anon().post("/auth/reset/request-admin", &body).await;
        assert_eq!((reply.status, reply.text().as_str()), (200, "{}"));
        app.clock.advance(1);
    }
    let told: Vec<_> = app
        .mail()
        .await
        .into_iter()
        .map(|mail| (mail.to, mail.text))
        .collect();
    assert_eq!(told.len(), 2, "nobody is told of a request about nobody");
    for ((to, text), number) in told.iter().zip(["EMP1003", "EMP1004"]) {
        assert_eq!(to, "admin@portico.example");
        assert!(
            text.contains(number) && text.contains("https://portico.example/admin/requests"),
            "{text}"
        );
    }
    let page = admin.get("/admin/requests?state=open").await.json();
    assert_eq!(page["total"], 2, "nobody is in no list");
    let [second, first] = [&page["items"][0], &page["items"][1]];
    assert_eq!(first["employee_number"], "EMP1003");
    assert_eq!(first["reason"], "My mailbox is full <b>");
    let answer = async |request: &Value, body: Value| {
        let path = format!("/admin/requests/{}/answer", request["id"].as_str().unwrap());
        admin.post(&path, &body).await
    };
    let declined = answer(
        second,
        json!({"decision": "decline", "note": "Called: was not her"}),
    )
    .await
    .json();
    assert_eq!(declined["state"], "declined");
    assert_eq!(declined["answered_by"]["name"], "Ingrid Solberg");
    assert!(app.mail().await.is_empty());
    assert_eq!(
        answer(first, json!({"decision": "send_reset"})).await.json()["state"],
        "sent"
    );
    let mailed = app.mail().await;
    assert_eq!(mailed[0].to, "sales@portico.example");
    for request in [first, second] {
        answer(request, json!({"decision": "send_reset"}))
            .await
            .refused(409, "conflict");
    }
    assert!(app.mail().await.is_empty());
    for body in [
        json!({"decision": "set", "password": NEW}),
        json!({"decision": "send_reset", "to": "x@evil.example"}),
    ] {
        answer(first, body).await.refused(400, "malformed_request");
    }
    assert_eq!(admin.get("/admin/requests").await.json()["total"], 2);
}

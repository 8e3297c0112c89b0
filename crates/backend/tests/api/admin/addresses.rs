//! Giving an account another mail address.

use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::{Value, json};

use super::super::support::{Client, Reply, TestApp};
use super::{NEW, NOBODY, invitation, person};

/// Who was written to since the last look, in order.
async fn written_to(app: &TestApp) -> Vec<String> {
    let mut readers: Vec<_> = app.mail().await.into_iter().map(|mail| mail.to).collect();
    readers.sort_unstable();
    readers
}

async fn move_to(admin: &Client, user: &Value, email: &str) -> Reply {
    let path = format!("/admin/users/{}", user["id"].as_str().unwrap());
    admin.patch(&path, &json!({ "email": email })).await
}

#[tokio::test]
async fn another_address_is_told_to_both_and_signed_in_with() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let user = person(&admin, "EMP1003").await;
    let asked = app.anon();
    let reset = json!({"identifier": "EMP1003", "channel": "mail"});
    asked.post("/auth/reset", &reset).await;
    let link = app.mail().await[0].token("/reset-password");
    let moved = move_to(&admin, &user, " Zhang.San@Neu.example ").await.json();
    assert_eq!(moved["email"], "Zhang.San@Neu.example");
    assert_eq!(moved["status"], "active");
    assert_eq!(
        written_to(&app).await,
        ["Zhang.San@Neu.example", "sales@portico.example"]
    );
    // What was on its way to the old address is over, whoever reads it there.
    let check = app
        .anon()
        .post("/auth/reset/check", &json!({ "token": link }))
        .await;
    assert_eq!(
        check.json(),
        json!({"state": "over", "reason": "changed_address"})
    );
    let complete = json!({"token": link, "new_password": NEW});
    let complete = app.anon().post("/auth/reset/complete", &complete).await.json();
    assert_eq!(complete, json!({"step": "over", "reason": "changed_address"}));
    let old = app.anon().sign_in("sales@portico.example", DEMO_PASSWORD).await;
    old.refused(401, "invalid_credentials");
    for identifier in ["zhang.san@neu.example", "EMP1003", "zhang.san"] {
        assert_eq!(
            app.anon().sign_in(identifier, DEMO_PASSWORD).await.status,
            200,
            "{identifier}"
        );
    }
    assert_eq!(person(&admin, "neu.example").await["id"], user["id"]);
    // Once more is no other address, and nobody is told again.
    assert_eq!(move_to(&admin, &moved, "Zhang.San@Neu.example").await.status, 200);
    assert!(written_to(&app).await.is_empty());
    // The same address in another spelling is one's own.
    assert_eq!(move_to(&admin, &moved, "zhang.san@neu.example").await.status, 200);
    let events = app
        .number("SELECT COUNT(*) FROM audit_events WHERE event = 'user_changed' AND outcome = 'accepted'")
        .await;
    assert_eq!(events, 2);
}

#[tokio::test]
async fn who_has_not_come_yet_is_invited_at_the_new_address() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let user = admin.post("/admin/users", &invitation(&admin).await).await.json();
    let first = app.mail().await[0].token("/welcome");
    assert_eq!(move_to(&admin, &user, "ada.l@portico.example").await.status, 200);
    let check = app
        .anon()
        .post("/auth/welcome/check", &json!({ "token": first }))
        .await;
    assert_eq!(check.json()["reason"], "superseded");
    // The first address may be a stranger's: nothing more goes there.
    let second = app.mail().await;
    assert_eq!(
        (second.len(), second[0].to.as_str()),
        (1, "ada.l@portico.example")
    );
    let check = json!({ "token": second[0].token("/welcome") });
    let check = app.anon().post("/auth/welcome/check", &check).await.json();
    assert_eq!(check["state"], "valid");
    assert_eq!(check["identifiers"][0], "ada.l@portico.example");
}

#[tokio::test]
async fn an_address_that_cannot_be_changes_nothing() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let user = person(&admin, "EMP1003").await;
    for (email, rule) in [
        ("", "required"),
        ("zhang", "malformed"),
        ("a@b.example\r\nBcc: c@d.example", "malformed"),
        ("a@b.example, c@d.example", "malformed"),
    ] {
        let refused = move_to(&admin, &user, email).await;
        refused.refused(422, "validation");
        assert_eq!(refused.json()["fields"][0]["rule"], rule, "{email:?}");
    }
    let long = format!("{}@b.example", "a".repeat(300));
    move_to(&admin, &user, &long).await.refused(422, "validation");
    for taken in ["manager@portico.example", "MANAGER@portico.example"] {
        let refused = move_to(&admin, &user, taken).await;
        refused.refused(409, "conflict");
        let fields = &refused.json()["fields"];
        assert_eq!(
            (&fields[0]["field"], &fields[0]["rule"]),
            (&json!("email"), &json!("taken"))
        );
    }
    let own = person(&admin, "EMP1001").await;
    move_to(&admin, &own, "other@portico.example")
        .await
        .refused(409, "own_account");
    move_to(&admin, &json!({ "id": NOBODY }), "other@portico.example")
        .await
        .refused(404, "not_found");
    for body in [
        json!({}),
        json!({"email": 7}),
        json!({"email": "a@b.example", "role": "admin"}),
    ] {
        let path = format!("/admin/users/{}", user["id"].as_str().unwrap());
        admin.patch(&path, &body).await.refused(400, "malformed_request");
    }
    assert_eq!(person(&admin, "EMP1003").await, user);
    assert!(written_to(&app).await.is_empty());
}

#[tokio::test]
async fn of_two_who_get_the_same_address_one_does() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let (one, other) = (person(&admin, "EMP1003").await, person(&admin, "EMP1002").await);
    let shared = "shared@portico.example";
    let (first, second) = tokio::join!(move_to(&admin, &one, shared), move_to(&admin, &other, shared));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(person(&admin, "shared").await["email"], shared);
}

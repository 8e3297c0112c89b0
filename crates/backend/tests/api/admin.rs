//! Looking after people: who may, and what is done to accounts.

mod addresses;
mod invitations;
mod list;
mod requests;

use portico_backend::domain::clock::MINUTE;
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::{Value, json};

use super::support::{Client, TestApp};

const NEW: &str = "Violet-anchor-tempest-7";
const NOBODY: &str = "01941f29-7c05-7933-9c24-929a00000000";
const ACTIONS: [&str; 6] = [
    "deactivate",
    "activate",
    "send-reset",
    "end-sessions",
    "require-new-password",
    "resend-invitation",
];

async fn team(admin: &Client) -> Value {
    admin.get("/admin/teams").await.json()[0]["id"].clone()
}

async fn invitation(admin: &Client) -> Value {
    json!({
        "name": "Ada Lovelace", "email": "ada@portico.example", "employee_number": "EMP2001", "role": "sales",
        "team": team(admin).await, "locale": "en", "username": "ada", "phone": "+44 7700 900099",
    })
}

async fn person(admin: &Client, words: &str) -> Value {
    let page = admin.get(&format!("/admin/users?q={words}")).await.json();
    assert_eq!(page["total"], 1, "{page}");
    page["items"][0].clone()
}

async fn act(admin: &Client, user: &Value, action: &str) -> super::support::Reply {
    let path = format!("/admin/users/{}/{action}", user["id"].as_str().unwrap());
    admin.post(&path, &json!({})).await
}

#[tokio::test]
async fn administration_is_for_administrators_whoever_is_named() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let body = invitation(&admin).await;
    let sales = person(&admin, "EMP1003").await["id"].as_str().unwrap().to_owned();
    let ask = json!({"identifier": "EMP1004", "reason": "x"});
    app.anon().post("/auth/reset/request-admin", &ask).await;
    let request = admin.get("/admin/requests").await.json()["items"][0]["id"].clone();
    let request = request.as_str().unwrap();
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Admin) {
        let client = app.as_role(role).await;
        let own = client.get("/me").await.json()["user"]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        for path in ["/admin/users", "/admin/teams", "/admin/requests"] {
            client.get(path).await.refused(403, "forbidden");
        }
        client.post("/admin/users", &body).await.refused(403, "forbidden");
        for id in [sales.as_str(), &own, NOBODY] {
            client
                .get(&format!("/admin/users/{id}"))
                .await
                .refused(403, "forbidden");
            let change = json!({"email": "mine@portico.example"});
            let reply = client.patch(&format!("/admin/users/{id}"), &change).await;
            reply.refused(403, "forbidden");
            for action in ACTIONS {
                let reply = client
                    .post(&format!("/admin/users/{id}/{action}"), &json!({}))
                    .await;
                reply.refused(403, "forbidden");
            }
        }
        for id in [request, NOBODY] {
            let answer = json!({"decision": "send_reset"});
            let reply = client
                .post(&format!("/admin/requests/{id}/answer"), &answer)
                .await;
            reply.refused(403, "forbidden");
        }
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM users WHERE active").await, 10);
    assert_eq!(app.number("SELECT COUNT(*) FROM recoveries").await, 0);
    for id in [NOBODY, "x"] {
        admin
            .get(&format!("/admin/users/{id}"))
            .await
            .refused(404, "not_found");
        for action in ACTIONS {
            let reply = admin
                .post(&format!("/admin/users/{id}/{action}"), &json!({}))
                .await;
            reply.refused(404, "not_found");
        }
    }
    app.anon()
        .get("/admin/users")
        .await
        .refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_deactivated_person_is_out_at_once_and_comes_back_as_before() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let sales = app.as_role(Role::Sales).await;
    let user = person(&admin, "EMP1003").await;
    for _ in 0..2 {
        let reply = act(&admin, &user, "deactivate").await;
        assert_eq!(
            (reply.status, &reply.json()["status"]),
            (200, &json!("deactivated"))
        );
        assert_eq!(reply.json()["sessions"], 0);
    }
    sales.get("/me").await.refused(401, "unauthenticated");
    sales.refresh().await.refused(401, "session_ended");
    app.anon()
        .sign_in("EMP1003", DEMO_PASSWORD)
        .await
        .refused(401, "invalid_credentials");
    for action in ["send-reset", "resend-invitation"] {
        act(&admin, &user, action).await.refused(409, "conflict");
    }
    for _ in 0..2 {
        assert_eq!(act(&admin, &user, "activate").await.json()["status"], "active");
    }
    sales.get("/me").await.refused(401, "unauthenticated");
    app.clock.advance(MINUTE);
    assert_eq!(app.anon().sign_in("EMP1003", DEMO_PASSWORD).await.status, 200);
    assert_eq!(
        app.audited("deactivated").await.len(),
        1,
        "only what happened is written"
    );
    assert_eq!(app.audited("reactivated").await.len(), 1);
}

#[tokio::test]
async fn nobody_is_locked_out_of_administration() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let own = person(&admin, "EMP1001").await;
    act(&admin, &own, "deactivate").await.refused(409, "own_account");
    app.execute("UPDATE users SET role = 'admin' WHERE employee_number = 'EMP1002'")
        .await;
    let other = app.as_role(Role::Manager).await;
    assert_eq!(act(&other, &own, "deactivate").await.status, 200);
    admin.get("/admin/users").await.refused(401, "unauthenticated");
    // Two who do it to each other in the same moment.
    app.execute("UPDATE users SET active = TRUE").await;
    let admin = app.as_role(Role::Admin).await;
    let manager = person(&admin, "EMP1002").await;
    let (first, second) = tokio::join!(
        act(&admin, &manager, "deactivate"),
        act(&other, &own, "deactivate")
    );
    let statuses = [first.status, second.status];
    assert!(statuses.contains(&200), "{statuses:?}");
    let left = "SELECT COUNT(*) FROM users WHERE role = 'admin' AND active";
    assert_eq!(app.number(left).await, 1);
}

#[tokio::test]
async fn sessions_end_when_an_administrator_says_so() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let sales = app.as_role(Role::Sales).await;
    let user = person(&admin, "EMP1003").await;
    assert_eq!(user["sessions"], 1);
    assert_eq!(act(&admin, &user, "end-sessions").await.json()["sessions"], 0);
    sales.get("/me").await.refused(401, "unauthenticated");
    assert_eq!(
        app.anon().sign_in("EMP1003", DEMO_PASSWORD).await.status,
        200,
        "the password stays"
    );
}

#[tokio::test]
async fn a_password_others_may_know_leads_to_a_new_one() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let sales = app.as_role(Role::Sales).await;
    let user = person(&admin, "EMP1003").await;
    for _ in 0..2 {
        assert_eq!(
            act(&admin, &user, "require-new-password").await.json()["sessions"],
            0
        );
        sales.get("/me").await.refused(401, "unauthenticated");
        sales.refresh().await.refused(401, "session_ended");
    }
    let lines = app.audited("new_password_required").await;
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (&lines[0]["subject_id"], &lines[0]["detail"]),
        (&user["id"], &json!(r#"{"sessions":1}"#))
    );
    let mut client = app.anon();
    let reply = client.sign_in("EMP1003", DEMO_PASSWORD).await;
    let step = reply.json();
    assert_eq!(
        (&step["step"], &step["reason"]),
        (&json!("change_password"), &json!("compromised"))
    );
    client.keep(&reply);
    assert_eq!(client.set_new_password(NEW).await.json()["step"], "done");
    assert_eq!(app.anon().sign_in("EMP1003", NEW).await.json()["step"], "done");
    // One's own is changed, not marked; and there must be one.
    let own = person(&admin, "EMP1001").await;
    act(&admin, &own, "require-new-password")
        .await
        .refused(409, "own_account");
    let invited = admin.post("/admin/users", &invitation(&admin).await).await.json();
    act(&admin, &invited, "require-new-password")
        .await
        .refused(409, "conflict");
    assert_eq!(admin.get("/me").await.status, 200);
}

#[tokio::test]
async fn an_administrator_can_have_a_password_asked_for() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let user = person(&admin, "EMP1003").await;
    assert_eq!(act(&admin, &user, "send-reset").await.status, 200);
    let mailed = app.mail().await;
    assert!(
        mailed[0].text.contains("An administrator has sent you this"),
        "{}",
        mailed[0].text
    );
    assert!(!mailed[0].has_code());
    let body = json!({"token": mailed[0].token("/reset-password"), "new_password": NEW});
    let reply = app.anon().post("/auth/reset/complete", &body).await;
    assert_eq!(reply.json()["step"], "done");
}

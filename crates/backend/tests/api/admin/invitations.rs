//! Inviting people.

use portico_backend::domain::clock::DAY;
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::json;

use super::super::support::TestApp;
use super::{ACTIONS, NEW, NOBODY, act, invitation, person};

#[tokio::test]
async fn an_invitation_leads_to_an_account_and_a_session() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let reply = admin.post("/admin/users", &invitation(&admin).await).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    let user = reply.json();
    assert_eq!(
        reply.header("location"),
        format!("/api/v1/admin/users/{}", user["id"].as_str().unwrap())
    );
    assert_eq!(user["status"], "invited");
    assert_eq!(user["phone"], "+447700900099");
    assert_eq!(user["phone_verified"], false);
    assert_eq!(user["invitation_ends_at"], "2026-11-30T10:00:00Z");
    // There is no password yet that anybody could guess.
    app.anon()
        .sign_in("ada@portico.example", DEMO_PASSWORD)
        .await
        .refused(401, "invalid_credentials");

    let mailed = app.mail().await;
    assert_eq!(mailed[0].to, "ada@portico.example");
    assert!(
        mailed[0].text.contains("Ingrid Solberg has made an account"),
        "{}",
        mailed[0].text
    );
    let token = mailed[0].token("/welcome");
    let checked = app
        .anon()
        .post("/auth/welcome/check", &json!({"token": token}))
        .await
        .json();
    assert_eq!(checked["state"], "valid");
    assert_eq!(checked["name"], "Ada Lovelace");
    assert_eq!(
        checked["identifiers"],
        json!(["ada@portico.example", "EMP2001", "ada"])
    );
    assert_eq!(checked["invited_by"], "Ingrid Solberg");

    let mut body =
        json!({"token": token, "password": "Ada Lovelace", "locale": "de", "time_zone": "europe/berlin"});
    let refused = app.anon().post("/auth/welcome/complete", &body).await;
    refused.refused(422, "validation");
    assert_eq!(refused.json()["fields"][0]["rule"], "context_word");
    body["password"] = json!(NEW);
    let mut ada = app.anon();
    let reply = ada.post("/auth/welcome/complete", &body).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.json()["outcome"], "accepted");
    let sign_in = reply.json()["sign_in"].clone();
    assert_eq!(sign_in["step"], "done");
    assert_eq!(sign_in["me"]["user"]["locale"], "de");
    assert_eq!(sign_in["me"]["user"]["time_zone"], "Europe/Berlin");
    ada.token = sign_in["access_token"].as_str().map(str::to_owned);
    ada.cookie = reply.refresh_cookie();
    assert_eq!(ada.get("/me").await.status, 200);
    assert_eq!(ada.refresh().await.status, 200);
    assert_eq!(app.anon().sign_in("ADA", NEW).await.status, 200);
    let user = person(&admin, "ada").await;
    assert_eq!(
        (&user["status"], &user["sessions"]),
        (&json!("active"), &json!(2))
    );
    assert_eq!(user.get("invitation_ends_at"), None);

    let changed = "SELECT COUNT(*) FROM messages WHERE letter = 'password_changed'";
    assert_eq!(app.number(changed).await, 0, "a first password is no changed one");
    let reset = json!({"identifier": "ada", "channel": "mail"});
    assert_eq!(app.anon().post("/auth/reset", &reset).await.status, 200);
    let of_somebody = "SELECT COUNT(*) FROM recoveries WHERE purpose = 'reset' AND sent_by IS NOT NULL";
    assert_eq!(
        app.number(of_somebody).await,
        0,
        "who invited has not sent this one"
    );

    let again = app.anon().post("/auth/welcome/complete", &body).await.json();
    assert_eq!(again, json!({"outcome": "over", "reason": "used"}));
    let events: Vec<_> = app
        .audit()
        .await
        .iter()
        .map(|line| line["event"].clone())
        .collect();
    assert!(events.contains(&json!("invited")) && events.contains(&json!("welcomed")));
}

#[tokio::test]
async fn an_invitation_ends_and_can_be_sent_anew() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let user = admin.post("/admin/users", &invitation(&admin).await).await.json();
    let first = app.mail().await[0].token("/welcome");
    let check = async |token: &str| {
        app.anon()
            .post("/auth/welcome/check", &json!({"token": token}))
            .await
            .json()
    };
    app.clock.advance(7 * DAY - 1);
    assert_eq!(check(&first).await["state"], "valid");
    app.clock.advance(1);
    assert_eq!(check(&first).await, json!({"state": "over", "reason": "expired"}));
    let admin = app.as_role(Role::Admin).await;
    assert_eq!(act(&admin, &user, "resend-invitation").await.status, 200);
    let second = app.mail().await[0].token("/welcome");
    // Whoever was invited and asks for a reset gets an invitation instead.
    let body = json!({"identifier": "ada", "channel": "mail"});
    assert_eq!(app.anon().post("/auth/reset", &body).await.status, 200);
    let third = app.mail().await[0].token("/welcome");
    assert_eq!(check(&first).await["reason"], "superseded");
    assert_eq!(check(&second).await["reason"], "superseded");
    assert_eq!(check(&third).await["state"], "valid");
    // It is no reset.
    let reset = app
        .anon()
        .post(
            "/auth/reset/complete",
            &json!({"token": third, "new_password": NEW}),
        )
        .await;
    assert_eq!(reset.json(), json!({"step": "over", "reason": "unknown"}));
    act(&admin, &user, "send-reset").await.refused(409, "conflict");
    assert_eq!(
        act(&admin, &user, "deactivate").await.json()["status"],
        "deactivated"
    );
    assert_eq!(check(&third).await, json!({"state": "over", "reason": "unknown"}));
    act(&admin, &user, "resend-invitation")
        .await
        .refused(409, "conflict");
    assert_eq!(act(&admin, &user, "activate").await.json()["status"], "invited");
    assert_eq!(
        check(&third).await["reason"],
        "superseded",
        "it does not come back to life"
    );
}

#[tokio::test]
async fn what_somebody_signs_in_with_is_refused_beside_the_field() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let mut body = invitation(&admin).await;
    body["email"] = json!("SALES@portico.example");
    body["employee_number"] = json!("emp1001");
    body["username"] = json!("ＺＨＡＮＧ.san");
    let reply = admin.post("/admin/users", &body).await;
    reply.refused(409, "conflict");
    let taken = |field: &str| json!({"field": field, "rule": "taken"});
    let all = json!([taken("email"), taken("employee_number"), taken("username")]);
    assert_eq!(reply.json()["fields"], all);
    let mut body = invitation(&admin).await;
    body["username"] = json!("emp2001");
    let reply = admin.post("/admin/users", &body).await;
    assert_eq!(reply.json()["fields"], json!([taken("username")]));
    assert_eq!(app.number("SELECT COUNT(*) FROM users").await, 11);
    assert_eq!(app.number("SELECT COUNT(*) FROM messages").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_invite_the_same_person_one_does() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let body = invitation(&admin).await;
    let tries: Vec<_> = (0..4)
        .map(|_| {
            let (admin, body) = (admin.clone(), body.clone());
            tokio::spawn(async move { admin.post("/admin/users", &body).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for attempt in tries {
        statuses.push(attempt.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409]);
    assert_eq!(app.mail().await.len(), 1);
}

#[tokio::test]
async fn an_invitation_takes_nothing_that_was_not_asked_for() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let good = invitation(&admin).await;
    for (field, value) in [
        ("password", json!(NEW)),
        ("active", json!(true)),
        ("id", json!(NOBODY)),
        ("verified_phone", json!("+4915100000000")),
        ("role", json!("root")),
        ("locale", json!("fr")),
    ] {
        let mut body = good.clone();
        body[field] = value;
        admin
            .post("/admin/users", &body)
            .await
            .refused(400, "malformed_request");
    }
    for (field, value, rule) in [
        ("name", json!("Ada\r\nBcc: x@evil.example"), "malformed"),
        ("name", json!(" "), "required"),
        ("name", json!("x".repeat(121)), "too_long"),
        (
            "email",
            json!("ada@portico.example\nBcc: x@evil.example"),
            "malformed",
        ),
        ("email", json!("ada"), "malformed"),
        (
            "email",
            json!("ada@portico.example,eve@evil.example"),
            "malformed",
        ),
        ("employee_number", json!("a b"), "malformed"),
        ("username", json!("a@b"), "malformed"),
        ("phone", json!("0138"), "malformed"),
        ("team", json!(NOBODY), "not_allowed"),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let reply = admin.post("/admin/users", &body).await;
        reply.refused(422, "validation");
        let problem = &reply.json()["fields"][0];
        assert_eq!(
            (problem["field"].as_str(), problem["rule"].as_str()),
            (Some(field), Some(rule))
        );
    }
    let sales = person(&admin, "EMP1003").await;
    for action in ACTIONS {
        let path = format!("/admin/users/{}/{action}", sales["id"].as_str().unwrap());
        let body = json!({"password": NEW});
        admin.post(&path, &body).await.refused(400, "malformed_request");
    }
}

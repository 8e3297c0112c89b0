//! Showing once more who one is (RFC 9470).

use axum::http::Method;
use portico_backend::domain::clock::{MINUTE, SECOND};
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::{Value, json};

use super::super::support::{Client, Reply, TestApp};
use super::{ANNA, Enrolled, NEXT_CODE, enrol, incorrect, noted};

/// Everything that a session alone must not do.
fn guarded(id: &str) -> [(Method, String, Value); 9] {
    [
        (Method::POST, "/me/second-factor/totp".to_owned(), json!({})),
        (
            Method::POST,
            "/me/second-factor/totp/confirm".to_owned(),
            json!({"code": "123456"}),
        ),
        (
            Method::POST,
            "/me/second-factor/message".to_owned(),
            json!({"channel": "mail"}),
        ),
        (
            Method::POST,
            "/me/second-factor/message/confirm".to_owned(),
            json!({"code": "123456"}),
        ),
        (Method::POST, "/me/second-factor/passkey".to_owned(), json!({})),
        (
            Method::POST,
            "/me/second-factor/passkey/confirm".to_owned(),
            json!({"ceremony": "a", "credential": "a", "client_data": "a", "attestation": "a"}),
        ),
        (
            Method::POST,
            "/me/second-factor/recovery-codes".to_owned(),
            json!({}),
        ),
        (Method::DELETE, format!("/me/second-factor/{id}"), Value::Null),
        (
            Method::POST,
            "/me/password".to_owned(),
            json!({"current": DEMO_PASSWORD, "new": "Violet-anchor-tempest-7", "end_other_sessions": false}),
        ),
    ]
}

fn needed(reply: &Reply) -> (Value, Value) {
    reply.refused(401, "insufficient_user_authentication");
    let challenge = reply.header("www-authenticate");
    assert_eq!(
        challenge,
        "Bearer error=\"insufficient_user_authentication\", max_age=300"
    );
    let needed = &reply.json()["step_up"];
    (needed["password"].clone(), needed["methods"].clone())
}

async fn step_up(client: &mut Client, body: &Value) -> Reply {
    let reply = client.post("/me/step-up", body).await;
    if reply.status == 200 {
        client.keep(&reply);
    }
    reply
}

async fn anna() -> (TestApp, Client, Enrolled) {
    let app = TestApp::new().await;
    let client = app.as_user(ANNA).await;
    let enrolled = enrol(&app, &client).await;
    (app, client, enrolled)
}

#[tokio::test]
async fn without_a_factor_the_password_is_enough_and_has_to_be_fresh() {
    let app = TestApp::new().await;
    let mut client = app.as_user(ANNA).await;
    app.clock.advance(5 * MINUTE - SECOND);
    let fresh = client.post("/me/second-factor/totp", &json!({})).await;
    assert_eq!(fresh.status, 200, "{}", fresh.text());
    app.clock.advance(SECOND);
    let refresh = client.refresh().await;
    client.keep(&refresh);
    let stale = client.post("/me/second-factor/totp", &json!({})).await;
    assert_eq!(needed(&stale), (json!(true), json!([])));
    let wrong = step_up(&mut client, &json!({"password": "not it"})).await;
    wrong.refused(422, "validation");
    assert_eq!(wrong.json()["fields"][0]["field"], "password");
    let before = client.clone();
    let reply = step_up(&mut client, &json!({"password": DEMO_PASSWORD})).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    before.get("/me").await.refused(401, "unauthenticated");
    let again = client.post("/me/second-factor/totp", &json!({})).await;
    assert_eq!(again.status, 200, "{}", again.text());
    let stepped_up = noted(&app, "stepped_up").await;
    assert_eq!(stepped_up[0].0, "refused");
    assert_eq!(stepped_up[1].1, json!({"method": "password"}));
}

#[tokio::test]
async fn with_a_factor_both_are_shown_again() {
    let (app, mut client, anna) = anna().await;
    app.clock.advance(5 * MINUTE);
    let refresh = client.refresh().await;
    client.keep(&refresh);
    for (method, path, body) in guarded(&anna.id) {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let reply = client.write(method, &path, &[], body).await;
        // Who changes the password has just shown the one in use.
        let password = path != "/me/password";
        assert_eq!(
            needed(&reply),
            (json!(password), json!(["totp", "recovery_code"])),
            "{path}"
        );
    }
    let code = anna.app.code(&app);
    let proof = json!({"method": "totp", "code": code});
    let half = step_up(&mut client, &json!({"proof": proof})).await;
    assert_eq!(half.status, 200, "{}", half.text());
    let path = "/me/second-factor/recovery-codes";
    let reply = client.post(path, &json!({})).await;
    assert_eq!(needed(&reply), (json!(true), json!([])));
    app.clock.advance(NEXT_CODE);
    let replayed = step_up(&mut client, &json!({"password": DEMO_PASSWORD, "proof": proof})).await;
    incorrect(&replayed);
    let proof = json!({"method": "totp", "code": anna.app.code(&app)});
    let whole = step_up(&mut client, &json!({"password": DEMO_PASSWORD, "proof": proof})).await;
    assert_eq!(whole.status, 200, "{}", whole.text());
    assert_eq!(client.post(path, &json!({})).await.status, 200);
}

#[tokio::test]
async fn nothing_guarded_happens_before() {
    let (app, mut client, anna) = anna().await;
    app.clock.advance(5 * MINUTE);
    let refresh = client.refresh().await;
    client.keep(&refresh);
    let tables = ["factors", "recovery_codes", "password_history"];
    let before = (app.counts(&tables).await, app.rows("recovery_codes").await);
    for (method, path, body) in guarded(&anna.id) {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        client.write(method, &path, &[], body).await;
    }
    assert_eq!(
        (app.counts(&tables).await, app.rows("recovery_codes").await),
        before
    );
}

#[tokio::test]
async fn tries_are_counted_and_are_not_those_of_the_sign_in() {
    let (app, mut client, anna) = anna().await;
    let wrong = json!({"proof": {"method": "totp", "code": anna.app.wrong_code(&app)}});
    for _ in 0..4 {
        incorrect(&step_up(&mut client, &wrong).await);
    }
    let right = json!({"proof": {"method": "totp", "code": anna.app.code(&app)}});
    step_up(&mut client, &right).await.refused(429, "rate_limited");
    let browser = super::at_the_factor(&app).await;
    let elsewhere = super::show(&browser, "totp", &anna.app.code(&app)).await;
    assert_eq!(elsewhere.json()["step"], "done", "{}", elsewhere.text());
}

#[tokio::test]
async fn what_nobody_has_cannot_be_shown() {
    let app = TestApp::new().await;
    let mut client = app.as_user(ANNA).await;
    let proof = json!({"proof": {"method": "totp", "code": "123456"}});
    let reply = step_up(&mut client, &proof).await;
    reply.refused(422, "validation");
    step_up(&mut client, &json!({})).await.refused(422, "validation");
    app.anon()
        .post("/me/step-up", &json!({"password": DEMO_PASSWORD}))
        .await
        .refused(401, "unauthenticated");
    let foreign = [("sec-fetch-site", "same-site")];
    let body = json!({"password": DEMO_PASSWORD});
    let reply = client.post_with("/me/step-up", &foreign, &body).await;
    reply.refused(403, "cross_site");
}

#[tokio::test]
async fn an_administrator_shows_it_before_taking_factors_away() {
    let (app, _, _) = anna().await;
    let mut admin = app.as_role(Role::Admin).await;
    let users = admin.get("/admin/users?q=EMP1003").await.json();
    let id = users["items"][0]["id"].as_str().unwrap().to_owned();
    app.clock.advance(5 * MINUTE);
    let refresh = admin.refresh().await;
    admin.keep(&refresh);
    let path = format!("/admin/users/{id}/reset-second-factor");
    let reply = admin.post(&path, &json!({})).await;
    assert_eq!(needed(&reply), (json!(true), json!([])));
    let reply = step_up(&mut admin, &json!({"password": DEMO_PASSWORD})).await;
    assert_eq!(reply.status, 200);
    assert_eq!(admin.post(&path, &json!({})).await.status, 200);
}

#[tokio::test]
async fn other_sessions_are_ended_after_showing_anything_once_more() {
    let (app, mut client, anna) = anna().await;
    let browser = super::at_the_factor(&app).await;
    let done = super::show(&browser, "totp", &anna.app.code(&app)).await;
    let other = done.json()["me"]["session"]["id"].as_str().unwrap().to_owned();
    app.clock.advance(5 * MINUTE);
    let refresh = client.refresh().await;
    client.keep(&refresh);
    let ending = [
        (Method::DELETE, format!("/me/sessions/{other}"), String::new()),
        (
            Method::POST,
            "/me/sessions/end-others".to_owned(),
            "{}".to_owned(),
        ),
        (
            Method::POST,
            format!("/me/sessions/{other}/disown"),
            "{}".to_owned(),
        ),
        (
            Method::POST,
            format!("/me/sign-ins/{other}/disown"),
            "{}".to_owned(),
        ),
    ];
    for (method, path, body) in ending.clone() {
        let reply = client.write(method, &path, &[], body).await;
        assert_eq!(needed(&reply), (json!(true), json!([])), "{path}");
    }
    assert_eq!(
        client.get("/me/sessions").await.json().as_array().unwrap().len(),
        2
    );
    let proof = json!({"proof": {"method": "totp", "code": anna.app.code(&app)}});
    assert_eq!(step_up(&mut client, &proof).await.status, 200);
    let (method, path, body) = ending[0].clone();
    assert_eq!(client.write(method, &path, &[], body).await.status, 204);
    let told = client.get("/me/sign-ins").await.json();
    let events: Vec<_> = told["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["event"].clone())
        .collect();
    assert!(events.contains(&json!("factor_added")), "{events:?}");
}

#[tokio::test]
async fn who_gives_anybody_a_way_in_shows_it_and_who_may_not_is_not_asked() {
    let (app, _, _) = anna().await;
    let mut clients = [app.as_role(Role::Admin).await, app.as_role(Role::Guest).await];
    let users = clients[0].get("/admin/users?q=EMP1003").await.json();
    let id = users["items"][0]["id"].as_str().unwrap().to_owned();
    app.clock.advance(5 * MINUTE);
    for client in &mut clients {
        let refresh = client.refresh().await;
        client.keep(&refresh);
    }
    let [admin, guest] = clients;
    let invitation = json!({
        "name": "Ada", "email": "ada@portico.example", "employee_number": "EMP2001", "role": "admin",
        "team": users["items"][0]["team"]["id"], "locale": "en",
    });
    let giving = [
        (Method::POST, "/admin/users".to_owned(), invitation),
        (
            Method::PATCH,
            format!("/admin/users/{id}"),
            json!({"email": "moved@portico.example"}),
        ),
        (Method::POST, format!("/admin/users/{id}/activate"), json!({})),
        (
            Method::POST,
            format!("/admin/users/{id}/resend-invitation"),
            json!({}),
        ),
        (
            Method::POST,
            format!("/admin/users/{id}/reset-second-factor"),
            json!({}),
        ),
        (
            Method::POST,
            format!("/admin/requests/{id}/answer"),
            json!({"decision": "reset_second_factor"}),
        ),
    ];
    let before = app.counts(&["users", "recoveries", "factors"]).await;
    for (method, path, body) in giving {
        let refused = guest.write(method.clone(), &path, &[], body.to_string()).await;
        refused.refused(403, "forbidden");
        let asked = admin.write(method, &path, &[], body.to_string()).await;
        assert_eq!(needed(&asked), (json!(true), json!([])), "{path}");
    }
    assert_eq!(app.counts(&["users", "recoveries", "factors"]).await, before);
}

#[tokio::test]
async fn it_can_be_shown_during_maintenance() {
    use portico_backend::domain::rules::Window;
    let start = super::super::support::START;
    let app = TestApp::with(|settings| {
        settings.rules.maintenance = Some(Window {
            from: start + MINUTE,
            until: start + 60 * MINUTE,
        });
    })
    .await;
    let mut client = app.as_user(ANNA).await;
    app.clock.advance(6 * MINUTE);
    let refresh = client.refresh().await;
    client.keep(&refresh);
    client.get("/customers").await.refused(503, "maintenance");
    let ended = client.post("/me/sessions/end-others", &json!({})).await;
    assert_eq!(needed(&ended), (json!(true), json!([])));
    let shown = step_up(&mut client, &json!({"password": DEMO_PASSWORD})).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    let ended = client.post("/me/sessions/end-others", &json!({})).await;
    assert_eq!(ended.status, 200, "{}", ended.text());
}

//! What administrators see and do about second factors, and what people ask them for.

use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::{Value, json};

use super::super::support::{Client, TestApp};
use super::{ANNA, at_the_factor, incorrect, noted, show, with_factor};

async fn anna_as_seen_by(admin: &Client) -> Value {
    admin.get("/admin/users?q=EMP1003").await.json()["items"][0].clone()
}

fn path(user: &Value, action: &str) -> String {
    format!("/admin/users/{}/{action}", user["id"].as_str().unwrap())
}

/// Asks for a new second factor, in a sign-in that waits for one.
async fn ask(app: &TestApp) -> (Client, Value) {
    let client = at_the_factor(app).await;
    let body = json!({"reason": "My telephone is at the bottom of the Rhine"});
    let reply = client.post("/auth/sign-in/second-factor/help", &body).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    (client, reply.json())
}

#[tokio::test]
async fn an_administrator_sees_who_has_what_and_can_have_it_enrolled_anew() {
    let (app, anna) = with_factor().await;
    let mut signed_in = at_the_factor(&app).await;
    let done = show(&signed_in, "totp", &anna.app.code(&app)).await;
    signed_in.keep(&done);
    let waiting = at_the_factor(&app).await;
    let admin = app.as_role(Role::Admin).await;
    let seen = anna_as_seen_by(&admin).await;
    assert_eq!(
        (&seen["factors"], &seen["enrolment_due"]),
        (&json!(["totp"]), &json!(false))
    );
    let reset = admin.post(&path(&seen, "reset-second-factor"), &json!({})).await;
    assert_eq!(reset.status, 200, "{}", reset.text());
    let reset = reset.json();
    assert_eq!(
        (&reset["factors"], &reset["enrolment_due"], &reset["sessions"]),
        (&json!([]), &json!(true), &json!(0))
    );
    signed_in.get("/me").await.refused(401, "unauthenticated");
    incorrect(&show(&waiting, "recovery_code", &anna.recovery_codes[0]).await);
    let step = app.anon().sign_in(ANNA, DEMO_PASSWORD).await.json();
    assert_eq!(
        (&step["step"], &step["reason"]),
        (&json!("enrol_factor"), &json!("asked_again"))
    );
    assert_eq!(noted(&app, "factors_reset").await.len(), 1);
}

#[tokio::test]
async fn others_cannot_and_nobody_does_it_to_themselves() {
    let (app, _) = with_factor().await;
    let admin = app.as_role(Role::Admin).await;
    let anna = anna_as_seen_by(&admin).await;
    for role in [Role::Manager, Role::Sales, Role::Guest] {
        if role == Role::Sales {
            continue;
        }
        let client = app.as_role(role).await;
        let reply = client.post(&path(&anna, "reset-second-factor"), &json!({})).await;
        reply.refused(403, "forbidden");
    }
    let own = admin.get("/admin/users?q=EMP1001").await.json()["items"][0].clone();
    admin
        .post(&path(&own, "reset-second-factor"), &json!({}))
        .await
        .refused(409, "own_account");
    let nobody = json!({"id": "01890000-0000-7000-8000-000000000000"});
    admin
        .post(&path(&nobody, "reset-second-factor"), &json!({}))
        .await
        .refused(404, "not_found");
    app.anon()
        .post(&path(&anna, "reset-second-factor"), &json!({}))
        .await
        .refused(401, "unauthenticated");
}

#[tokio::test]
async fn who_has_lost_everything_asks_and_sees_where_it_stands() {
    let (app, anna) = with_factor().await;
    let (client, challenge) = ask(&app).await;
    assert_eq!(challenge["request"], "open");
    let admin = app.as_role(Role::Admin).await;
    let request = admin.get("/admin/requests").await.json()["items"][0].clone();
    assert_eq!(
        (&request["kind"], &request["state"]),
        (&json!("second_factor"), &json!("open"))
    );
    assert_eq!(request["reason"], "My telephone is at the bottom of the Rhine");
    let answer = format!("/admin/requests/{}/answer", request["id"].as_str().unwrap());
    // The mailbox alone is not enough.
    admin
        .post(&answer, &json!({"decision": "send_reset"}))
        .await
        .refused(409, "conflict");
    let done = admin
        .post(&answer, &json!({"decision": "reset_second_factor"}))
        .await;
    assert_eq!(done.json()["state"], "sent", "{}", done.text());
    assert_eq!(noted(&app, "factors_reset").await.len(), 1);
    let seen = client.post("/auth/sign-in/resume", &json!({})).await.json();
    assert_eq!((&seen["request"], &seen["methods"]), (&json!("sent"), &json!([])));
    incorrect(&show(&client, "totp", &anna.app.code(&app)).await);
    let step = app.anon().sign_in(ANNA, DEMO_PASSWORD).await.json();
    assert_eq!(step["step"], "enrol_factor");
    let again = admin
        .post(&answer, &json!({"decision": "reset_second_factor"}))
        .await;
    again.refused(409, "conflict");
}

#[tokio::test]
async fn who_is_declined_sees_that_and_can_still_show_what_they_have() {
    let (app, anna) = with_factor().await;
    let (client, _) = ask(&app).await;
    let admin = app.as_role(Role::Admin).await;
    let request = admin.get("/admin/requests").await.json()["items"][0].clone();
    let answer = format!("/admin/requests/{}/answer", request["id"].as_str().unwrap());
    let declined = admin.post(&answer, &json!({"decision": "decline"})).await;
    assert_eq!(declined.status, 200);
    let step = client.post("/auth/sign-in/resume", &json!({})).await.json();
    assert_eq!(step["request"], "declined");
    incorrect(&show(&client, "totp", &anna.app.wrong_code(&app)).await);
    let done = show(&client, "totp", &anna.app.code(&app)).await;
    assert_eq!(done.json()["step"], "done");
}

#[tokio::test]
async fn asking_has_a_limit_and_needs_the_password() {
    let (app, _) = with_factor().await;
    let body = json!({"reason": "Lost"});
    let path = "/auth/sign-in/second-factor/help";
    app.anon().post(path, &body).await.refused(401, "sign_in_expired");
    for _ in 0..3 {
        ask(&app).await;
    }
    let client = at_the_factor(&app).await;
    client.post(path, &body).await.refused(429, "rate_limited");
    for reason in ["", "  ", &"x".repeat(301)] {
        client
            .post(path, &json!({"reason": reason}))
            .await
            .refused(422, "validation");
    }
}

#[tokio::test]
async fn a_password_request_does_not_take_factors_away() {
    let (app, _) = with_factor().await;
    let body = json!({"identifier": ANNA, "reason": "Forgotten"});
    let asked = app.anon().post("/auth/reset/request-admin", &body).await;
    assert_eq!(asked.status, 200);
    let admin = app.as_role(Role::Admin).await;
    let request = admin.get("/admin/requests").await.json()["items"][0].clone();
    assert_eq!(request["kind"], "password");
    let answer = format!("/admin/requests/{}/answer", request["id"].as_str().unwrap());
    admin
        .post(&answer, &json!({"decision": "reset_second_factor"}))
        .await
        .refused(409, "conflict");
    assert_eq!(app.counts(&["factors"]).await, [1]);
}

#[tokio::test]
async fn a_lock_in_a_known_browser_ends_with_the_factors_that_were_guessed_at() {
    let (app, anna) = with_factor().await;
    let mut client = at_the_factor(&app).await;
    let done = show(&client, "totp", &anna.app.code(&app)).await;
    client.keep(&done);
    app.clock.advance(super::NEXT_CODE);
    let reply = client.sign_in(ANNA, DEMO_PASSWORD).await;
    client.keep(&reply);
    for _ in 0..4 {
        incorrect(&show(&client, "totp", &anna.app.wrong_code(&app)).await);
    }
    show(&client, "totp", &anna.app.code(&app))
        .await
        .refused(429, "rate_limited");
    let admin = app.as_role(Role::Admin).await;
    let seen = anna_as_seen_by(&admin).await;
    admin.post(&path(&seen, "reset-second-factor"), &json!({})).await;
    let mut fresh = app.anon();
    fresh.device.clone_from(&client.device);
    let reply = fresh.sign_in(ANNA, DEMO_PASSWORD).await;
    fresh.keep(&reply);
    let begun = fresh.post("/auth/sign-in/enrol/totp", &json!({})).await.json();
    let authenticator = super::Authenticator::with(begun["secret"].as_str().unwrap());
    let code = json!({"code": authenticator.code(&app)});
    let done = fresh.post("/auth/sign-in/enrol/totp/confirm", &code).await;
    assert_eq!(done.status, 200, "{}", done.text());
    app.clock.advance(super::NEXT_CODE);
    let mut again = app.anon();
    again.device.clone_from(&client.device);
    let reply = again.sign_in(ANNA, DEMO_PASSWORD).await;
    again.keep(&reply);
    let shown = show(&again, "totp", &authenticator.code(&app)).await;
    assert_eq!(shown.json()["step"], "done", "{}", shown.text());
}

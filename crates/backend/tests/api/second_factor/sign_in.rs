//! Signing in with the second factor.

use portico_backend::domain::clock::{MINUTE, SECOND};
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::json;

use super::super::support::{TRANSACTION, TestApp};
use super::{ANNA, NEXT_CODE, at_the_factor, enrol, incorrect, noted, show, with_factor};

const NEW: &str = "Violet-anchor-tempest-7";

#[tokio::test]
async fn who_has_none_and_needs_none_is_not_asked() {
    let app = TestApp::new().await;
    let reply = app.anon().sign_in(ANNA, DEMO_PASSWORD).await;
    assert_eq!(reply.json()["step"], "done");
}

#[tokio::test]
async fn the_factor_is_asked_for_after_the_password_and_before_anything_else() {
    let (app, anna) = with_factor().await;
    let mut client = app.anon();
    let reply = client.sign_in(ANNA, DEMO_PASSWORD).await;
    let step = reply.json();
    assert_eq!(step["step"], "second_factor");
    assert_eq!(step["methods"], json!(["totp", "recovery_code"]));
    assert_eq!(
        (&step["expires_in"], &step["trust_days"]),
        (&json!(600), &json!(30))
    );
    assert!(reply.refresh_cookie().is_none(), "there is no session yet");
    assert!(step.get("access_token").is_none());
    client.keep(&reply);
    client.refresh().await.json()["state"] = json!("signed_out");
    client.get("/customers").await.refused(401, "unauthenticated");
    let done = show(&client, "totp", &anna.app.code(&app)).await;
    assert_eq!(done.json()["step"], "done", "{}", done.text());
    assert!(done.expires(TRANSACTION));
    client.keep(&done);
    assert_eq!(client.get("/customers").await.status, 200);
    let (_, detail) = noted(&app, "sign_in").await.pop().unwrap();
    assert_eq!(detail["method"], "password totp");
}

#[tokio::test]
async fn a_wrong_password_says_nothing_of_the_factor() {
    let (app, _) = with_factor().await;
    let with = app.anon().sign_in(ANNA, "not it").await;
    let without = app.anon().sign_in("service@portico.example", "not it").await;
    with.refused(401, "invalid_credentials");
    let plain = |reply: &super::Reply| {
        let mut body = reply.json();
        body["request_id"] = json!("");
        body
    };
    assert_eq!(plain(&with), plain(&without));
}

#[tokio::test]
async fn a_recovery_code_stands_in_once() {
    let (app, anna) = with_factor().await;
    let code = &anna.recovery_codes[0];
    let typed = code.to_lowercase().replace('-', " ");
    let client = at_the_factor(&app).await;
    let done = show(&client, "recovery_code", &typed).await;
    assert_eq!(done.json()["step"], "done", "{}", done.text());
    let again = at_the_factor(&app).await;
    incorrect(&show(&again, "recovery_code", code).await);
    let other = show(&again, "recovery_code", &anna.recovery_codes[1]).await;
    assert_eq!(other.json()["step"], "done");
    let mut signed_in = again.clone();
    signed_in.keep(&other);
    let state = signed_in.get("/me/second-factor").await.json();
    assert_eq!(state["recovery_codes_left"], 8);
}

#[tokio::test]
async fn a_code_may_be_a_step_old_and_no_older_and_none_is_early() {
    let (app, anna) = with_factor().await;
    let client = at_the_factor(&app).await;
    incorrect(&show(&client, "totp", &anna.app.code_in(&app, 1)).await);
    app.clock.advance(2 * NEXT_CODE);
    incorrect(&show(&client, "totp", &anna.app.code_in(&app, -2)).await);
    let done = show(&client, "totp", &anna.app.code_in(&app, -1)).await;
    assert_eq!(done.json()["step"], "done", "{}", done.text());
}

#[tokio::test]
async fn a_mistake_leaves_the_step_and_says_what_is_left() {
    let (app, anna) = with_factor().await;
    let client = at_the_factor(&app).await;
    let refused = show(&client, "totp", &anna.app.wrong_code(&app)).await;
    incorrect(&refused);
    assert_eq!(refused.json()["attempts_left"], 3);
    assert!(refused.set_cookie(TRANSACTION).is_none());
    for malformed in ["", "12345", "1234567", "abcdef", "ABCD-EFGH-JKMN-PQRS"] {
        show(&client, "totp", malformed).await.refused(422, "validation");
    }
    let done = show(&client, "totp", &anna.app.code(&app)).await;
    assert_eq!(done.json()["step"], "done", "what is no code at all is no try");
}

#[tokio::test]
async fn a_sign_in_can_be_picked_up_again_in_its_browser_for_ten_minutes() {
    let (app, _) = with_factor().await;
    let client = at_the_factor(&app).await;
    app.clock.advance(4 * MINUTE);
    for _ in 0..2 {
        let step = client.post("/auth/sign-in/resume", &json!({})).await.json();
        assert_eq!(
            (&step["step"], &step["expires_in"]),
            (&json!("second_factor"), &json!(360))
        );
    }
    let other = app.anon().post("/auth/sign-in/resume", &json!({})).await;
    other.refused(401, "sign_in_expired");
    app.clock.advance(6 * MINUTE);
    let over = client.post("/auth/sign-in/resume", &json!({})).await;
    over.refused(401, "sign_in_expired");
    assert!(over.expires(TRANSACTION));
}

#[tokio::test]
async fn a_sign_in_that_waits_for_a_new_password_can_be_picked_up_as_well() {
    let app = TestApp::new().await;
    let mut client = app.anon();
    let reply = client.sign_in("compromised@portico.example", DEMO_PASSWORD).await;
    client.keep(&reply);
    let step = client.post("/auth/sign-in/resume", &json!({})).await.json();
    assert_eq!(
        (&step["step"], &step["reason"]),
        (&json!("change_password"), &json!("compromised"))
    );
}

#[tokio::test]
async fn the_factor_comes_before_the_new_password() {
    let (app, anna) = with_factor().await;
    app.execute("UPDATE users SET password_compromised = TRUE WHERE email = 'sales@portico.example'")
        .await;
    let mut client = at_the_factor(&app).await;
    client.set_new_password(NEW).await.refused(401, "sign_in_expired");
    let reply = show(&client, "totp", &anna.app.code(&app)).await;
    assert_eq!(reply.json()["step"], "change_password", "{}", reply.text());
    assert_eq!(reply.json()["reason"], "compromised");
    client.keep(&reply);
    let done = client.set_new_password(NEW).await;
    assert_eq!(done.json()["step"], "done", "{}", done.text());
}

#[tokio::test]
async fn who_gives_up_leaves_nothing_to_go_on_with() {
    let (app, anna) = with_factor().await;
    let client = at_the_factor(&app).await;
    let out = client.post("/auth/sign-out", &json!({})).await;
    assert_eq!(out.status, 204);
    assert!(out.expires(TRANSACTION));
    let late = show(&client, "totp", &anna.app.code(&app)).await;
    late.refused(401, "sign_in_expired");
}

#[tokio::test]
async fn what_changes_in_the_meantime_ends_the_sign_in() {
    let (app, anna) = with_factor().await;
    let waiting = at_the_factor(&app).await;
    let admin = app.as_role(Role::Admin).await;
    let users = admin.get("/admin/users?q=EMP1003").await.json();
    let id = users["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/admin/users/{id}/deactivate");
    assert_eq!(admin.post(&path, &json!({})).await.status, 200);
    let late = show(&waiting, "totp", &anna.app.code(&app)).await;
    late.refused(401, "sign_in_expired");
}

#[tokio::test]
async fn two_apps_are_as_good_as_one() {
    let (app, first) = with_factor().await;
    let mut client = at_the_factor(&app).await;
    let done = show(&client, "totp", &first.app.code(&app)).await;
    client.keep(&done);
    app.clock.advance(SECOND);
    let second = enrol(&app, &client).await;
    assert!(second.recovery_codes.is_empty(), "there are some already");
    for authenticator in [&first.app, &second.app] {
        let client = at_the_factor(&app).await;
        let done = show(&client, "totp", &authenticator.code(&app)).await;
        assert_eq!(done.json()["step"], "done", "{}", done.text());
    }
}

//! Browsers that do without the second factor for a while.

use portico_backend::domain::clock::{DAY, MINUTE, SECOND};
use portico_backend::store::DEMO_PASSWORD;
use serde_json::{Value, json};

use super::super::support::{Client, TestApp};
use super::{ANNA, Enrolled, at_the_factor, enrol, noted, with_factor};

/// A browser that Anna trusts, signed in.
async fn trusted(app: &TestApp, anna: &Enrolled) -> Client {
    let mut client = at_the_factor(app).await;
    let body = json!({"proof": {"method": "totp", "code": anna.app.code(app)}, "trust": true});
    let reply = client.post("/auth/sign-in/second-factor", &body).await;
    assert_eq!(reply.json()["step"], "done", "{}", reply.text());
    client.keep(&reply);
    app.clock.advance(30 * SECOND);
    client
}

/// What a sign-in leads to in the browser that `client` is.
async fn step(client: &Client) -> Value {
    // Without the session, which a sign-in would end.
    let browser = Client {
        cookie: None,
        ..client.clone()
    };
    browser.sign_in(ANNA, DEMO_PASSWORD).await.json()["step"].clone()
}

#[tokio::test]
async fn a_trusted_browser_does_without_it_for_thirty_days_and_no_other_does() {
    let (app, anna) = with_factor().await;
    let client = trusted(&app, &anna).await;
    assert_eq!(step(&client).await, "done");
    assert_eq!(step(&app.anon()).await, "second_factor");
    let (_, detail) = noted(&app, "sign_in").await.pop().unwrap();
    assert_eq!(detail["method"], "password");
    app.clock.advance(30 * DAY - MINUTE);
    assert_eq!(step(&client).await, "done");
    app.clock.advance(MINUTE);
    assert_eq!(step(&client).await, "second_factor");
}

#[tokio::test]
async fn trust_is_asked_for_each_time_anew() {
    let (app, anna) = with_factor().await;
    let mut client = at_the_factor(&app).await;
    let done = super::show(&client, "totp", &anna.app.code(&app)).await;
    client.keep(&done);
    assert_eq!(step(&client).await, "second_factor", "nobody has asked for it");
}

#[tokio::test]
async fn a_changed_password_ends_it() {
    let (app, anna) = with_factor().await;
    let mut client = trusted(&app, &anna).await;
    let change =
        json!({"current": DEMO_PASSWORD, "new": "Violet-anchor-tempest-7", "end_other_sessions": false});
    let reply = client.post("/me/password", &change).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    client.keep(&reply);
    let again = client.sign_in(ANNA, "Violet-anchor-tempest-7").await;
    assert_eq!(again.json()["step"], "second_factor");
}

#[tokio::test]
async fn a_factor_more_or_less_ends_it() {
    let (app, anna) = with_factor().await;
    let client = trusted(&app, &anna).await;
    let second = enrol(&app, &client).await;
    assert_eq!(step(&client).await, "second_factor");
    let mut client = app.anon();
    let reply = client.sign_in(ANNA, DEMO_PASSWORD).await;
    client.keep(&reply);
    let body = json!({"proof": {"method": "totp", "code": second.app.code(&app)}, "trust": true});
    let reply = client.post("/auth/sign-in/second-factor", &body).await;
    client.keep(&reply);
    assert_eq!(step(&client).await, "done");
    let path = format!("/me/second-factor/{}", anna.id);
    let removed = client
        .write(axum::http::Method::DELETE, &path, &[], String::new())
        .await;
    assert_eq!(removed.status, 200, "{}", removed.text());
    assert_eq!(step(&client).await, "second_factor");
}

#[tokio::test]
async fn where_it_is_not_offered_asking_for_it_changes_nothing() {
    let app = TestApp::with(|settings| settings.rules.trust_days = None).await;
    let anna = enrol(&app, &app.as_user(ANNA).await).await;
    let challenge = app.anon().sign_in(ANNA, DEMO_PASSWORD).await.json();
    assert!(challenge.get("trust_days").is_none());
    let client = trusted(&app, &anna).await;
    assert_eq!(step(&client).await, "second_factor");
}

#[tokio::test]
async fn trust_is_not_enough_where_something_is_to_be_changed() {
    let (app, anna) = with_factor().await;
    let mut client = trusted(&app, &anna).await;
    let reply = client.sign_in(ANNA, DEMO_PASSWORD).await;
    client.keep(&reply);
    let refused = client.post("/me/second-factor/totp", &json!({})).await;
    refused.refused(401, "insufficient_user_authentication");
    let needed = &refused.json()["step_up"];
    assert_eq!(needed["password"], false);
    assert_eq!(needed["methods"], json!(["totp", "recovery_code"]));
}

#[tokio::test]
async fn whatever_puts_somebody_out_ends_trust_and_running_sign_ins() {
    for action in ["require-new-password", "end-sessions", "deactivate"] {
        let (app, anna) = with_factor().await;
        let client = trusted(&app, &anna).await;
        let waiting = at_the_factor(&app).await;
        let admin = app.as_user("admin@portico.example").await;
        let users = admin.get("/admin/users?q=EMP1003").await.json();
        let id = users["items"][0]["id"].as_str().unwrap().to_owned();
        let done = admin
            .post(&format!("/admin/users/{id}/{action}"), &json!({}))
            .await;
        assert_eq!(done.status, 200, "{}", done.text());
        let late = super::show(&waiting, "recovery_code", &anna.recovery_codes[0]).await;
        late.refused(401, "sign_in_expired");
        if action == "deactivate" {
            let back = admin
                .post(&format!("/admin/users/{id}/activate"), &json!({}))
                .await;
            assert_eq!(back.status, 200, "{}", back.text());
        }
        assert_eq!(step(&client).await, "second_factor", "{action}");
    }
}

#[tokio::test]
async fn who_puts_a_stranger_out_trusts_no_browser_any_more() {
    let (app, anna) = with_factor().await;
    let client = trusted(&app, &anna).await;
    let stranger = at_the_factor(&app).await;
    let done = super::show(&stranger, "totp", &anna.app.code(&app)).await;
    let other = done.json()["me"]["session"]["id"].as_str().unwrap().to_owned();
    let path = format!("/me/sessions/{other}/disown");
    let disowned = client.post(&path, &json!({})).await;
    assert_eq!(disowned.status, 200, "{}", disowned.text());
    assert_eq!(step(&client).await, "second_factor");
}

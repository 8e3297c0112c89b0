//! A passkey as the second factor of a sign-in, enrolled in one, and as what shows once more who one is.

use portico_backend::store::DEMO_PASSWORD;
use serde_json::json;

use super::super::second_factor::{at_the_factor, required};
use super::super::support::{Client, TestApp};
use super::{ANNA, Authenticator, as_proof, question, refused, show, with_passkey};

const ASK: &str = "/auth/sign-in/second-factor/passkey";

#[tokio::test]
async fn it_is_the_second_factor_after_a_password() {
    let (app, _, mut passkey) = with_passkey().await;
    let browser = at_the_factor(&app).await;
    let resumed = browser.post("/auth/sign-in/resume", &json!({})).await.json();
    assert_eq!(resumed["methods"], json!(["passkey", "recovery_code"]));
    let asked = question(&browser, ASK).await;
    assert_eq!(asked["allowed"], json!([passkey.credential]));
    // Security keys that are not asked for whose they are do not say it.
    passkey.handle = None;
    let reply = show(&browser, &passkey.answer(&asked)).await;
    assert_eq!(reply.json()["step"], "done", "{}", reply.text());
}

#[tokio::test]
async fn a_wrong_one_is_counted_and_the_next_question_is_another_one() {
    let (app, _, passkey) = with_passkey().await;
    let browser = at_the_factor(&app).await;
    let mut liar = passkey.clone();
    liar.verifies = false;
    let asked = question(&browser, ASK).await;
    let reply = show(&browser, &liar.answer(&asked)).await;
    refused(&reply, "incorrect");
    assert!(reply.json()["attempts_left"].is_number());
    refused(
        &show(&browser, &passkey.clone().answer(&asked)).await,
        "not_allowed",
    );
    for _ in 0..3 {
        let asked = question(&browser, ASK).await;
        show(&browser, &liar.answer(&asked)).await;
    }
    let asked = question(&browser, ASK).await;
    let early = show(&browser, &passkey.clone().answer(&asked)).await;
    early.refused(429, "rate_limited");
}

#[tokio::test]
async fn nobody_without_one_is_asked_for_it() {
    let app = TestApp::new().await;
    app.anon()
        .post(ASK, &json!({}))
        .await
        .refused(401, "sign_in_expired");
    let anna = app.as_user(ANNA).await;
    anna.post("/me/step-up/passkey", &json!({}))
        .await
        .refused(404, "not_found");
    let asked = app.anon().post("/me/step-up/passkey", &json!({})).await;
    asked.refused(401, "unauthenticated");
}

#[tokio::test]
async fn it_is_enrolled_where_a_factor_is_required() {
    let app = required().await;
    let mut browser = app.anon();
    let reply = browser.sign_in(ANNA, DEMO_PASSWORD).await;
    assert_eq!(reply.json()["step"], "enrol_factor");
    assert_eq!(reply.json()["kinds"], json!(["passkey", "totp"]));
    browser.keep(&reply);
    let asked = question(&browser, "/auth/sign-in/enrol/passkey").await;
    let mut passkey = Authenticator::new(1);
    let made = passkey.make(&asked, None);
    let stranger = app.anon();
    let confirm = "/auth/sign-in/enrol/passkey/confirm";
    stranger
        .post(confirm, &made)
        .await
        .refused(401, "sign_in_expired");
    let reply = browser.post(confirm, &made).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.json()["recovery_codes"].as_array().unwrap().len(), 10);
    assert_eq!(reply.json()["next"]["step"], "done");
    let again = super::sign_in(&app.anon(), &mut passkey).await;
    assert_eq!(again.json()["step"], "done", "{}", again.text());
}

async fn renew(client: &Client) -> super::Reply {
    client.post("/me/second-factor/recovery-codes", &json!({})).await
}

#[tokio::test]
async fn it_shows_once_more_who_one_is_in_place_of_the_password() {
    let (app, mut anna, mut passkey) = with_passkey().await;
    app.clock.advance(6 * 60_000);
    let reply = renew(&anna).await;
    // The token has run out with the time that went by.
    assert_eq!(reply.status, 401, "{}", reply.text());
    let refreshed = anna.post("/auth/refresh", &json!({})).await;
    anna.keep(&refreshed);
    let needed = renew(&anna).await;
    needed.refused(401, "insufficient_user_authentication");
    let expected = json!({"password": true, "methods": ["passkey", "recovery_code"]});
    assert_eq!(needed.json()["step_up"], expected);
    let asked = question(&anna, "/me/step-up/passkey").await;
    let answer = passkey.answer(&asked);
    let reply = anna
        .post("/me/step-up", &json!({"proof": as_proof(&answer)}))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    anna.keep(&reply);
    assert_eq!(renew(&anna).await.status, 200);
    let replayed = anna
        .post("/me/step-up", &json!({"proof": as_proof(&answer)}))
        .await;
    refused(&replayed, "not_allowed");
}

//! What codes are sent to, enrolled.

use portico_backend::store::DEMO_PASSWORD;
use portico_contract::sent_code::CodeChannel;
use serde_json::json;

use super::super::second_factor::noted;
use super::super::support::TestApp;
use super::{A_WHILE, ANNA, NUMBER, code, enrol, other, refused, sending, with_telephone};

const BEGIN: &str = "/me/second-factor/message";
const CONFIRM: &str = "/me/second-factor/message/confirm";

#[tokio::test]
async fn a_telephone_counts_once_its_code_was_shown() {
    let app = sending().await;
    let anna = app.as_user(ANNA).await;
    let enrolled = enrol(&app, &anna).await;
    assert_eq!(enrolled["recovery_codes"].as_array().unwrap().len(), 10);
    let factor = &enrolled["state"]["factors"][0];
    assert_eq!(
        (&factor["kind"], &factor["name"], &factor["to"]),
        (&json!("sms"), &json!("Work telephone"), &json!("+49 ••• 78"))
    );
    assert_eq!(
        enrolled["state"]["kinds"],
        json!(["passkey", "totp", "sms", "mail"])
    );
    let (_, detail) = noted(&app, "factor_added").await.pop().unwrap();
    assert_eq!(detail, json!({"kind": "sms", "recovery_codes": true}));
}

#[tokio::test]
async fn numbers_are_given_in_full_and_only_for_telephones() {
    let app = sending().await;
    let anna = app.as_user(ANNA).await;
    for (body, rule) in [
        (json!({"channel": "sms"}), "required"),
        (json!({"channel": "sms", "phone": "  "}), "required"),
        (json!({"channel": "sms", "phone": "0151 12345678"}), "malformed"),
        (json!({"channel": "sms", "phone": "+49\n151"}), "malformed"),
        (json!({"channel": "sms", "phone": "x".repeat(41)}), "too_long"),
        (json!({"channel": "mail", "phone": NUMBER}), "not_allowed"),
    ] {
        let reply = anna.post(BEGIN, &body).await;
        reply.refused(422, "validation");
        assert_eq!(reply.json()["fields"][0]["rule"], rule, "{body}");
    }
    for body in [
        json!({}),
        json!({"channel": "fax"}),
        json!({"channel": "mail", "to": "x"}),
    ] {
        anna.post(BEGIN, &body).await.refused(400, "malformed_request");
    }
    assert_eq!(app.counts(&["sent_codes"]).await, [0]);
}

#[tokio::test]
async fn five_wrong_codes_end_it_and_another_session_has_no_say() {
    let app = sending().await;
    let (anna, elsewhere) = (app.as_user(ANNA).await, app.as_user(ANNA).await);
    let begun = anna
        .post(BEGIN, &json!({"channel": "sms", "phone": NUMBER}))
        .await;
    assert_eq!(begun.status, 200, "{}", begun.text());
    let right = code(&app).await;
    let body = json!({"code": right});
    elsewhere.post(CONFIRM, &body).await.refused(404, "not_found");
    // An app is something else, whatever is typed.
    anna.post("/me/second-factor/totp/confirm", &body)
        .await
        .refused(404, "not_found");
    for _ in 0..5 {
        refused(
            &anna.post(CONFIRM, &json!({"code": other(&right)})).await,
            "incorrect",
        );
    }
    refused(&anna.post(CONFIRM, &body).await, "not_allowed");
    app.clock.advance(A_WHILE);
    let again = anna
        .post(BEGIN, &json!({"channel": "sms", "phone": NUMBER}))
        .await;
    assert_eq!(again.status, 200, "{}", again.text());
    let body = json!({"code": code(&app).await});
    assert_eq!(anna.post(CONFIRM, &body).await.status, 200);
    anna.post(CONFIRM, &body).await.refused(404, "not_found");
}

#[tokio::test]
async fn there_is_one_of_each() {
    let (app, anna) = with_telephone().await;
    anna.post(BEGIN, &json!({"channel": "sms", "phone": "+4915100000000"}))
        .await
        .refused(409, "conflict");
    let mail = anna.post(BEGIN, &json!({"channel": "mail"})).await;
    assert_eq!(mail.status, 200, "{}", mail.text());
    let body = json!({"code": code(&app).await});
    assert_eq!(anna.post(CONFIRM, &body).await.status, 200);
    anna.post(BEGIN, &json!({"channel": "mail"}))
        .await
        .refused(409, "conflict");
}

#[tokio::test]
async fn where_a_factor_is_required_a_telephone_is_one() {
    let app = TestApp::with(|settings| {
        settings.rules.second_factor = portico_backend::domain::rules::SecondFactorRule::Required;
        settings.rules.code_channels = vec![CodeChannel::Sms];
    })
    .await;
    let mut browser = app.anon();
    let reply = browser.sign_in(ANNA, DEMO_PASSWORD).await;
    assert_eq!(reply.json()["kinds"], json!(["passkey", "totp", "sms"]));
    browser.keep(&reply);
    let (begin, confirm) = (
        "/auth/sign-in/enrol/message",
        "/auth/sign-in/enrol/message/confirm",
    );
    browser
        .post(begin, &json!({"channel": "mail"}))
        .await
        .refused(404, "not_found");
    let sent = browser
        .post(begin, &json!({"channel": "sms", "phone": NUMBER}))
        .await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let body = json!({"code": code(&app).await});
    app.anon()
        .post(confirm, &body)
        .await
        .refused(401, "sign_in_expired");
    let done = browser.post(confirm, &body).await.json();
    assert_eq!(done["next"]["step"], "done");
    assert_eq!(done["recovery_codes"].as_array().unwrap().len(), 10);
}

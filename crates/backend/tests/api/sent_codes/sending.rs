//! Codes on their way, and at their end.

use serde_json::json;

use super::super::second_factor::{at_the_factor, noted, show};
use super::super::support::TestApp;
use super::{A_WHILE, ANNA, NUMBER, awaiting, code, enter, other, refused, send, sending, with_telephone};

#[tokio::test]
async fn a_code_by_short_message_is_the_second_factor() {
    let (app, _) = with_telephone().await;
    let browser = at_the_factor(&app).await;
    let challenge = browser.post("/auth/sign-in/resume", &json!({})).await.json();
    assert_eq!(challenge["methods"], json!(["sms", "recovery_code"]));
    let sent = send(&browser).await;
    let expected = json!({"to": "+49 ••• 78", "expires_in": 600, "resend_in": 30});
    assert_eq!(sent.json(), expected);
    let mail = app.all_mail().await;
    let message = mail.iter().find(|it| it.to == NUMBER).expect("a short message");
    let last = message.text.lines().last().unwrap();
    let code = last
        .strip_prefix("@portico.example #")
        .expect("the line browsers read");
    assert!(!sent.text().contains(code), "no reply has it");
    let done = enter(&browser, code).await;
    assert_eq!(done.json()["step"], "done", "{}", done.text());
    let (outcome, detail) = noted(&app, "sign_in").await.pop().unwrap();
    assert_eq!(
        (outcome.as_str(), &detail["method"]),
        ("accepted", &json!("password sms"))
    );
    let (_, detail) = noted(&app, "code_sent").await.pop().unwrap();
    assert_eq!(detail, json!({"channel": "sms"}));
}

#[tokio::test]
async fn a_code_by_mail_is_one_too_where_the_operator_says_so() {
    let app = sending().await;
    let anna = app.as_user(ANNA).await;
    let begun = anna
        .post("/me/second-factor/message", &json!({"channel": "mail"}))
        .await;
    assert_eq!(begun.json()["to"], "s•••@•••.example");
    let body = json!({"code": code(&app).await});
    let enrolled = anna.post("/me/second-factor/message/confirm", &body).await;
    assert_eq!(enrolled.status, 200, "{}", enrolled.text());
    app.clock.advance(A_WHILE);
    let browser = at_the_factor(&app).await;
    let path = "/auth/sign-in/second-factor/code";
    browser
        .post(path, &json!({"channel": "sms"}))
        .await
        .refused(404, "not_found");
    let sent = browser.post(path, &json!({"channel": "mail"})).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let done = show(&browser, "mail", &code(&app).await).await;
    assert_eq!(done.json()["step"], "done", "{}", done.text());
}

#[tokio::test]
async fn another_one_can_be_sent_after_a_wait_and_ends_the_one_before() {
    let (app, _) = with_telephone().await;
    let (browser, first) = awaiting(&app).await;
    let early = send(&browser).await;
    early.refused(429, "rate_limited");
    assert_eq!(early.header("retry-after"), "30");
    app.clock.advance(A_WHILE);
    let again = send(&browser).await;
    assert_eq!(again.json()["resend_in"], 60, "{}", again.text());
    let second = code(&app).await;
    if first != second {
        refused(&enter(&browser, &first).await, "incorrect");
    }
    assert_eq!(enter(&browser, &second).await.json()["step"], "done");
}

#[tokio::test]
async fn an_hour_has_five_codes() {
    let (app, _) = with_telephone().await;
    let browser = at_the_factor(&app).await;
    for wait in [31_000, 61_000, 121_000, 301_000] {
        let reply = send(&browser).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        app.clock.advance(wait);
    }
    let last = send(&browser).await;
    assert_eq!(last.json()["resend_in"], 3_600, "{}", last.text());
    app.clock.advance(301_000);
    // A new sign-in gives none back.
    let anew = at_the_factor(&app).await;
    send(&anew).await.refused(429, "rate_limited");
    app.clock.advance(3_600_000);
    let later = at_the_factor(&app).await;
    assert_eq!(send(&later).await.status, 200);
}

#[tokio::test]
async fn a_code_shows_once_more_who_one_is_but_not_in_place_of_the_password() {
    let (app, mut anna) = with_telephone().await;
    app.clock.advance(6 * 60_000);
    let refreshed = anna.post("/auth/refresh", &json!({})).await;
    anna.keep(&refreshed);
    let renew = "/me/second-factor/recovery-codes";
    let needed = anna.post(renew, &json!({})).await.json();
    assert_eq!(
        needed["step_up"],
        json!({"password": true, "methods": ["sms", "recovery_code"]})
    );
    anna.post("/me/step-up/code", &json!({"channel": "mail"}))
        .await
        .refused(404, "not_found");
    let sent = anna.post("/me/step-up/code", &json!({"channel": "sms"})).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let body = json!({"proof": {"method": "sms", "code": code(&app).await}});
    let shown = anna.post("/me/step-up", &body).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    anna.keep(&shown);
    let needed = anna.post(renew, &json!({})).await.json();
    assert_eq!(needed["step_up"], json!({"password": true, "methods": []}));
}

#[tokio::test]
async fn nothing_is_sent_unless_the_operator_says_so() {
    let app = TestApp::new().await;
    let policy = app.anon().get("/auth/policy").await.json();
    assert_eq!(policy["factors"], json!(["passkey", "totp"]));
    let anna = app.as_user(ANNA).await;
    for body in [
        json!({"channel": "mail"}),
        json!({"channel": "sms", "phone": NUMBER}),
    ] {
        anna.post("/me/second-factor/message", &body)
            .await
            .refused(404, "not_found");
    }
    assert_eq!(app.counts(&["sent_codes", "factors"]).await, [0, 0]);
}

#[tokio::test]
async fn who_has_one_that_is_not_sent_any_more_is_still_asked() {
    let (app, _) = with_telephone().await;
    let without = app.another_with(|_| {}).await;
    let mut browser = at_the_factor(&app).await;
    browser.router = std::sync::Arc::new(without).router();
    send(&browser).await.refused(404, "not_found");
    refused(&enter(&browser, "123456").await, "not_allowed");
    let other = other("123456");
    refused(&enter(&browser, &other).await, "not_allowed");
}

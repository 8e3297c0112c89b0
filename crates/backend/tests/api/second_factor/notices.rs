//! Who hears of what happens with second factors.

use axum::http::Method;
use portico_backend::domain::clock::MINUTE;
use portico_contract::user::Role;
use serde_json::json;

use super::super::support::TestApp;
use super::{ANNA, at_the_factor, enrol, show, with_factor};

/// What Anna was written, without what is said about sign-ins.
async fn subjects(app: &TestApp) -> Vec<String> {
    let mail = app.mail().await.into_iter();
    mail.filter(|mail| mail.to == ANNA)
        .map(|mail| mail.subject)
        .collect()
}

#[tokio::test]
async fn every_change_is_told() {
    let app = TestApp::new().await;
    let anna = app.as_user(ANNA).await;
    let enrolled = enrol(&app, &anna).await;
    assert_eq!(subjects(&app).await, ["Portico: a second factor was added"]);
    anna.post("/me/second-factor/recovery-codes", &json!({})).await;
    assert_eq!(subjects(&app).await, ["Portico: new recovery codes"]);
    let path = format!("/me/second-factor/{}", enrolled.id);
    anna.write(Method::DELETE, &path, &[], String::new()).await;
    assert_eq!(subjects(&app).await, ["Portico: a second factor was removed"]);
}

#[tokio::test]
async fn a_used_recovery_code_is_told_with_how_many_are_left() {
    let (app, anna) = with_factor().await;
    app.mail().await;
    let browser = at_the_factor(&app).await;
    show(&browser, "recovery_code", &anna.recovery_codes[0]).await;
    let mail = app.mail().await;
    assert_eq!(mail[0].subject, "Portico: a recovery code was used");
    assert!(mail[0].text.contains("Codes left: 9"), "{}", mail[0].text);
}

#[tokio::test]
async fn wrong_codes_after_a_right_password_are_told_once_a_day() {
    let (app, anna) = with_factor().await;
    app.mail().await;
    let browser = at_the_factor(&app).await;
    for _ in 0..2 {
        show(&browser, "totp", &anna.app.wrong_code(&app)).await;
    }
    assert!(subjects(&app).await.is_empty(), "anybody mistypes");
    for _ in 0..3 {
        show(&browser, "totp", &anna.app.wrong_code(&app)).await;
        app.clock.advance(MINUTE);
    }
    assert_eq!(subjects(&app).await, ["Portico: wrong codes after your password"]);
}

#[tokio::test]
async fn what_an_administrator_takes_away_is_told() {
    let (app, _) = with_factor().await;
    app.mail().await;
    let admin = app.as_role(Role::Admin).await;
    let users = admin.get("/admin/users?q=EMP1003").await.json();
    let id = users["items"][0]["id"].as_str().unwrap();
    let path = format!("/admin/users/{id}/reset-second-factor");
    admin.post(&path, &json!({})).await;
    assert_eq!(subjects(&app).await, ["Portico: enrol a new second factor"]);
}

#[tokio::test]
async fn administrators_hear_of_a_request() {
    let (app, _) = with_factor().await;
    app.mail().await;
    let browser = at_the_factor(&app).await;
    let body = json!({"reason": "Lost"});
    browser.post("/auth/sign-in/second-factor/help", &body).await;
    let mail = app.mail().await;
    assert!(mail.iter().any(|mail| mail.to == "admin@portico.example"));
}

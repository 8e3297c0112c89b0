//! Signing in with a passkey and nothing else.

use portico_backend::domain::rules::SignInRules;
use portico_backend::domain::site::Site;
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::config::AppConfig;
use serde_json::{Value, json};

use super::super::support::{TRANSACTION, TestApp};
use super::{ANNA, Authenticator, enrol, enter, newest, question, sign_in, with_passkey};

#[tokio::test]
async fn it_takes_no_name_no_password_and_no_second_factor() {
    let (app, _, mut passkey) = with_passkey().await;
    let mut browser = app.anon();
    let reply = sign_in(&browser, &mut passkey).await;
    assert_eq!(reply.json()["step"], "done", "{}", reply.text());
    assert!(reply.refresh_cookie().is_some());
    browser.keep(&reply);
    let me = browser.get("/me").await.json();
    assert_eq!(me["user"]["email"], ANNA);
    let sessions = browser.get("/me/sessions").await.json();
    let sessions = sessions
        .as_array()
        .or_else(|| sessions["items"].as_array())
        .unwrap()
        .clone();
    let current = sessions.iter().find(|it| it["current"] == true).unwrap();
    assert_eq!(current["method"], json!(["passkey"]));
    let (outcome, detail) = newest(&app, "sign_in").await;
    assert_eq!(
        (outcome.as_str(), &detail["method"]),
        ("accepted", &json!("passkey"))
    );
}

#[tokio::test]
async fn what_is_asked_names_nobody() {
    let (app, ..) = with_passkey().await;
    let asked = question(&app.anon(), "/auth/sign-in/passkey/begin").await;
    assert_eq!(asked["allowed"], json!([]));
    assert_eq!(asked["domain"], "portico.example");
    let challenge = asked["challenge"].as_str().unwrap();
    assert!(challenge.len() >= 22, "16 random bytes at least: {challenge}");
    let names: Vec<_> = asked.as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        names,
        ["allowed", "ceremony", "challenge", "domain", "expires_in"]
    );
}

#[tokio::test]
async fn it_is_the_way_round_what_strangers_did_with_the_password() {
    let (app, _, mut passkey) = with_passkey().await;
    for _ in 0..20 {
        app.clock.advance(60_000);
        app.anon().sign_in(ANNA, "not this one").await;
    }
    let locked = app.anon().sign_in(ANNA, DEMO_PASSWORD).await;
    assert_eq!(locked.status, 429, "{}", locked.text());
    let reply = sign_in(&app.anon(), &mut passkey).await;
    assert_eq!(reply.json()["step"], "done", "{}", reply.text());
}

#[tokio::test]
async fn a_password_in_the_wrong_hands_is_chosen_anew_all_the_same() {
    let (app, _, mut passkey) = with_passkey().await;
    app.execute("UPDATE users SET password_compromised = TRUE WHERE employee_number = 'EMP1003'")
        .await;
    let reply = sign_in(&app.anon(), &mut passkey).await;
    assert_eq!(reply.json()["step"], "change_password", "{}", reply.text());
    assert!(reply.cookie(TRANSACTION).is_some());
    assert!(reply.refresh_cookie().is_none());
}

#[tokio::test]
async fn who_may_not_sign_in_may_not_with_a_passkey() {
    let (app, _, mut passkey) = with_passkey().await;
    app.execute("UPDATE users SET active = FALSE WHERE employee_number = 'EMP1003'")
        .await;
    let reply = sign_in(&app.anon(), &mut passkey).await;
    reply.refused(401, "invalid_credentials");
    assert!(reply.refresh_cookie().is_none());

    let elsewhere = app
        .another_with(|settings| {
            settings.rules = SignInRules {
                networks: vec!["198.51.100.0/24".parse().unwrap()],
                ..SignInRules::default()
            };
        })
        .await;
    let mut browser = app.anon();
    browser.router = std::sync::Arc::new(elsewhere).router();
    sign_in(&browser, &mut passkey)
        .await
        .refused(403, "outside_network");
}

#[tokio::test]
async fn what_nobody_has_is_unknown() {
    let (app, ..) = with_passkey().await;
    let mut stranger = Authenticator::new(9);
    stranger.handle = Some("AAAA".to_owned());
    sign_in(&app.anon(), &mut stranger)
        .await
        .refused(401, "unknown_passkey");
    let (outcome, detail) = newest(&app, "sign_in").await;
    assert_eq!(
        (outcome.as_str(), &detail["reason"]),
        ("refused", &json!("unknown_passkey"))
    );
}

#[tokio::test]
async fn what_was_removed_is_unknown() {
    let (app, anna, mut passkey) = with_passkey().await;
    let state = anna.get("/me/second-factor").await.json();
    let path = format!(
        "/me/second-factor/{}",
        state["factors"][0]["id"].as_str().unwrap()
    );
    let removed = anna
        .write(axum::http::Method::DELETE, &path, &[], String::new())
        .await;
    assert_eq!(removed.status, 200, "{}", removed.text());
    assert_eq!(removed.json()["passkeys"]["credentials"], json!([]));
    assert_eq!(newest(&app, "factor_removed").await.1, json!({"kind": "passkey"}));
    sign_in(&app.anon(), &mut passkey)
        .await
        .refused(401, "unknown_passkey");
}

#[tokio::test]
async fn it_ends_the_session_and_the_sign_in_the_browser_held() {
    let (app, anna, mut passkey) = with_passkey().await;
    let mut browser = app.anon();
    let waiting = browser.sign_in(ANNA, DEMO_PASSWORD).await;
    assert_eq!(waiting.json()["step"], "second_factor");
    browser.keep(&waiting);
    browser.cookie.clone_from(&anna.cookie);
    let reply = sign_in(&browser, &mut passkey).await;
    assert_eq!(reply.json()["step"], "done", "{}", reply.text());
    assert!(reply.expires(TRANSACTION));
    assert_eq!(app.counts(&["sign_in_transactions"]).await, [0]);
    assert_eq!(anna.get("/me").await.status, 401, "the session before is over");
}

#[tokio::test]
async fn a_site_without_a_name_has_none_and_lets_nobody_in_for_that() {
    let (app, _, mut passkey) = with_passkey().await;
    let nameless = app
        .another_with(|settings| {
            settings.site = Site::new("https://192.0.2.7", &AppConfig::default()).unwrap();
        })
        .await;
    let mut browser = app.anon();
    browser.router = std::sync::Arc::new(nameless).router();
    let policy = browser.get("/auth/policy").await.json();
    assert_eq!(
        (&policy["methods"], &policy["factors"]),
        (&json!(["password"]), &json!(["totp"]))
    );
    let begun = browser.post("/auth/sign-in/passkey/begin", &json!({})).await;
    begun.refused(404, "not_found");
    // Who has a passkey, and now cannot show it, is still asked for a second factor.
    let reply = browser.sign_in(ANNA, DEMO_PASSWORD).await;
    assert_eq!(reply.json()["step"], "second_factor", "{}", reply.text());
    let asked = question(&app.anon(), "/auth/sign-in/passkey/begin").await;
    let answered = enter(&browser, &passkey.answer(&asked)).await;
    assert_eq!(answered.status, 404, "{}", answered.text());
}

#[tokio::test]
async fn the_policy_says_that_it_is_possible() {
    let app = TestApp::new().await;
    let policy: Value = app.anon().get("/auth/policy").await.json();
    assert_eq!(policy["methods"], json!(["password", "passkey"]));
    assert_eq!(policy["factors"], json!(["passkey", "totp"]));
    let anna = app.as_user(ANNA).await;
    let enrolled = enrol(&anna, &mut Authenticator::new(1)).await;
    assert_eq!(enrolled["recovery_codes"].as_array().unwrap().len(), 10);
}

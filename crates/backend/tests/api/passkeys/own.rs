//! One's own passkeys.

use serde_json::json;

use super::super::support::TestApp;
use super::{ANNA, Authenticator, enrol, newest, question, refused, sign_in, with_passkey};

#[tokio::test]
async fn they_are_named_and_say_when_they_were_used() {
    let (app, anna, mut passkey) = with_passkey().await;
    let state = anna.get("/me/second-factor").await.json();
    let factor = &state["factors"][0];
    assert_eq!(
        (&factor["kind"], &factor["name"]),
        (&json!("passkey"), &json!("Laptop"))
    );
    assert_eq!(state["recovery_codes_left"], 10);
    assert_eq!(state["passkeys"]["domain"], "portico.example");
    assert_eq!(state["passkeys"]["credentials"], json!([passkey.credential]));
    assert_eq!(state["passkeys"]["handle"].as_str(), passkey.handle.as_deref());
    let detail = json!({"kind": "passkey", "recovery_codes": true});
    assert_eq!(
        newest(&app, "factor_added").await,
        ("accepted".to_owned(), detail)
    );

    app.clock.advance(3_600_000);
    let mut browser = app.anon();
    let reply = sign_in(&browser, &mut passkey).await;
    browser.keep(&reply);
    let later = browser.get("/me/second-factor").await.json();
    assert_ne!(later["factors"][0]["last_used_at"], factor["last_used_at"]);
    assert_eq!(later["factors"][0]["enrolled_at"], factor["enrolled_at"]);
}

#[tokio::test]
async fn the_owner_is_told_of_another_one() {
    let app = TestApp::new().await;
    let anna = app.as_user(ANNA).await;
    app.all_mail().await;
    enrol(&anna, &mut Authenticator::new(1)).await;
    let mail = app.all_mail().await;
    let told: Vec<_> = mail.iter().filter(|it| it.to == ANNA).collect();
    assert_eq!(
        told.len(),
        1,
        "{:?}",
        mail.iter().map(|it| &it.subject).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn there_are_ten_at_most_and_apps_beside_them() {
    let (_app, anna, _) = with_passkey().await;
    for seed in 2..=10 {
        enrol(&anna, &mut Authenticator::new(seed)).await;
    }
    let asked = anna.post("/me/second-factor/passkey", &json!({})).await;
    asked.refused(409, "conflict");
    let another_kind = anna.post("/me/second-factor/totp", &json!({})).await;
    assert_eq!(another_kind.status, 200, "{}", another_kind.text());
}

#[tokio::test]
async fn an_authenticator_that_has_one_is_told_so() {
    let (_app, anna, passkey) = with_passkey().await;
    let asked = question(&anna, "/me/second-factor/passkey").await;
    assert_eq!(asked["excluded"], json!([passkey.credential]));
    assert_eq!(asked["domain"], "portico.example");
    assert_eq!(asked["user"]["name"], ANNA);
}

#[tokio::test]
async fn keys_are_of_algorithms_that_are_approved() {
    let (_app, anna, _) = with_passkey().await;
    let asked = question(&anna, "/me/second-factor/passkey").await;
    // ECDSA on P-256 and on P-384, and RSASSA-PKCS1-v1_5 with SHA-256 (COSE).
    assert_eq!(asked["algorithms"], json!([-7, -35, -257]));
}

#[tokio::test]
async fn one_passkey_belongs_to_one_account() {
    let (app, _, passkey) = with_passkey().await;
    let other = app.as_user("sales2@portico.example").await;
    let asked = question(&other, "/me/second-factor/passkey").await;
    let made = passkey.clone().make(&asked, None);
    refused(
        &other.post("/me/second-factor/passkey/confirm", &made).await,
        "taken",
    );
}

#[tokio::test]
async fn what_was_made_for_another_place_or_without_its_owner_is_none() {
    let app = TestApp::new().await;
    let anna = app.as_user(ANNA).await;
    let changes: [fn(&mut Authenticator); 3] = [
        |it| it.origin = "https://portico.example.evil.example".to_owned(),
        |it| it.domain = "evil.example".to_owned(),
        |it| it.verifies = false,
    ];
    for (seed, change) in (1..).zip(changes) {
        let mut authenticator = Authenticator::new(seed);
        change(&mut authenticator);
        let asked = question(&anna, "/me/second-factor/passkey").await;
        let made = authenticator.make(&asked, None);
        refused(
            &anna.post("/me/second-factor/passkey/confirm", &made).await,
            "incorrect",
        );
    }
    assert_eq!(app.counts(&["factors", "recovery_codes"]).await, [0, 0]);
}

#[tokio::test]
async fn what_was_begun_is_finished_once_in_the_same_session_and_in_time() {
    let app = TestApp::new().await;
    let (anna, elsewhere) = (app.as_user(ANNA).await, app.as_user(ANNA).await);
    let asked = question(&anna, "/me/second-factor/passkey").await;
    let made = Authenticator::new(1).make(&asked, None);
    let confirm = "/me/second-factor/passkey/confirm";
    elsewhere.post(confirm, &made).await.refused(404, "not_found");
    assert_eq!(anna.post(confirm, &made).await.status, 200);
    anna.post(confirm, &made).await.refused(404, "not_found");

    let asked = question(&anna, "/me/second-factor/passkey").await;
    let made = Authenticator::new(2).make(&asked, None);
    app.clock.advance(10 * 60_000);
    let again = app.as_user("sales2@portico.example").await;
    again.post(confirm, &made).await.refused(404, "not_found");
}

//! One's own factors, from within a session.

use axum::http::Method;
use portico_backend::domain::rules::SecondFactorRule;
use portico_backend::domain::second_factor::seal::SealKeys;
use portico_contract::user::Role;
use serde_json::json;

use super::super::support::{Client, Reply, TestApp};
use super::{ANNA, at_the_factor, enrol, incorrect, noted, show, texts, with_factor};

async fn remove(client: &Client, id: &str) -> Reply {
    let path = format!("/me/second-factor/{id}");
    client.write(Method::DELETE, &path, &[], String::new()).await
}

#[tokio::test]
async fn a_person_sees_names_and_removes_what_they_have() {
    let app = TestApp::new().await;
    let anna = app.as_user(ANNA).await;
    let nothing = anna.get("/me/second-factor").await.json();
    assert_eq!(
        nothing,
        json!({
            "factors": [],
            "recovery_codes_left": 0,
            "required": false,
            "kinds": ["passkey", "totp"],
            "passkeys": nothing["passkeys"],
        })
    );
    let enrolled = enrol(&app, &anna).await;
    let state = anna.get("/me/second-factor").await.json();
    let factor = &state["factors"][0];
    assert_eq!(
        (&factor["kind"], &factor["name"]),
        (&json!("totp"), &json!("Telephone"))
    );
    assert_eq!(state["recovery_codes_left"], 10);
    let path = format!("/me/second-factor/{}", enrolled.id);
    let renamed = anna
        .patch(&path, &json!({"name": " Work telephone "}))
        .await
        .json();
    assert_eq!(renamed["factors"][0]["name"], "Work telephone");
    for bad in ["", " ", &"x".repeat(61), "a\nb"] {
        anna.patch(&path, &json!({"name": bad}))
            .await
            .refused(422, "validation");
    }
    let gone = remove(&anna, &enrolled.id).await.json();
    assert_eq!(gone["factors"], json!([]));
    assert_eq!(gone["recovery_codes_left"], 0, "they stood in for it");
    remove(&anna, &enrolled.id).await.refused(404, "not_found");
    assert_eq!(noted(&app, "factor_removed").await.len(), 1);
    let again = app
        .anon()
        .sign_in(ANNA, portico_backend::store::DEMO_PASSWORD)
        .await;
    assert_eq!(again.json()["step"], "done");
}

#[tokio::test]
async fn the_last_one_stays_where_it_is_required() {
    let app = TestApp::new().await;
    let anna = app.as_user(ANNA).await;
    let first = enrol(&app, &anna).await;
    let second = enrol(&app, &anna).await;
    let strict = app
        .another_with(|settings| settings.rules.second_factor = SecondFactorRule::Required)
        .await;
    let mut anna = anna;
    anna.router = std::sync::Arc::new(strict).router();
    assert_eq!(anna.get("/me/second-factor").await.json()["required"], true);
    assert_eq!(remove(&anna, &first.id).await.status, 200);
    remove(&anna, &second.id).await.refused(409, "last_factor");
    assert_eq!(app.counts(&["factors"]).await, [1]);
}

#[tokio::test]
async fn two_last_ones_removed_at_once_leave_one() {
    let app = TestApp::with(|settings| {
        settings.rules.second_factor = SecondFactorRule::Roles(vec![Role::Sales]);
    })
    .await;
    app.execute("UPDATE users SET role = 'service' WHERE email = 'sales@portico.example'")
        .await;
    let anna = app.as_user(ANNA).await;
    let (first, second) = (enrol(&app, &anna).await, enrol(&app, &anna).await);
    app.execute("UPDATE users SET role = 'sales' WHERE email = 'sales@portico.example'")
        .await;
    let (one, other) = tokio::join!(remove(&anna, &first.id), remove(&anna, &second.id));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[tokio::test]
async fn other_people_have_other_factors() {
    let (app, anna) = with_factor().await;
    let service = app.as_user("service@portico.example").await;
    remove(&service, &anna.id).await.refused(404, "not_found");
    let path = format!("/me/second-factor/{}", anna.id);
    service
        .patch(&path, &json!({"name": "mine"}))
        .await
        .refused(404, "not_found");
    assert_eq!(
        service.get("/me/second-factor").await.json()["factors"],
        json!([])
    );
}

#[tokio::test]
async fn new_recovery_codes_kill_the_old_ones() {
    let app = TestApp::new().await;
    let client = app.as_user(ANNA).await;
    let path = "/me/second-factor/recovery-codes";
    client.post(path, &json!({})).await.refused(409, "conflict");
    let anna = enrol(&app, &client).await;
    let new = texts(&client.post(path, &json!({})).await.json());
    assert_eq!(new.len(), 10);
    let browser = at_the_factor(&app).await;
    incorrect(&show(&browser, "recovery_code", &anna.recovery_codes[0]).await);
    assert_eq!(
        show(&browser, "recovery_code", &new[9]).await.json()["step"],
        "done"
    );
    assert_eq!(noted(&app, "recovery_codes_renewed").await.len(), 1);
}

#[tokio::test]
async fn a_person_has_at_most_ten() {
    let app = TestApp::new().await;
    let anna = app.as_user(ANNA).await;
    for _ in 0..9 {
        enrol(&app, &anna).await;
    }
    let tenth = anna.post("/me/second-factor/totp", &json!({})).await;
    assert_eq!(tenth.status, 200);
    app.execute("UPDATE factors SET confirmed_at = 1 WHERE confirmed_at IS NULL")
        .await;
    anna.post("/me/second-factor/totp", &json!({}))
        .await
        .refused(409, "conflict");
}

#[tokio::test]
async fn secrets_move_to_a_new_key() {
    let (app, anna) = with_factor().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys");
    std::fs::write(&file, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n").unwrap();
    let before = app.rows("factors").await;
    // An operator who names a file has the key of the database in it no more; what lies under that opens still.
    let moved = app
        .another_with(|settings| settings.seal_keys = Some(SealKeys::read(&file).unwrap()))
        .await;
    moved.purge().await.unwrap();
    assert_ne!(app.rows("factors").await, before);
    let mut browser = at_the_factor(&app).await;
    browser.router = std::sync::Arc::new(moved).router();
    let done = show(&browser, "totp", &anna.app.code(&app)).await;
    assert_eq!(done.json()["step"], "done", "{}", done.text());
}

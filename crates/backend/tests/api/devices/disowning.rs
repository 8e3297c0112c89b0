//! What else ends with the session that is disowned, and sessions that were long over.

use portico_backend::domain::clock::{DAY, MINUTE};
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::{Value, json};

use super::super::support::TestApp;
use super::{FIREFOX, FRESH, HOSTILE, NOBODYS, SALES, browser, items, other_session};

#[tokio::test]
async fn a_sign_in_that_waits_is_over_with_the_session_that_is_disowned() {
    let app = TestApp::new().await;
    let _thief = browser(&app, HOSTILE, "198.51.100.7").await;
    let here = browser(&app, FIREFOX, "192.0.2.1").await;
    app.execute("UPDATE users SET password_compromised = TRUE WHERE employee_number = 'EMP1003'")
        .await;
    let mut waiting = app.anon();
    let reply = waiting.sign_in(SALES, DEMO_PASSWORD).await;
    assert_eq!(reply.json()["step"], "change_password");
    waiting.keep(&reply);
    let id = other_session(&here).await;
    let disowned = here.post(&format!("/me/sessions/{id}/disown"), &json!({})).await;
    assert_eq!(disowned.status, 200);
    waiting
        .set_new_password(FRESH)
        .await
        .refused(401, "sign_in_expired");
}

#[tokio::test]
async fn a_session_that_is_long_over_is_disowned_by_its_sign_in() {
    let app = TestApp::new().await;
    let thief = browser(&app, HOSTILE, "198.51.100.7").await;
    app.clock.advance(MINUTE);
    app.anon().sign_in(SALES, "wrong").await;
    assert_eq!(thief.post("/auth/sign-out", &json!({})).await.status, 204);
    app.clock.advance(3 * DAY);
    app.app.purge().await.unwrap();
    assert_eq!(app.number("SELECT COUNT(*) FROM sessions").await, 0);
    let here = browser(&app, FIREFOX, "192.0.2.1").await;
    let bystander = app.as_role(Role::Manager).await;
    let entries = items(&here, "/me/sign-ins").await;
    let find = |outcome: &str, session: &Value| {
        let found = entries.iter().find(|row| {
            (&row["event"], &row["outcome"], &row["session"]) == (&json!("sign_in"), &json!(outcome), session)
        });
        found.unwrap()["id"].as_str().unwrap().to_owned()
    };
    let path = |id: &str| format!("/me/sign-ins/{id}/disown");
    let over = find("accepted", &json!("over"));
    for (client, id, status, code) in [
        (&here, find("accepted", &json!("this")).as_str(), 409, "conflict"),
        (&here, find("refused", &Value::Null).as_str(), 404, "not_found"),
        (&here, NOBODYS, 404, "not_found"),
        (&bystander, over.as_str(), 404, "not_found"),
        (&app.anon(), over.as_str(), 401, "unauthenticated"),
    ] {
        client.post(&path(id), &json!({})).await.refused(status, code);
    }
    let answer = here.post(&path(&over), &json!({})).await.json();
    assert_eq!(answer["new_password"], true);
    assert_eq!(answer["sessions_ended"], 0);
    let events: Vec<_> = answer["acts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|act| act["event"].clone())
        .collect();
    assert_eq!(events, [json!("sign_in"), json!("sign_out")]);
    assert_eq!(here.get("/me").await.status, 200);
}

//! How long sessions last: without activity, in any case, and when they are kept on purpose.

use portico_backend::domain::clock::{DAY, HOUR, MINUTE, SECOND};
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::json;

use super::support::TestApp;

#[tokio::test]
async fn neither_refreshing_nor_asking_for_data_is_activity() {
    let app = TestApp::new().await;
    let mut client = app.as_role(Role::Sales).await;
    for _ in 0..5 {
        app.clock.advance(5 * MINUTE);
        let reply = client.refresh().await;
        assert_eq!(reply.status, 200);
        client.keep(&reply);
        assert_eq!(client.get("/customers").await.status, 200);
        assert_eq!(client.get("/me").await.status, 200);
    }
    app.clock.advance(5 * MINUTE - 1);
    let reply = client.refresh().await;
    client.keep(&reply);
    app.clock.advance(1);
    client.get("/me").await.refused(401, "unauthenticated");
    client.refresh().await.refused(401, "session_ended");
}

#[tokio::test]
async fn activity_moves_the_end_and_says_where_to() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let before = client.get("/me").await.json()["session"].clone();
    assert_eq!(
        (&before["idle_expires_in"], &before["expires_in"]),
        (&json!(1800), &json!(43_200))
    );
    app.clock.advance(4 * MINUTE);
    assert_eq!(client.get("/me").await.json()["session"]["idle_expires_in"], 1560);
    let reply = client.post("/auth/activity", &json!({})).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let after = reply.json();
    assert_eq!(
        (&after["idle_expires_in"], &after["expires_in"]),
        (&json!(1800), &json!(42_960))
    );
    assert_eq!(
        (&after["id"], &after["expires_at"]),
        (&before["id"], &before["expires_at"])
    );
    assert_eq!(client.get("/me").await.json()["session"], after);
    app.clock.advance(9 * SECOND);
    let second_tab = client.post("/auth/activity", &json!({})).await.json();
    assert_eq!(second_tab["idle_expires_in"], 1791, "it writes nothing");
}

#[tokio::test]
async fn the_absolute_end_is_never_moved() {
    let app = TestApp::new().await;
    let mut client = app.as_role(Role::Sales).await;
    let expected = client.get("/me").await.json()["session"]["expires_at"].clone();
    for _ in 0..(12 * 60 / 20 - 1) {
        app.clock.advance(20 * MINUTE);
        let reply = client.refresh().await;
        assert_eq!(reply.json()["me"]["session"]["expires_at"], expected);
        client.keep(&reply);
        assert_eq!(client.post("/auth/activity", &json!({})).await.status, 200);
    }
    let session = client.get("/me").await.json()["session"].clone();
    assert_eq!(
        session["idle_expires_in"], session["expires_in"],
        "no later than the end"
    );
    app.clock.advance(20 * MINUTE);
    client.refresh().await.refused(401, "session_ended");
}

#[tokio::test]
async fn the_limits_are_those_of_the_settings_and_the_policy_says_them() {
    let app = TestApp::with(|settings| {
        settings.rules.idle = 5 * MINUTE;
        settings.rules.absolute = HOUR;
    })
    .await;
    let policy = app.anon().get("/auth/policy").await.json();
    assert_eq!(
        (&policy["idle_seconds"], &policy["absolute_seconds"]),
        (&json!(300), &json!(3600))
    );
    let client = app.as_role(Role::Sales).await;
    app.clock.advance(5 * MINUTE - 1);
    client.clone().refresh().await.json();
    app.clock.advance(1);
    client.refresh().await.refused(401, "session_ended");
}

#[tokio::test]
async fn a_session_is_kept_only_where_that_is_offered() {
    let body = json!({"identifier": "EMP1003", "password": DEMO_PASSWORD, "remember": true});
    let app = TestApp::new().await;
    assert!(
        app.anon()
            .get("/auth/policy")
            .await
            .json()
            .get("remember_days")
            .is_none()
    );
    let reply = app.anon().post("/auth/sign-in", &body).await;
    assert_eq!(reply.json()["me"]["session"]["remembered"], false);
    assert!(
        !reply
            .set_cookie("__Host-Http-portico_rt")
            .unwrap()
            .contains("Max-Age")
    );

    let app = TestApp::with(|settings| settings.rules.remember_days = Some(30)).await;
    assert_eq!(app.anon().get("/auth/policy").await.json()["remember_days"], 30);
    let mut client = app.anon();
    let reply = client.post("/auth/sign-in", &body).await;
    let cookie = reply.set_cookie("__Host-Http-portico_rt").unwrap();
    assert!(cookie.ends_with("; SameSite=Strict; Max-Age=2592000"), "{cookie}");
    client.keep(&reply);
    app.clock.advance(20 * DAY);
    let reply = client.refresh().await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.json()["me"]["session"]["remembered"], true);
    let cookie = reply.set_cookie("__Host-Http-portico_rt").unwrap();
    assert!(cookie.ends_with("; Max-Age=864000"), "{cookie}");
    client.keep(&reply);
    app.clock.advance(10 * DAY);
    client.refresh().await.refused(401, "session_ended");

    let mut plain = app.anon();
    plain.keep(&plain.sign_in("EMP1003", DEMO_PASSWORD).await);
    assert_eq!(plain.get("/me").await.json()["session"]["remembered"], false);
    app.clock.advance(30 * MINUTE);
    plain.refresh().await.refused(401, "session_ended");
}

#[tokio::test]
async fn signing_in_over_another_persons_session_starts_a_clean_one() {
    let app = TestApp::new().await;
    let first = app.as_role(Role::Manager).await;
    let reply = first.sign_in("EMP1003", DEMO_PASSWORD).await;
    assert_eq!(reply.json()["me"]["user"]["employee_number"], "EMP1003");
    assert_ne!(reply.refresh_cookie(), first.cookie);
    first.get("/me").await.refused(401, "unauthenticated");
    first.refresh().await.refused(401, "session_ended");
}

#[tokio::test]
async fn a_wrong_password_does_not_end_the_session_the_browser_has() {
    let app = TestApp::new().await;
    let first = app.as_role(Role::Manager).await;
    first
        .sign_in("EMP1003", "wrong")
        .await
        .refused(401, "invalid_credentials");
    assert_eq!(first.get("/me").await.status, 200);
}

//! The browsers a person is known with.

use portico_backend::domain::clock::{DAY, MINUTE};
use portico_contract::user::Role;
use serde_json::json;

use super::super::support::TestApp;
use super::{FIREFOX, HOSTILE, NOBODYS, SALES, browser, delete, items, sign_in_again};

#[tokio::test]
async fn known_browsers_are_listed_and_forgotten_with_what_was_counted_in_them() {
    let app = TestApp::new().await;
    let mut first = browser(&app, HOSTILE, "198.51.100.7").await;
    app.clock.advance(MINUTE);
    let here = browser(&app, FIREFOX, "192.0.2.1").await;
    app.clock.advance(MINUTE);
    // Another name of the same browser, from elsewhere.
    first.peer = "203.0.113.9".parse().unwrap();
    sign_in_again(&mut first, FIREFOX).await;
    app.execute(&format!(
        "UPDATE known_devices SET trusted_until = {}",
        super::super::support::START + DAY
    ))
    .await;
    let newest = items(&here, "/me/sign-ins?limit=1").await;
    assert_eq!(newest[0]["new_browser"], false, "it is known");
    let browsers = items(&here, "/me/devices").await;
    assert_eq!(browsers.len(), 2);
    assert_eq!(browsers[0]["current"], false, "the one used last comes first");
    assert_eq!(
        (&browsers[0]["device"], &browsers[0]["address"]),
        (&json!("Firefox, Linux"), &json!("203.0.113.9"))
    );
    assert_eq!(browsers[0]["first_seen_at"], "2026-11-23T10:00:00Z");
    assert_eq!(browsers[0]["last_seen_at"], "2026-11-23T10:02:00Z");
    assert_eq!(browsers[0]["trusted_until"], "2026-11-24T10:00:00Z");
    assert_eq!(browsers[1]["current"], true);
    let (id, own) = (
        browsers[0]["id"].as_str().unwrap().to_owned(),
        browsers[1]["id"].as_str().unwrap().to_owned(),
    );
    for _ in 0..2 {
        first
            .sign_in(SALES, "wrong")
            .await
            .refused(401, "invalid_credentials");
    }
    let counters = "SELECT COUNT(*) FROM throttles WHERE key LIKE 'device:%'";
    assert_eq!(app.number(counters).await, 1);

    let path = |id: &str| format!("/me/devices/{id}");
    let stranger = app.as_role(Role::Manager).await;
    delete(&stranger, &path(&id)).await.refused(404, "not_found");
    delete(&here, &path(NOBODYS)).await.refused(404, "not_found");
    delete(&app.anon(), &path(&id))
        .await
        .refused(401, "unauthenticated");
    app.anon()
        .get("/me/devices")
        .await
        .refused(401, "unauthenticated");
    assert_eq!(items(&here, "/me/devices").await.len(), 2);

    app.all_mail().await;
    assert_eq!(delete(&here, &path(&id)).await.status, 204);
    assert_eq!(app.number(counters).await, 0);
    assert_eq!(first.get("/me").await.status, 200, "its session goes on");
    delete(&here, &path(&id)).await.refused(404, "not_found");
    sign_in_again(&mut first, FIREFOX).await;
    let subjects: Vec<_> = app
        .all_mail()
        .await
        .into_iter()
        .map(|mail| mail.subject)
        .collect();
    assert_eq!(subjects, ["Portico: sign-in on a new device"]);
    assert_eq!(delete(&here, &path(&own)).await.status, 204, "also this one");
    app.clock.advance(DAY);
    let audited = app.audited("browser_forgotten").await;
    assert_eq!(audited.len(), 2);
    assert_eq!(audited[0]["actor_id"], audited[0]["subject_id"]);
}

#[tokio::test]
async fn trust_that_is_over_is_not_told() {
    let app = TestApp::new().await;
    let here = browser(&app, FIREFOX, "192.0.2.1").await;
    app.execute(&format!(
        "UPDATE known_devices SET trusted_until = {}",
        super::super::support::START + MINUTE
    ))
    .await;
    assert!(
        items(&here, "/me/devices").await[0]
            .get("trusted_until")
            .is_some()
    );
    app.clock.advance(MINUTE);
    assert!(
        items(&here, "/me/devices").await[0]
            .get("trusted_until")
            .is_none()
    );
}

#[tokio::test]
async fn an_older_installation_keeps_the_browsers_it_knows() {
    let app = TestApp::new().await;
    let mut client = browser(&app, FIREFOX, "192.0.2.1").await;
    for sql in [
        "DROP INDEX audit_events_by_session",
        "ALTER TABLE sessions DROP COLUMN user_agent",
        "ALTER TABLE sessions DROP COLUMN address",
        "CREATE TABLE older AS SELECT token_hash, user_id, created_at, last_seen_at, trusted_until FROM known_devices",
        "DROP TABLE known_devices",
        "ALTER TABLE older RENAME TO known_devices",
        "DELETE FROM seaql_migrations WHERE version = 'm0012_devices'",
    ] {
        app.execute(sql).await;
    }
    app.migrate().await;
    let browsers = items(&client, "/me/devices").await;
    assert_eq!(browsers.len(), 1);
    assert_eq!(
        (&browsers[0]["current"], &browsers[0]["device"]),
        (&json!(true), &json!(""))
    );
    app.all_mail().await;
    sign_in_again(&mut client, FIREFOX).await;
    assert!(app.all_mail().await.is_empty(), "it is known");
    let id = browsers[0]["id"].as_str().unwrap();
    assert_eq!(delete(&client, &format!("/me/devices/{id}")).await.status, 204);
}

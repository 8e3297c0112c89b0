//! What ends a row of failures, and what does not.

use portico_backend::domain::clock::MINUTE;
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::json;

use super::super::support::TestApp;
use super::{KNOWN, RECOVERED, WRONG, nearly_closed, recover};

#[tokio::test]
async fn a_success_forgets_the_failures_before_it() {
    let app = TestApp::new().await;
    for _ in 0..5 {
        for _ in 0..3 {
            app.anon()
                .sign_in("EMP1003", WRONG)
                .await
                .refused(401, "invalid_credentials");
        }
        assert_eq!(app.anon().sign_in("EMP1003", DEMO_PASSWORD).await.status, 200);
    }
}

#[tokio::test]
async fn a_reset_opens_the_lock_of_the_account_and_that_of_the_confirmation() {
    let app = TestApp::new().await;
    app.anon().sign_in(KNOWN, WRONG).await;
    nearly_closed(&app, "account").await;
    app.anon().sign_in("EMP1003", WRONG).await;
    let closed = app.anon().sign_in("zhang.san", DEMO_PASSWORD).await;
    closed.refused(401, "invalid_credentials");
    recover(&app, "EMP1003").await;
    for identifier in [KNOWN, "EMP1003", "zhang.san"] {
        assert_eq!(
            app.anon().sign_in(identifier, RECOVERED).await.status,
            200,
            "{identifier}"
        );
    }

    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let change =
        |current: &str, new: &str| json!({"current": current, "new": new, "end_other_sessions": false});
    client.post("/me/password", &change(WRONG, RECOVERED)).await;
    nearly_closed(&app, "confirmation").await;
    client.post("/me/password", &change(WRONG, RECOVERED)).await;
    let closed = client
        .post("/me/password", &change(DEMO_PASSWORD, RECOVERED))
        .await;
    closed.refused(429, "locked");
    assert_eq!(closed.json().get("retry_after"), None);
    recover(&app, "EMP1003").await;
    let mut client = app.anon();
    client.keep(&client.sign_in(KNOWN, RECOVERED).await);
    let changed = client
        .post("/me/password", &change(RECOVERED, "Silver-canyon-72-heron"))
        .await;
    assert_eq!(changed.status, 200, "{}", changed.text());
}

#[tokio::test]
async fn counters_that_rest_are_forgotten_but_not_what_they_closed_for_good() {
    let app = TestApp::new().await;
    app.anon().sign_in(KNOWN, WRONG).await;
    // A network has rows of any length, for nothing ends them, and they close nothing.
    app.execute("UPDATE throttles SET in_a_row = 150").await;
    app.clock.advance(31 * 24 * 60 * MINUTE);
    app.app.purge().await.unwrap();
    let left = "SELECT COUNT(*) FROM throttles";
    assert_eq!(app.number(left).await, 2);
    assert_eq!(app.number(&format!("{left} WHERE key LIKE 'network:%'")).await, 0);
    app.anon()
        .sign_in(KNOWN, DEMO_PASSWORD)
        .await
        .refused(429, "locked");
}

#[tokio::test]
async fn signing_in_ends_the_row_of_failures_under_every_name() {
    let app = TestApp::new().await;
    for identifier in ["EMP1003", "zhang.san"] {
        let reply = app.anon().sign_in(identifier, WRONG).await;
        reply.refused(401, "invalid_credentials");
    }
    let rows = "SELECT COUNT(*) FROM throttles WHERE in_a_row > 0 AND key LIKE 'identifier:%'";
    assert_eq!(app.number(rows).await, 2);
    assert_eq!(app.anon().sign_in(KNOWN, DEMO_PASSWORD).await.status, 200);
    let left = "SELECT COUNT(*) FROM throttles WHERE in_a_row > 0 AND key NOT LIKE 'network:%'";
    assert_eq!(app.number(left).await, 0);
}

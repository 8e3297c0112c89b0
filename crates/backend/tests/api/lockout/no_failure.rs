//! What counts as no failure: nobody is kept out for it.

use std::sync::Arc;

use portico_backend::domain::passwords::Passwords;
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::json;

use super::super::support::{COST, Client, TestApp};
use super::{KNOWN, UNKNOWN, WRONG};

#[tokio::test]
async fn people_who_sign_in_use_up_nothing_of_their_network() {
    let app = TestApp::new().await;
    for _ in 0..120 {
        assert_eq!(app.anon().sign_in("EMP1003", DEMO_PASSWORD).await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_people_at_once_sign_in_or_are_sent_away_for_a_moment() {
    let app = TestApp::new().await;
    let people = (0..100).map(|_| {
        let client = app.anon();
        tokio::spawn(async move { client.sign_in(KNOWN, DEMO_PASSWORD).await })
    });
    let mut signed_in = 0;
    for person in people.collect::<Vec<_>>() {
        let reply = person.await.unwrap();
        if reply.status == 200 {
            signed_in += 1;
        } else {
            assert!([429, 503].contains(&reply.status), "{}", reply.text());
            assert_ne!(reply.header("retry-after"), "");
        }
    }
    assert!(signed_in >= 1);
    assert!(app.audited("locked").await.is_empty());
    assert_eq!(app.anon().sign_in(KNOWN, DEMO_PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_try_nobody_had_the_time_to_look_at_is_no_failure() {
    let app = TestApp::new().await;
    let mut own = app.as_role(Role::Sales).await;
    let no_room = Arc::new(Passwords::new(COST, 0).unwrap());
    let busy = app.another_with(|settings| settings.passwords = no_room).await;
    let busy = Arc::new(busy).router();
    own.router = busy.clone();
    let mut known = own.clone();
    known.token = None;
    for _ in 0..15 {
        for identifier in [KNOWN, UNKNOWN] {
            let reply = Client::new(busy.clone()).sign_in(identifier, DEMO_PASSWORD).await;
            reply.refused(503, "unavailable");
        }
        known
            .sign_in(KNOWN, DEMO_PASSWORD)
            .await
            .refused(503, "unavailable");
        let change =
            json!({"current": DEMO_PASSWORD, "new": "Copper-meadow-71-otter", "end_other_sessions": false});
        own.post("/me/password", &change)
            .await
            .refused(503, "unavailable");
    }
    let counted =
        "SELECT COUNT(*) FROM throttles WHERE failures > 0 OR in_a_row > 0 OR blocked_until > last_at";
    assert_eq!(app.number(counted).await, 0);
    assert!(app.audited("locked").await.is_empty());
    // What was counted before stays counted.
    for _ in 0..3 {
        app.anon()
            .sign_in(KNOWN, WRONG)
            .await
            .refused(401, "invalid_credentials");
        let reply = Client::new(busy.clone()).sign_in(KNOWN, DEMO_PASSWORD).await;
        reply.refused(503, "unavailable");
    }
    let last = app.anon().sign_in(KNOWN, WRONG).await;
    assert_eq!(
        (&last.json()["attempts_left"], &last.json()["retry_after"]),
        (&json!(0), &json!(1))
    );
}

#[tokio::test]
async fn a_success_at_the_edge_of_the_limit_closes_no_network() {
    let app = TestApp::new().await;
    for number in 0..99 {
        app.anon()
            .sign_in(&format!("EMP{number}"), WRONG)
            .await
            .refused(401, "invalid_credentials");
    }
    for _ in 0..3 {
        let reply = app.anon().sign_in(KNOWN, DEMO_PASSWORD).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
    app.anon()
        .sign_in(KNOWN, WRONG)
        .await
        .refused(401, "invalid_credentials");
    app.anon()
        .sign_in("EMP1005", DEMO_PASSWORD)
        .await
        .refused(429, "rate_limited");
}

//! Refreshing: rotation, forgiveness, theft, and the ends of a session.

use portico_backend::domain::clock::SECOND;
use portico_contract::user::Role;
use serde_json::json;

use super::support::{Client, Reply, TestApp};

#[tokio::test]
async fn without_a_cookie_a_refresh_says_signed_out() {
    let app = TestApp::new().await;
    let reply = app.anon().refresh().await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json(), json!({"state": "signed_out"}));
    assert_eq!(reply.header("set-cookie"), "");
}

fn with_cookie(client: &Client, reply: &Reply) -> Client {
    Client {
        cookie: reply.refresh_cookie(),
        ..client.clone()
    }
}

#[tokio::test]
async fn a_refresh_rotates_and_goes_on() {
    let app = TestApp::new().await;
    let mut client = app.as_role(Role::Sales).await;
    for _ in 0..5 {
        let reply = client.refresh().await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert_eq!(reply.json()["state"], "signed_in");
        let next = with_cookie(&client, &reply);
        assert_ne!(next.cookie, client.cookie);
        client = next;
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM sessions").await, 1);
}

#[tokio::test]
async fn a_lost_reply_is_answered_again_with_the_same_successor() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let first = client.refresh().await;
    app.clock.advance(30 * SECOND);
    let again = client.refresh().await;
    assert_eq!(again.status, 200);
    assert_eq!(again.refresh_cookie(), first.refresh_cookie());
    assert_ne!(again.json()["access_token"], first.json()["access_token"]);
}

#[tokio::test]
async fn reuse_after_the_grace_ends_the_family() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let first = client.refresh().await;
    app.clock.advance(30 * SECOND + 1);
    let reused = client.refresh().await;
    reused.refused(401, "session_ended");
    assert!(reused.expires_the_cookie());
    with_cookie(&client, &first)
        .refresh()
        .await
        .refused(401, "session_ended");
    client.get("/me").await.refused(401, "unauthenticated");
    client.refresh().await.refused(401, "session_ended");
    let told = app.mail().await;
    assert_eq!(told.len(), 1, "once");
    assert_eq!(
        (told[0].to.as_str(), told[0].subject.as_str()),
        ("sales@portico.example", "Portico: a session was ended")
    );
}

#[tokio::test]
async fn reuse_after_the_successor_was_used_ends_the_family_at_once() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let first = client.refresh().await;
    let second = with_cookie(&client, &first).refresh().await;
    client.refresh().await.refused(401, "session_ended");
    with_cookie(&client, &second)
        .refresh()
        .await
        .refused(401, "session_ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn parallel_refreshes_agree_on_one_successor() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let tabs = (0..12).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.refresh().await })
    });
    let mut successors = Vec::new();
    for tab in tabs.collect::<Vec<_>>() {
        let reply = tab.await.unwrap();
        assert_eq!(reply.status, 200, "{}", reply.text());
        successors.push(reply.refresh_cookie().unwrap());
    }
    successors.dedup();
    assert_eq!(successors.len(), 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM refresh_tokens").await, 2);
}

#[tokio::test]
async fn another_session_than_the_tab_believes_is_not_rotated() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let other = json!({"sid": "01941f29-7c05-7933-9c24-929a05661736"});
    let reply = client.post("/auth/refresh", &other).await;
    reply.refused(409, "session_changed");
    assert_eq!(reply.header("set-cookie"), "");
    let own = client.get("/me").await.json()["session"]["id"].clone();
    assert_eq!(
        client.post("/auth/refresh", &json!({"sid": own})).await.status,
        200
    );
}

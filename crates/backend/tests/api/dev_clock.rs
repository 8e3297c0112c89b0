//! `/dev/clock`: moves the clock where tests asked for that, and is not there otherwise.

use std::sync::Arc;

use axum::http::{Method, Request};
use portico_backend::domain::clock::MovableClock;
use portico_contract::user::Role;
use serde_json::json;

use super::support::{Client, Reply, TestApp};

async fn advance(client: &Client, body: &str) -> Reply {
    let request = Request::builder()
        .method(Method::POST)
        .uri("/dev/clock")
        .header("content-type", "application/json");
    client.send(request.body(body.to_owned().into()).unwrap()).await
}

#[tokio::test]
async fn the_clock_moves_where_it_may() {
    let clock = Arc::new(MovableClock::default());
    let app = TestApp::with(|settings| {
        settings.clock = clock.clone();
        settings.dev_clock = Some(clock);
    })
    .await;
    let client = app.as_role(Role::Sales).await;
    assert_eq!(client.get("/me").await.status, 200);
    let reply = advance(&client, &json!({"advance_seconds": 1801}).to_string()).await;
    assert_eq!(reply.status, 200);
    client.refresh().await.refused(401, "session_ended");
    for body in [
        "{}",
        "{\"advance_seconds\": -1}",
        "{\"advance_seconds\": 4000000000}",
    ] {
        assert_eq!(advance(&client, body).await.status, 400, "{body}");
    }
}

#[tokio::test]
async fn without_the_switch_there_is_no_such_path() {
    let app = TestApp::new().await;
    let reply = advance(&app.anon(), "{\"advance_seconds\": 1}").await;
    assert!([404, 405].contains(&reply.status), "{}", reply.status);
}

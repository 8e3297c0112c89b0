//! Whether a browser keeps cookies, found out by setting one that is worth nothing.

use portico_contract::user::Role;
use serde_json::json;

use super::support::{Reply, TestApp};

const PATH: &str = "/auth/cookie-check";
const BEGUN: &str = "__Host-Http-portico_check=1; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=60";
const OVER: &str = "__Host-Http-portico_check=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0";

async fn check(app: &TestApp, cookie: Option<&str>) -> Reply {
    let headers: Vec<_> = cookie.map(|cookie| ("cookie", cookie)).into_iter().collect();
    app.anon().post_with(PATH, &headers, &json!({})).await
}

fn found(reply: &Reply) -> (u16, bool, &str) {
    let returned = reply.json()["returned"].as_bool().unwrap();
    (reply.status, returned, reply.header("set-cookie"))
}

#[tokio::test]
async fn the_first_check_sets_the_cookie_and_the_second_takes_it_away() {
    let app = TestApp::new().await;
    assert_eq!(found(&check(&app, None).await), (200, false, BEGUN));
    let sent = BEGUN.split(';').next();
    assert_eq!(found(&check(&app, sent).await), (200, true, OVER));
}

#[tokio::test]
async fn only_the_very_cookie_counts() {
    let app = TestApp::new().await;
    let long = format!("__Host-Http-portico_check={}", "1".repeat(6_000));
    for cookie in [
        "",
        "__Host-Http-portico_check",
        "__Host-Http-portico_check=",
        "__Host-Http-portico_check=2",
        "__Host-Http-portico_check=1.0",
        "x__Host-Http-portico_check=1",
        "__host-http-portico_check=1",
        "portico_check=1",
        "__Host-Http-portico_rt=1",
        "=1; =; ;;",
        &long,
    ] {
        assert_eq!(
            found(&check(&app, Some(cookie)).await),
            (200, false, BEGUN),
            "{cookie:.40}"
        );
    }
    let among_others = "a=b; theme=dark; __Host-Http-portico_check=1; __Host-Http-portico_rt=x";
    assert!(found(&check(&app, Some(among_others)).await).1);
}

#[tokio::test]
async fn it_leaves_a_session_alone() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let reply = client.post(PATH, &json!({})).await;
    assert_eq!(found(&reply), (200, false, BEGUN));
    assert_eq!(reply.refresh_cookie(), None);
    assert_eq!(client.refresh().await.status, 200, "the session goes on");
}

#[tokio::test]
async fn its_cookie_opens_nothing() {
    let app = TestApp::new().await;
    let mut client = app.anon();
    client.cookie = Some("1; __Host-Http-portico_check=1".to_owned());
    client.get("/me").await.refused(401, "unauthenticated");
    client.refresh().await.refused(401, "session_ended");
}

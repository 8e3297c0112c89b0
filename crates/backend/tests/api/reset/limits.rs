//! How often a reset can be asked for, and what it opens.

use portico_backend::domain::clock::{HOUR, MINUTE};
use portico_backend::store::DEMO_PASSWORD;
use serde_json::json;

use super::super::support::TestApp;
use super::{NEW, asked, complete, signs_in, start};

#[tokio::test]
async fn three_resets_an_hour_for_a_name_known_or_not() {
    let app = TestApp::new().await;
    for identifier in ["EMP1003", "nobody@portico.example"] {
        for _ in 0..3 {
            assert_eq!(start(&app.anon(), identifier, "mail").await.status, 200);
            app.clock.advance(20 * MINUTE - 1);
        }
        let reply = start(&app.anon(), identifier, "mail").await;
        reply.refused(429, "rate_limited");
        assert!(reply.header("retry-after").parse::<u64>().unwrap() > 0);
        let body = json!({"identifier": identifier, "reason": "x"});
        let other = app.anon().post("/auth/reset/request-admin", &body).await;
        assert_eq!(other.status, 200, "it has a counter of its own");
    }
    app.clock.advance(HOUR);
    assert_eq!(start(&app.anon(), "EMP1003", "mail").await.status, 200);
}

#[tokio::test]
async fn one_network_cannot_write_to_everybody() {
    let app = TestApp::new().await;
    let mut refused = None;
    for number in 0..100 {
        let reply = start(&app.anon(), &format!("nobody{number}"), "mail").await;
        if reply.status == 429 {
            refused = Some(number);
            break;
        }
    }
    assert_eq!(refused, Some(60));
}

#[tokio::test]
async fn a_reset_opens_what_guessing_has_closed() {
    let app = TestApp::new().await;
    for _ in 0..10 {
        app.anon().sign_in("sales@portico.example", "wrong").await;
        app.clock.advance(MINUTE);
    }
    assert!(!signs_in(&app, DEMO_PASSWORD).await);
    app.mail().await;
    let (_, mailed) = asked(&app, "EMP1003", "mail").await;
    let token = mailed[0].token("/reset-password");
    assert_eq!(
        complete(&app.anon(), Some(&token), NEW).await.json()["step"],
        "done"
    );
    assert!(signs_in(&app, NEW).await);
}

//! What happened with the account.

use portico_backend::domain::clock::{DAY, MINUTE};
use portico_backend::store::DEMO_PASSWORD;
use serde_json::json;

use super::super::support::TestApp;
use super::{FIREFOX, FRESH, HOSTILE, SALES, browser, is_dead};

#[tokio::test]
async fn the_history_is_the_persons_own_newest_first_and_page_by_page() {
    let app = TestApp::new().await;
    let old = browser(&app, FIREFOX, "192.0.2.1").await;
    app.clock.advance(90 * DAY + 1);
    is_dead(&old).await;
    app.anon().sign_in(SALES, "wrong").await;
    app.anon().sign_in("EMP1002", "wrong").await;
    app.clock.advance(MINUTE);
    let gone = browser(&app, HOSTILE, "198.51.100.7").await;
    app.clock.advance(MINUTE);
    let mut here = browser(&app, FIREFOX, "192.0.2.1").await;
    app.clock.advance(MINUTE);
    let change = json!({"current": DEMO_PASSWORD, "new": FRESH, "end_other_sessions": true});
    let changed = here.post("/me/password", &change).await;
    here.keep(&changed);
    is_dead(&gone).await;
    let page = here.get("/me/sign-ins").await.json();
    assert_eq!(page["total"], 4, "nothing that is older, and nobody else's");
    let rows: Vec<_> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let text = |name: &str| row[name].as_str().unwrap_or("-").to_owned();
            [
                text("event"),
                text("outcome"),
                text("session"),
                text("device"),
                text("reason"),
            ]
            .join(" ")
        })
        .collect();
    assert_eq!(
        rows,
        [
            "password_changed accepted this  -",
            "sign_in accepted this Firefox, Linux -",
            "sign_in accepted over Chrome, Windows -",
            "sign_in refused -  invalid_credentials",
        ]
    );
    assert_eq!(page["items"][2]["address"], "198.51.100.7");
    assert_eq!(page["items"][2]["method"], json!(["password"]));
    assert_eq!(page["items"][2]["new_browser"], true);
    assert_eq!(page["items"][3]["new_browser"], false);
    let first = here.get("/me/sign-ins?limit=3").await.json();
    let next = first["next"].as_str().unwrap();
    let second = here
        .get(&format!("/me/sign-ins?limit=3&cursor={next}"))
        .await
        .json();
    assert_eq!(second["items"][0], page["items"][3]);
    assert!(second.get("next").is_none());

    here.get("/me/sign-ins?limit=0").await.refused(422, "validation");
    here.get("/me/sign-ins?cursor=x")
        .await
        .refused(400, "invalid_cursor");
    here.get("/me/sign-ins?page=2")
        .await
        .refused(400, "malformed_request");
    app.anon()
        .get("/me/sign-ins")
        .await
        .refused(401, "unauthenticated");
}

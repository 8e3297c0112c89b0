//! The person's own account and settings.

use portico_contract::user::Role;
use serde_json::{Value, json};

use super::support::TestApp;

#[tokio::test]
async fn a_language_is_none_until_one_is_chosen() {
    let app = TestApp::new().await;
    for role in Role::ALL {
        let me = app.as_role(role).await.get("/me").await.json();
        assert_eq!(me["user"].get("locale"), None, "{role:?}");
    }
}

#[tokio::test]
async fn settings_are_kept() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Guest).await;
    let mut expected = client.get("/me").await.json();
    for (change, field, value) in [
        (json!({"locale": "zh-CN"}), "locale", "zh-CN"),
        (
            json!({"time_zone": " asia/shanghai "}),
            "time_zone",
            "Asia/Shanghai",
        ),
        (json!({"locale": "de"}), "locale", "de"),
    ] {
        let reply = client.patch("/me", &change).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        expected["user"][field] = json!(value);
        assert_eq!(reply.json(), expected);
        assert_eq!(client.get("/me").await.json(), expected);
    }
    for nothing in [json!({}), json!({"time_zone": null})] {
        assert_eq!(client.patch("/me", &nothing).await.json(), expected);
    }
    let granted = client.refresh().await.json();
    assert_eq!(granted["me"]["user"], expected["user"]);
    let other = app.as_role(Role::Admin).await.get("/me").await.json();
    assert_eq!(other["user"].get("locale"), None);
    assert_eq!(other["user"]["time_zone"], "Europe/Berlin");
}

#[tokio::test]
async fn a_language_can_be_left_to_the_browser_again() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Guest).await;
    let before = client.get("/me").await.json();
    client.patch("/me", &json!({"locale": "de"})).await;
    let reply = client.patch("/me", &json!({"locale": null})).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.json(), before);
    assert_eq!(client.get("/me").await.json()["user"].get("locale"), None);
}

#[tokio::test]
async fn today_follows_the_zone_that_was_chosen() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let due = async || {
        let today = client.get("/today").await.json();
        today["deals"]
            .as_array()
            .unwrap()
            .iter()
            .map(|deal| deal["id"].clone())
            .collect::<Vec<Value>>()
    };
    app.execute(
        "UPDATE deals SET next_step_text = NULL, next_step_due = NULL, expected_close = '2026-11-23'",
    )
    .await;
    assert!(due().await.is_empty(), "in Shanghai it is still the 23rd");
    // It is midnight there: the 24th has begun.
    client
        .patch("/me", &json!({"time_zone": "Pacific/Kiritimati"}))
        .await;
    assert!(!due().await.is_empty());
}

#[tokio::test]
async fn zones_that_do_not_exist_are_named() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let before = client.get("/me").await.json();
    for (time_zone, problem) in [
        (json!(""), json!({"field": "time_zone", "rule": "required"})),
        (json!(" "), json!({"field": "time_zone", "rule": "required"})),
        (
            json!("x".repeat(65)),
            json!({"field": "time_zone", "rule": "too_long", "limit": 64}),
        ),
        (json!("a\0b"), json!({"field": "time_zone", "rule": "malformed"})),
        (
            json!("Europe/Nowhere"),
            json!({"field": "time_zone", "rule": "not_allowed"}),
        ),
        (
            json!("../../etc/passwd"),
            json!({"field": "time_zone", "rule": "not_allowed"}),
        ),
    ] {
        // All or nothing: the language of a refused request is not kept either.
        let reply = client
            .patch("/me", &json!({"locale": "de", "time_zone": time_zone}))
            .await;
        reply.refused(422, "validation");
        assert_eq!(reply.json()["fields"], json!([problem]));
    }
    assert_eq!(client.get("/me").await.json(), before);
}

#[tokio::test]
async fn nothing_else_can_be_changed() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    for body in [
        json!({"role": "admin"}),
        json!({"locale": "de", "name": "Somebody"}),
        json!({"locale": "fr"}),
        json!({"locale": "zh-cn"}),
        json!({"time_zone": 2}),
        json!([]),
    ] {
        client.patch("/me", &body).await.refused(400, "malformed_request");
    }
    client
        .patch("/me?role=admin", &json!({}))
        .await
        .refused(400, "malformed_request");
    app.anon()
        .patch("/me", &json!({"locale": "de"}))
        .await
        .refused(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_settings_at_the_same_moment_are_both_kept() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let tries = [json!({"locale": "en"}), json!({"time_zone": "UTC"})].map(|change| {
        let client = client.clone();
        tokio::spawn(async move { client.patch("/me", &change).await.status })
    });
    for attempt in tries {
        assert_eq!(attempt.await.unwrap(), 200);
    }
    let me = client.get("/me").await.json();
    assert_eq!(
        (&me["user"]["locale"], &me["user"]["time_zone"]),
        (&json!("en"), &json!("UTC"))
    );
}

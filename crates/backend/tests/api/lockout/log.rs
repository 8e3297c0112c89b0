//! What is written about tries that were refused.

use serde_json::Value;

use super::super::support::TestApp;
use super::{KNOWN, UNKNOWN, WRONG, id_of, lock};

#[tokio::test]
async fn refused_tries_are_written_about_the_account_they_were_at() {
    let app = TestApp::new().await;
    let sales = id_of(&app, "EMP1003").await;
    for _ in 0..5 {
        app.anon().sign_in("zhang.san", WRONG).await;
        app.anon().sign_in(UNKNOWN, WRONG).await;
    }
    for event in ["sign_in", "throttled"] {
        let mut lines = app.audited(event).await;
        lines.retain(|line| line["outcome"] == "refused");
        let (known, unknown): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line["subject_id"] == sales);
        assert!(!known.is_empty(), "{event}");
        assert_eq!(known.len(), unknown.len());
        assert!(unknown.iter().all(|line| line["subject_id"] == Value::Null));
        assert!(
            lines.iter().all(|line| line["actor_id"] == Value::Null),
            "nobody has shown who they are"
        );
    }
}

#[tokio::test]
async fn refused_tries_are_written_seldom() {
    let app = TestApp::new().await;
    lock(&app, &app.anon(), KNOWN).await;
    for _ in 0..20 {
        app.anon().sign_in(KNOWN, WRONG).await.refused(429, "locked");
    }
    let tries: Vec<_> = app
        .audited("throttled")
        .await
        .iter()
        .map(|line| serde_json::from_str::<Value>(line["detail"].as_str().unwrap()).unwrap()["tries"].clone())
        .collect();
    assert_eq!(tries, [1, 2, 4, 8, 16].map(Value::from));
}

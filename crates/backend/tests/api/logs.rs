//! What the log says, and what it must not.

use portico_contract::user::Role;
use serde_json::Value;

use super::support::{TestApp, captured};

#[tokio::test]
async fn secrets_and_personal_data_never_reach_the_log() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let refused = client
        .sign_in("canary-identifier\r\nforged", "canary-password")
        .await;
    let replies = [
        client.get("/customers?q=canary-query").await,
        client.get("/customers?cursor=canary-cursor").await,
        client.get("/canary-path").await,
        client.refresh().await,
    ];
    let log = captured();
    let (token, cookie) = (client.token.unwrap(), client.cookie.unwrap());
    for secret in [
        token.as_str(),
        &cookie,
        "canary",
        "Harbour-lantern",
        "sales@portico",
        "张三",
    ] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let event = |id: &str, event: &str| -> Value {
        let found = lines
            .iter()
            .find(|line| line["span"]["request_id"] == id && line["fields"]["event"] == event);
        found.unwrap_or_else(|| panic!("no {event} of {id}"))["fields"].clone()
    };
    for reply in &replies {
        let logged = event(reply.header("x-request-id"), "request");
        assert_eq!(logged["status"], reply.status);
    }
    assert_eq!(event(replies[2].header("x-request-id"), "request")["route"], "-");
    let sign_in = event(refused.header("x-request-id"), "sign_in");
    assert_eq!(
        (&sign_in["outcome"], &sign_in["detail"]),
        (&"refused".into(), &r#"{"method":"password"}"#.into())
    );
    assert_eq!(sign_in["identifier"].as_str().unwrap().len(), 64);
}

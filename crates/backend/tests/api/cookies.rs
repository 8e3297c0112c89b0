//! Every cookie that is ever set: one of a table, with the attributes of its purpose.

use portico_backend::domain::clock::DAY;
use portico_backend::store::DEMO_PASSWORD;
use serde_json::json;

use super::support::{Reply, TestApp};

/// Name, and how far a browser takes it along. Lax only for what has to come back from another site.
const TABLE: [(&str, &str); 5] = [
    ("__Host-Http-portico_rt", "Strict"),
    ("__Host-Http-portico_tx", "Lax"),
    ("__Host-Http-portico_device", "Strict"),
    ("__Host-Http-portico_reset", "Strict"),
    ("__Host-Http-portico_check", "Strict"),
];
/// What browsers keep of a cookie at most, name and value together.
const MOST_BYTES: usize = 4096;

/// Checks the cookies of `reply` and gives their names.
fn checked(reply: &Reply) -> Vec<String> {
    let sent = reply.headers.get_all("set-cookie").iter();
    sent.map(|cookie| {
        let mut parts = cookie.to_str().unwrap().split("; ");
        let (name, value) = parts.next().unwrap().split_once('=').unwrap();
        let known = TABLE.iter().find(|(known, _)| *known == name);
        let (_, same_site) = known.unwrap_or_else(|| panic!("{name} is not in the table"));
        let mut attributes: Vec<_> = parts.collect();
        attributes.retain(|attribute| !attribute.starts_with("Max-Age="));
        let expected = ["Path=/", "Secure", "HttpOnly", &*format!("SameSite={same_site}")];
        assert_eq!(attributes, expected, "{name}");
        assert!(name.len() + value.len() < MOST_BYTES, "{name}");
        assert!(
            value.len() < 2 || !reply.text().contains(value),
            "{name} is in the body as well"
        );
        name.to_owned()
    })
    .collect()
}

#[tokio::test]
async fn every_cookie_is_one_of_the_table_and_has_its_attributes() {
    let app = TestApp::with(|settings| settings.rules.remember_days = Some(365)).await;
    let mut seen = Vec::new();
    let mut client = app.anon();
    let credentials = json!({"identifier": "EMP1003", "password": DEMO_PASSWORD, "remember": true});
    let signed_in = client.post("/auth/sign-in", &credentials).await;
    seen.extend(checked(&signed_in));
    client.keep(&signed_in);
    app.clock.advance(DAY);
    let refreshed = client.refresh().await;
    client.keep(&refreshed);
    let replies = [
        refreshed,
        client.post("/auth/cookie-check", &json!({})).await,
        client.post("/auth/sign-out", &json!({})).await,
        client.refresh().await,
    ];
    seen.extend(replies.iter().flat_map(checked));

    let mut waiting = app.anon();
    let step = waiting.sign_in("temporary@portico.example", DEMO_PASSWORD).await;
    waiting.keep(&step);
    let done = waiting.set_new_password("Copper-meadow-71-otter").await;
    seen.extend([step, done].iter().flat_map(checked));

    let mut asking = app.anon();
    let reset = json!({"identifier": "EMP1002", "channel": "mail"});
    let asked = asking.post("/auth/reset", &reset).await;
    asking.keep(&asked);
    let verified = asking
        .post("/auth/reset/verify", &json!({"code": "00000000"}))
        .await;
    seen.extend([asked, verified].iter().flat_map(checked));

    for (name, _) in TABLE {
        assert!(seen.iter().any(|seen| seen == name), "{name} was never set");
    }
}

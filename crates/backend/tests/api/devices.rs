//! Where a person is signed in, and how strangers are put out.

mod browsers;
mod disowning;
mod history;

use axum::http::Method;
use portico_backend::domain::clock::MINUTE;
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::{Value, json};

use super::support::{Client, Reply, TestApp};

const SALES: &str = "sales@portico.example";
const FRESH: &str = "Copper-meadow-72-otter";
const NOBODYS: &str = "01941f29-7c05-7933-9c24-929a00000000";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const HOSTILE: &str = "<img src=x onerror=alert(1)> Chrome/150.0 Windows https://evil.example";

/// A browser that says it is `user_agent`, signed in from `address`.
async fn browser(app: &TestApp, user_agent: &str, address: &str) -> Client {
    let mut client = app.anon();
    client.peer = address.parse().unwrap();
    sign_in_again(&mut client, user_agent).await;
    client
}

async fn sign_in_again(client: &mut Client, user_agent: &str) {
    let body = json!({"identifier": SALES, "password": DEMO_PASSWORD});
    let headers = [("user-agent", user_agent)];
    let reply = client.post_with("/auth/sign-in", &headers, &body).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    client.keep(&reply);
}

async fn delete(client: &Client, path: &str) -> Reply {
    client.write(Method::DELETE, path, &[], String::new()).await
}

async fn items(client: &Client, path: &str) -> Vec<Value> {
    let reply = client.get(path).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let json = reply.json();
    let rows = json.get("items").unwrap_or(&json);
    rows.as_array().unwrap().clone()
}

async fn other_session(client: &Client) -> String {
    let sessions = items(client, "/me/sessions").await;
    let other = sessions.iter().find(|session| session["current"] == false);
    other.unwrap()["id"].as_str().unwrap().to_owned()
}

async fn is_dead(client: &Client) {
    client.get("/me").await.refused(401, "unauthenticated");
    client.refresh().await.refused(401, "session_ended");
}

#[tokio::test]
async fn a_person_sees_where_they_are_signed_in() {
    let app = TestApp::new().await;
    let mut first = browser(&app, HOSTILE, "198.51.100.7").await;
    app.clock.advance(MINUTE);
    let here = browser(&app, FIREFOX, "2001:db8::1").await;
    app.clock.advance(MINUTE);
    assert_eq!(first.post("/auth/activity", &json!({})).await.status, 200);
    let sessions = items(&here, "/me/sessions").await;
    assert_eq!(sessions.len(), 2);
    let (this, other) = (&sessions[0], &sessions[1]);
    assert_eq!(this["current"], true, "this one comes first");
    assert_eq!(this["id"], here.get("/me").await.json()["session"]["id"]);
    assert_eq!(
        (&this["device"], &this["address"]),
        (&json!("Firefox, Linux"), &json!("2001:db8::1"))
    );
    assert_eq!(this["method"], json!(["password"]));
    assert_eq!(
        (&other["current"], &other["device"], &other["address"]),
        (&json!(false), &json!("Chrome, Windows"), &json!("198.51.100.7"))
    );
    assert_eq!(other["started_at"], "2026-11-23T10:00:00Z");
    assert_eq!(other["last_active_at"], "2026-11-23T10:02:00Z");
    // Nor is anybody else's there, nor one that ended for want of activity.
    let manager = app.as_role(Role::Manager).await;
    assert_eq!(items(&manager, "/me/sessions").await.len(), 1);
    app.clock.advance(29 * MINUTE);
    let refreshed = first.refresh().await;
    first.keep(&refreshed);
    let sessions = items(&first, "/me/sessions").await;
    assert_eq!(sessions.len(), 1, "{sessions:?}");
}

#[tokio::test]
async fn what_a_browser_says_of_itself_is_never_repeated() {
    let app = TestApp::new().await;
    let client = browser(&app, HOSTILE, "192.0.2.1").await;
    for path in ["/me/sessions", "/me/devices", "/me/sign-ins"] {
        let text = client.get(path).await.text();
        assert!(text.contains("Chrome, Windows"), "{path}: {text}");
        assert!(!text.contains("evil") && !text.contains("img"), "{path}: {text}");
    }
}

#[tokio::test]
async fn another_session_is_ended_at_once_and_only_ones_own() {
    let app = TestApp::new().await;
    let (first, here) = (
        browser(&app, HOSTILE, "198.51.100.7").await,
        browser(&app, FIREFOX, "192.0.2.1").await,
    );
    let stranger = app.as_role(Role::Manager).await;
    let (own, other) = (
        here.get("/me").await.json()["session"]["id"]
            .as_str()
            .unwrap()
            .to_owned(),
        other_session(&here).await,
    );
    let path = |id: &str| format!("/me/sessions/{id}");
    delete(&here, &path(&own)).await.refused(409, "conflict");
    delete(&stranger, &path(&other)).await.refused(404, "not_found");
    delete(&here, &path(NOBODYS)).await.refused(404, "not_found");
    delete(&here, &path("1")).await.refused(404, "not_found");
    let mut cookie_only = here.clone();
    cookie_only.token = None;
    delete(&cookie_only, &path(&other))
        .await
        .refused(401, "unauthenticated");
    assert_eq!(first.get("/me").await.status, 200);
    assert!(app.audited("sessions_ended").await.is_empty());

    assert_eq!(delete(&here, &path(&other)).await.status, 204);
    is_dead(&first).await;
    assert_eq!(here.get("/me").await.status, 200);
    delete(&here, &path(&other)).await.refused(404, "not_found");
    let audited = app.audited("sessions_ended").await;
    assert_eq!(audited.len(), 1);
    assert_eq!(audited[0]["outcome"], "accepted");
    assert_eq!(audited[0]["actor_id"], audited[0]["subject_id"]);
    assert_eq!(audited[0]["detail"], "{\"sessions\":1}");
}

#[tokio::test]
async fn all_others_are_ended_and_counted() {
    let app = TestApp::new().await;
    let forgotten = browser(&app, FIREFOX, "192.0.2.1").await;
    app.clock.advance(31 * MINUTE);
    let (first, second, here) = (
        browser(&app, FIREFOX, "192.0.2.1").await,
        browser(&app, FIREFOX, "192.0.2.1").await,
        browser(&app, FIREFOX, "192.0.2.1").await,
    );
    let stranger = app.as_role(Role::Manager).await;
    let path = "/me/sessions/end-others";
    here.post(path, &json!({"all": true}))
        .await
        .refused(400, "malformed_request");
    app.anon()
        .post(path, &json!({}))
        .await
        .refused(401, "unauthenticated");
    let reply = here.post(path, &json!({})).await;
    assert_eq!(
        reply.json(),
        json!({"sessions": 2}),
        "what was over is not counted"
    );
    for client in [&first, &second, &forgotten] {
        is_dead(client).await;
    }
    for client in [&here, &stranger] {
        assert_eq!(client.get("/me").await.status, 200);
    }
    assert_eq!(here.post(path, &json!({})).await.json(), json!({"sessions": 0}));
    let details: Vec<_> = app
        .audited("sessions_ended")
        .await
        .iter()
        .map(|line| line["detail"].clone())
        .collect();
    assert_eq!(details, ["{\"sessions\":2}", "{\"sessions\":0}"]);
}

#[tokio::test]
async fn who_disowns_a_session_puts_the_stranger_out_and_chooses_a_new_password() {
    let app = TestApp::new().await;
    let thief = browser(&app, HOSTILE, "198.51.100.7").await;
    let mut here = browser(&app, FIREFOX, "192.0.2.1").await;
    let bystander = app.as_role(Role::Manager).await;
    // What the thief does.
    app.clock.advance(MINUTE);
    thief
        .post(
            "/me/password",
            &json!({"current": "wrong", "new": FRESH, "end_other_sessions": true}),
        )
        .await
        .refused(422, "validation");
    let id = other_session(&here).await;
    let own = here.get("/me").await.json()["session"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = |id: &str| format!("/me/sessions/{id}/disown");
    for (client, id, status, code) in [
        (&here, own.as_str(), 409, "conflict"),
        (&here, NOBODYS, 404, "not_found"),
        (&bystander, id.as_str(), 404, "not_found"),
        (&app.anon(), id.as_str(), 401, "unauthenticated"),
    ] {
        client.post(&path(id), &json!({})).await.refused(status, code);
    }
    here.post(&path(&id), &json!({"why": ""}))
        .await
        .refused(400, "malformed_request");
    assert_eq!(thief.get("/me").await.status, 200, "nothing has happened yet");
    assert!(app.audited("session_disowned").await.is_empty());
    app.all_mail().await;

    app.clock.advance(MINUTE);
    let reply = here.post(&path(&id), &json!({})).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let answer = reply.json();
    assert_eq!(
        (
            &answer["sessions_ended"],
            &answer["browsers_forgotten"],
            &answer["new_password"]
        ),
        (&json!(1), &json!(1), &json!(true))
    );
    let acts: Vec<_> = answer["acts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|act| (act["event"].clone(), act["outcome"].clone(), act["at"].clone()))
        .collect();
    assert_eq!(
        acts,
        [
            (json!("sign_in"), json!("accepted"), json!("2026-11-23T10:00:00Z")),
            (
                json!("password_changed"),
                json!("refused"),
                json!("2026-11-23T10:01:00Z")
            ),
        ]
    );
    assert_eq!(answer["acts"][0]["address"], "198.51.100.7");

    // The stranger is out at once, this browser stays known, and everybody else goes on.
    is_dead(&thief).await;
    assert_eq!(here.get("/me").await.status, 200);
    assert_eq!(bystander.get("/me").await.status, 200);
    let browsers = items(&here, "/me/devices").await;
    assert_eq!(browsers.len(), 1);
    assert_eq!(browsers[0]["current"], true);
    let audited = app.audited("session_disowned").await;
    assert_eq!(audited.len(), 1);
    assert_eq!(audited[0]["actor_id"], audited[0]["subject_id"]);
    let detail: Value = serde_json::from_str(audited[0]["detail"].as_str().unwrap()).unwrap();
    assert_eq!((&detail["sessions"], &detail["browsers"]), (&json!(1), &json!(1)));
    let mail = app.all_mail().await;
    assert_eq!(mail.len(), 1);
    assert_eq!(
        (mail[0].to.as_str(), mail[0].subject.as_str()),
        ("admin@portico.example", "Portico: a sign-in was somebody else's")
    );
    assert!(mail[0].text.contains("张三 (EMP1003)"), "{}", mail[0].text);

    // The password leads to a new one and to nothing else.
    let asked = app.anon().sign_in(SALES, DEMO_PASSWORD).await.json();
    assert_eq!(
        (&asked["step"], &asked["reason"]),
        (&json!("change_password"), &json!("compromised"))
    );
    let change = json!({"current": DEMO_PASSWORD, "new": FRESH, "end_other_sessions": true});
    let changed = here.post("/me/password", &change).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    here.keep(&changed);
    assert_eq!(app.anon().sign_in(SALES, FRESH).await.json()["step"], "done");
    app.anon()
        .sign_in(SALES, DEMO_PASSWORD)
        .await
        .refused(401, "invalid_credentials");
}

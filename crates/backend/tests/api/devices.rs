//! Where a person is signed in, the browsers the person is known with, and what happened with the account.

use axum::http::Method;
use portico_backend::domain::clock::{DAY, MINUTE};
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
async fn known_browsers_are_listed_and_forgotten_with_what_was_counted_in_them() {
    let app = TestApp::new().await;
    let mut first = browser(&app, HOSTILE, "198.51.100.7").await;
    app.clock.advance(MINUTE);
    let here = browser(&app, FIREFOX, "192.0.2.1").await;
    app.clock.advance(MINUTE);
    // Another name of the same browser, from elsewhere.
    first.peer = "203.0.113.9".parse().unwrap();
    sign_in_again(&mut first, FIREFOX).await;
    app.execute(&format!(
        "UPDATE known_devices SET trusted_until = {}",
        super::support::START + DAY
    ))
    .await;
    let newest = items(&here, "/me/sign-ins?limit=1").await;
    assert_eq!(newest[0]["new_browser"], false, "it is known");
    let browsers = items(&here, "/me/devices").await;
    assert_eq!(browsers.len(), 2);
    assert_eq!(browsers[0]["current"], false, "the one used last comes first");
    assert_eq!(
        (&browsers[0]["device"], &browsers[0]["address"]),
        (&json!("Firefox, Linux"), &json!("203.0.113.9"))
    );
    assert_eq!(browsers[0]["first_seen_at"], "2026-11-23T10:00:00Z");
    assert_eq!(browsers[0]["last_seen_at"], "2026-11-23T10:02:00Z");
    assert_eq!(browsers[0]["trusted_until"], "2026-11-24T10:00:00Z");
    assert_eq!(browsers[1]["current"], true);
    let (id, own) = (
        browsers[0]["id"].as_str().unwrap().to_owned(),
        browsers[1]["id"].as_str().unwrap().to_owned(),
    );
    for _ in 0..2 {
        first
            .sign_in(SALES, "wrong")
            .await
            .refused(401, "invalid_credentials");
    }
    let counters = "SELECT COUNT(*) FROM throttles WHERE key LIKE 'device:%'";
    assert_eq!(app.number(counters).await, 1);

    let path = |id: &str| format!("/me/devices/{id}");
    let stranger = app.as_role(Role::Manager).await;
    delete(&stranger, &path(&id)).await.refused(404, "not_found");
    delete(&here, &path(NOBODYS)).await.refused(404, "not_found");
    delete(&app.anon(), &path(&id))
        .await
        .refused(401, "unauthenticated");
    app.anon()
        .get("/me/devices")
        .await
        .refused(401, "unauthenticated");
    assert_eq!(items(&here, "/me/devices").await.len(), 2);

    app.all_mail().await;
    assert_eq!(delete(&here, &path(&id)).await.status, 204);
    assert_eq!(app.number(counters).await, 0);
    assert_eq!(first.get("/me").await.status, 200, "its session goes on");
    delete(&here, &path(&id)).await.refused(404, "not_found");
    sign_in_again(&mut first, FIREFOX).await;
    let subjects: Vec<_> = app
        .all_mail()
        .await
        .into_iter()
        .map(|mail| mail.subject)
        .collect();
    assert_eq!(subjects, ["Portico: sign-in on a new device"]);
    assert_eq!(delete(&here, &path(&own)).await.status, 204, "also this one");
    app.clock.advance(DAY);
    let audited = app.audited("browser_forgotten").await;
    assert_eq!(audited.len(), 2);
    assert_eq!(audited[0]["actor_id"], audited[0]["subject_id"]);
}

#[tokio::test]
async fn trust_that_is_over_is_not_told() {
    let app = TestApp::new().await;
    let here = browser(&app, FIREFOX, "192.0.2.1").await;
    app.execute(&format!(
        "UPDATE known_devices SET trusted_until = {}",
        super::support::START + MINUTE
    ))
    .await;
    assert!(
        items(&here, "/me/devices").await[0]
            .get("trusted_until")
            .is_some()
    );
    app.clock.advance(MINUTE);
    assert!(
        items(&here, "/me/devices").await[0]
            .get("trusted_until")
            .is_none()
    );
}

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

#[tokio::test]
async fn a_sign_in_that_waits_is_over_with_the_session_that_is_disowned() {
    let app = TestApp::new().await;
    let _thief = browser(&app, HOSTILE, "198.51.100.7").await;
    let here = browser(&app, FIREFOX, "192.0.2.1").await;
    app.execute("UPDATE users SET password_compromised = TRUE WHERE employee_number = 'EMP1003'")
        .await;
    let mut waiting = app.anon();
    let reply = waiting.sign_in(SALES, DEMO_PASSWORD).await;
    assert_eq!(reply.json()["step"], "change_password");
    waiting.keep(&reply);
    let id = other_session(&here).await;
    let disowned = here.post(&format!("/me/sessions/{id}/disown"), &json!({})).await;
    assert_eq!(disowned.status, 200);
    waiting
        .set_new_password(FRESH)
        .await
        .refused(401, "sign_in_expired");
}

#[tokio::test]
async fn a_session_that_is_long_over_is_disowned_by_its_sign_in() {
    let app = TestApp::new().await;
    let thief = browser(&app, HOSTILE, "198.51.100.7").await;
    app.clock.advance(MINUTE);
    app.anon().sign_in(SALES, "wrong").await;
    assert_eq!(thief.post("/auth/sign-out", &json!({})).await.status, 204);
    app.clock.advance(3 * DAY);
    app.app.purge().await.unwrap();
    assert_eq!(app.number("SELECT COUNT(*) FROM sessions").await, 0);
    let here = browser(&app, FIREFOX, "192.0.2.1").await;
    let bystander = app.as_role(Role::Manager).await;
    let entries = items(&here, "/me/sign-ins").await;
    let find = |outcome: &str, session: &Value| {
        let found = entries.iter().find(|row| {
            (&row["event"], &row["outcome"], &row["session"]) == (&json!("sign_in"), &json!(outcome), session)
        });
        found.unwrap()["id"].as_str().unwrap().to_owned()
    };
    let path = |id: &str| format!("/me/sign-ins/{id}/disown");
    let over = find("accepted", &json!("over"));
    for (client, id, status, code) in [
        (&here, find("accepted", &json!("this")).as_str(), 409, "conflict"),
        (&here, find("refused", &Value::Null).as_str(), 404, "not_found"),
        (&here, NOBODYS, 404, "not_found"),
        (&bystander, over.as_str(), 404, "not_found"),
        (&app.anon(), over.as_str(), 401, "unauthenticated"),
    ] {
        client.post(&path(id), &json!({})).await.refused(status, code);
    }
    let answer = here.post(&path(&over), &json!({})).await.json();
    assert_eq!(answer["new_password"], true);
    assert_eq!(answer["sessions_ended"], 0);
    let events: Vec<_> = answer["acts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|act| act["event"].clone())
        .collect();
    assert_eq!(events, [json!("sign_in"), json!("sign_out")]);
    assert_eq!(here.get("/me").await.status, 200);
}

#[tokio::test]
async fn an_older_installation_keeps_the_browsers_it_knows() {
    let app = TestApp::new().await;
    let mut client = browser(&app, FIREFOX, "192.0.2.1").await;
    for sql in [
        "DROP INDEX audit_events_by_session",
        "ALTER TABLE sessions DROP COLUMN user_agent",
        "ALTER TABLE sessions DROP COLUMN address",
        "CREATE TABLE older AS SELECT token_hash, user_id, created_at, last_seen_at, trusted_until FROM known_devices",
        "DROP TABLE known_devices",
        "ALTER TABLE older RENAME TO known_devices",
        "DELETE FROM seaql_migrations WHERE version = 'm0012_devices'",
    ] {
        app.execute(sql).await;
    }
    app.migrate().await;
    let browsers = items(&client, "/me/devices").await;
    assert_eq!(browsers.len(), 1);
    assert_eq!(
        (&browsers[0]["current"], &browsers[0]["device"]),
        (&json!(true), &json!(""))
    );
    app.all_mail().await;
    sign_in_again(&mut client, FIREFOX).await;
    assert!(app.all_mail().await.is_empty(), "it is known");
    let id = browsers[0]["id"].as_str().unwrap();
    assert_eq!(delete(&client, &format!("/me/devices/{id}")).await.status, 204);
}

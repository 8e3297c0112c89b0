//! Guessing is limited, nobody learns from it who has an account, and nobody can be kept out by it.

mod endings;
mod log;
mod no_failure;

use portico_backend::domain::clock::{MINUTE, SECOND};
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::{Value, json};

use super::support::{Client, Reply, TestApp};

const KNOWN: &str = "sales@portico.example";
const UNKNOWN: &str = "nobody@portico.example";
const RECOVERED: &str = "Violet-anchor-tempest-7";
const WRONG: &str = "Harbour-lantern-43";

/// An answer without what differs between any two: everything else is to be equal, byte by byte.
fn bytes(reply: &Reply) -> (u16, Vec<(String, String)>, String) {
    let id = reply.header("x-request-id");
    let mut headers: Vec<_> = reply
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().replace(id, "ID")))
        .collect();
    headers.sort();
    (reply.status, headers, reply.text().replace(id, "ID"))
}

/// Fails with `identifier` until it is locked, waiting out each pause.
async fn lock(app: &TestApp, client: &Client, identifier: &str) {
    for failure in 1..=10 {
        let reply = client.sign_in(identifier, WRONG).await;
        reply.refused(401, "invalid_credentials");
        if failure < 10 {
            let pause = reply.json()["retry_after"].as_i64().unwrap_or(0);
            app.clock.advance(pause * SECOND);
        }
    }
}

/// Resets the password of whoever is named `identifier` to [`RECOVERED`], by link.
async fn recover(app: &TestApp, identifier: &str) {
    app.all_mail().await;
    let ask = json!({"identifier": identifier, "channel": "mail"});
    assert_eq!(app.anon().post("/auth/reset", &ask).await.status, 200);
    let body = json!({"token": app.mail().await[0].token("/reset-password"), "new_password": RECOVERED});
    let reply = app.anon().post("/auth/reset/complete", &body).await;
    assert_eq!(reply.json()["step"], "done", "{}", reply.text());
}

/// Puts the counters of `kind` just before the hundredth failure in a row.
async fn nearly_closed(app: &TestApp, kind: &str) {
    app.execute(&format!(
        "UPDATE throttles SET in_a_row = 99, failures = 0, blocked_until = 0 WHERE key LIKE '{kind}:%'"
    ))
    .await;
}

async fn id_of(app: &TestApp, employee_number: &str) -> Value {
    let admin = app.as_role(Role::Admin).await;
    let found = admin.get(&format!("/admin/users?q={employee_number}")).await;
    found.json()["items"][0]["id"].clone()
}

#[tokio::test]
async fn enumeration_by_content_and_by_work_tells_nothing() {
    let app = TestApp::new().await;
    app.execute("UPDATE users SET password_hash = NULL WHERE employee_number = 'EMP1005'")
        .await;
    let cases = [
        (UNKNOWN, DEMO_PASSWORD),
        (KNOWN, WRONG),
        ("disabled@portico.example", DEMO_PASSWORD),
        ("EMP1005", DEMO_PASSWORD),
        ("expired-temporary@portico.example", WRONG),
        ("compromised@portico.example", WRONG),
        ("nobody\0@portico.example", DEMO_PASSWORD),
    ];
    let tables = [
        "throttles",
        "audit_events",
        "messages",
        "recoveries",
        "known_devices",
        "sessions",
        "sign_in_transactions",
    ];
    // Fourteen tries: from the first failure over the pauses into the lock.
    let mut sequences = Vec::new();
    for (case, (identifier, password)) in cases.into_iter().enumerate() {
        let mut stranger = app.anon();
        stranger.peer = format!("192.0.2.{}", 10 + case).parse().unwrap();
        // Somebody else's, so that it is asked for.
        stranger.device = Some("A".repeat(43));
        let mut sequence = Vec::new();
        for round in 0..14 {
            let before = app.passwords.verifications();
            let rows = app.counts(&tables).await;
            let reply = stranger.sign_in(identifier, password).await;
            assert_eq!(app.passwords.verifications(), before + 1, "{identifier}, {round}");
            assert!(reply.set_cookie("__Host-Http-portico_rt").is_none());
            let pause = reply.json()["retry_after"].as_i64().unwrap_or(0);
            let written: Vec<_> = app.counts(&tables).await;
            let written: Vec<_> = written
                .iter()
                .zip(&rows)
                .map(|(after, before)| after - before)
                .collect();
            sequence.push((bytes(&reply), written));
            // Every other pause is waited out only after having been run into.
            if round % 2 == 1 && pause < 60 {
                app.clock.advance(pause * SECOND);
            }
        }
        sequences.push(sequence);
    }
    for sequence in &sequences[1..] {
        assert_eq!(sequence, &sequences[0]);
    }
}

#[tokio::test]
async fn pauses_grow_and_end_in_a_lock_and_what_is_left_is_told() {
    let app = TestApp::new().await;
    let client = app.anon();
    let mut told = Vec::new();
    for _ in 0..10 {
        let reply = client.sign_in(KNOWN, WRONG).await;
        reply.refused(401, "invalid_credentials");
        let problem = reply.json();
        let pause = problem["retry_after"].as_i64().unwrap_or(0);
        told.push((problem["attempts_left"].as_i64().unwrap(), pause));
        if pause > 0 && pause < 60 {
            assert_eq!(reply.header("retry-after"), pause.to_string());
            // Whoever does not wait is told so, and loses nothing.
            let early = client.sign_in(KNOWN, DEMO_PASSWORD).await;
            early.refused(429, "rate_limited");
            assert_eq!(early.json()["retry_after"], pause);
            assert_eq!(early.header("retry-after"), pause.to_string());
            app.clock.advance(pause * SECOND);
        }
    }
    let expected = [
        (3, 0),
        (2, 0),
        (1, 0),
        (0, 1),
        (0, 2),
        (0, 4),
        (0, 8),
        (0, 16),
        (0, 32),
        (0, 900),
    ];
    assert_eq!(told, expected);
    let locked = client.sign_in(KNOWN, DEMO_PASSWORD).await;
    locked.refused(429, "locked");
    assert_eq!(
        (&locked.json()["retry_after"], locked.header("retry-after")),
        (&json!(900), "900")
    );
    app.clock.advance(15 * MINUTE - 1);
    client.sign_in(KNOWN, DEMO_PASSWORD).await.refused(429, "locked");
    app.clock.advance(1);
    assert_eq!(client.sign_in(KNOWN, DEMO_PASSWORD).await.status, 200);
    let events = app.audited("locked").await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["detail"], r#"{"until_recovery":false}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_parallel_guesses_count_as_fifty_and_few_are_looked_at() {
    let app = TestApp::new().await;
    let guesses = (0..50).map(|_| {
        let client = app.anon();
        tokio::spawn(async move { client.sign_in(KNOWN, WRONG).await.status })
    });
    let mut verified = 0;
    for guess in guesses.collect::<Vec<_>>() {
        let status = guess.await.unwrap();
        // A full queue for hashing sends people away as well.
        assert!([401, 429, 503].contains(&status), "{status}");
        verified += i64::from(status == 401);
    }
    assert!(verified <= 4, "{verified} guesses were looked at");
    let counted = app
        .number("SELECT CAST(failures + refused AS BIGINT) FROM throttles WHERE key LIKE 'identifier:%'")
        .await;
    assert_eq!(counted, 50);
}

#[tokio::test]
async fn one_guess_at_each_of_many_accounts_is_limited_by_network() {
    let app = TestApp::new().await;
    let known = app.as_role(Role::Sales).await;
    let client = app.anon();
    for number in 0..100 {
        client
            .sign_in(&format!("EMP{number}"), WRONG)
            .await
            .refused(401, "invalid_credentials");
    }
    let before = app.passwords.verifications();
    let reply = client.sign_in("EMP1003", DEMO_PASSWORD).await;
    reply.refused(429, "rate_limited");
    assert_eq!(reply.json()["retry_after"], 900);
    assert_eq!(
        app.passwords.verifications(),
        before,
        "this limit looks at nothing"
    );
    assert_eq!(
        known.sign_in("EMP1003", DEMO_PASSWORD).await.status,
        200,
        "its browser is known"
    );
    let mut elsewhere = app.anon();
    elsewhere.peer = "192.0.2.99".parse().unwrap();
    assert_eq!(elsewhere.sign_in("EMP1003", DEMO_PASSWORD).await.status, 200);
}

#[tokio::test]
async fn an_x_forwarded_for_that_changes_with_every_try_evades_nothing() {
    let app = TestApp::new().await;
    let client = app.anon();
    for number in 0..100 {
        let headers = [("x-forwarded-for", &*format!("203.0.113.{number}"))];
        let body = json!({"identifier": format!("EMP{number}"), "password": WRONG});
        client
            .post_with("/auth/sign-in", &headers, &body)
            .await
            .refused(401, "invalid_credentials");
    }
    let headers = [
        ("x-forwarded-for", "203.0.113.250"),
        ("forwarded", "for=203.0.113.251"),
    ];
    let body = json!({"identifier": "EMP1003", "password": DEMO_PASSWORD});
    client
        .post_with("/auth/sign-in", &headers, &body)
        .await
        .refused(429, "rate_limited");
}

#[tokio::test]
async fn malicious_lockout_does_not_keep_out_whom_the_browser_knows() {
    let app = TestApp::new().await;
    let mut owner = app.anon();
    owner.peer = "192.0.2.50".parse().unwrap();
    let first = owner.sign_in(KNOWN, DEMO_PASSWORD).await;
    let cookie = first.set_cookie(super::support::DEVICE).unwrap();
    assert!(
        cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=34560000"),
        "{cookie}"
    );
    owner.keep(&first);
    let stranger = app.anon();
    lock(&app, &stranger, KNOWN).await;
    stranger
        .sign_in(KNOWN, DEMO_PASSWORD)
        .await
        .refused(429, "locked");
    let reply = owner.sign_in(KNOWN, DEMO_PASSWORD).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert!(
        reply.set_cookie(super::support::DEVICE).is_none(),
        "it is known already"
    );
    stranger
        .sign_in(KNOWN, DEMO_PASSWORD)
        .await
        .refused(429, "locked");

    // The browser's own failures are limited as any, and are nobody else's.
    lock(&app, &owner, KNOWN).await;
    owner.sign_in(KNOWN, DEMO_PASSWORD).await.refused(429, "locked");
    app.clock.advance(15 * MINUTE);
    assert_eq!(stranger.sign_in(KNOWN, DEMO_PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_known_browser_is_known_for_its_owner_only() {
    let app = TestApp::new().await;
    let mut attacker = app.anon();
    attacker.keep(&attacker.sign_in("EMP1005", DEMO_PASSWORD).await);
    lock(&app, &app.anon(), KNOWN).await;
    attacker
        .sign_in(KNOWN, DEMO_PASSWORD)
        .await
        .refused(429, "locked");

    // A cookie the attacker knows and has planted is replaced, not taken over.
    app.clock.advance(15 * MINUTE);
    let mut victim = app.anon();
    victim.device = attacker.device.clone();
    let reply = victim.sign_in(KNOWN, DEMO_PASSWORD).await;
    victim.keep(&reply);
    assert_ne!(victim.device, attacker.device);
    assert_eq!(app.number("SELECT COUNT(*) FROM known_devices").await, 2);
    for secret in [attacker.device.unwrap(), victim.device.unwrap()] {
        let sql = format!("SELECT COUNT(*) FROM known_devices WHERE token_hash = '{secret}'");
        assert_eq!(app.number(&sql).await, 0, "only hashes are stored");
    }
}

#[tokio::test]
async fn a_hundred_failures_in_a_row_close_an_identifier_until_recovery_known_or_not() {
    let app = TestApp::new().await;
    let mut replies = Vec::new();
    for identifier in [UNKNOWN, KNOWN] {
        app.anon()
            .sign_in(identifier, WRONG)
            .await
            .refused(401, "invalid_credentials");
        nearly_closed(&app, "identifier").await;
        let last = app.anon().sign_in(identifier, WRONG).await;
        last.refused(401, "invalid_credentials");
        app.clock.advance(365 * 24 * 60 * MINUTE);
        let closed = app.anon().sign_in(identifier, DEMO_PASSWORD).await;
        closed.refused(429, "locked");
        assert_eq!(closed.json().get("retry_after"), None);
        assert_eq!(closed.header("retry-after"), "");
        replies.push(bytes(&closed));
    }
    assert_eq!(replies[0], replies[1]);
    recover(&app, KNOWN).await;
    assert_eq!(app.anon().sign_in(KNOWN, RECOVERED).await.status, 200);
    let finals: Vec<Value> = app.audited("locked").await;
    assert_eq!(finals.len(), 2);
    assert_eq!(finals[0]["detail"], r#"{"until_recovery":true}"#);
}

#[tokio::test]
async fn naming_a_person_differently_gives_no_further_guesses() {
    let app = TestApp::new().await;
    app.anon()
        .sign_in(KNOWN, WRONG)
        .await
        .refused(401, "invalid_credentials");
    nearly_closed(&app, "account").await;
    app.anon()
        .sign_in("EMP1003", WRONG)
        .await
        .refused(401, "invalid_credentials");
    // Silently: an answer of its own would tell that the two names are one person's.
    let silent = app.anon().sign_in("zhang.san", DEMO_PASSWORD).await;
    silent.refused(401, "invalid_credentials");
    assert_eq!(silent.json()["attempts_left"], 3, "as for a first failure");
    let locked = app.audited("locked").await;
    assert_eq!(locked.len(), 1);
    assert_eq!(locked[0]["detail"], r#"{"until_recovery":true}"#);
    assert_eq!(locked[0]["subject_id"], id_of(&app, "EMP1003").await);
    let mailed = app.all_mail().await;
    assert_eq!(mailed.len(), 1);
    assert_eq!(
        (mailed[0].to.as_str(), mailed[0].subject.as_str()),
        ("admin@portico.example", "Portico: an account is locked")
    );
    assert!(mailed[0].text.contains("张三 (EMP1003)"), "{}", mailed[0].text);
}

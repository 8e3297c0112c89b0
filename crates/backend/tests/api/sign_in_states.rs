//! What follows a right password when it is not simply a session: steps, times, places, maintenance.

use portico_backend::domain::clock::{DAY, HOUR, MINUTE, SECOND};
use portico_backend::domain::rules::Window;
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::password::{PasswordPolicy, PolicyProfile};
use portico_contract::user::Role;
use serde_json::json;

use super::support::{Client, START, TRANSACTION, TestApp};

const FRESH: &str = "Copper-meadow-71-otter";

/// A client whose sign-in waits for a new password.
async fn waiting(app: &TestApp, identifier: &str) -> Client {
    let mut client = app.anon();
    let reply = client.sign_in(identifier, DEMO_PASSWORD).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.json()["step"], "change_password");
    client.keep(&reply);
    client
}

#[tokio::test]
async fn a_temporary_password_leads_to_a_new_one_and_then_to_a_session() {
    let app = TestApp::new().await;
    let mut client = app.anon();
    let reply = client.sign_in("temporary@portico.example", DEMO_PASSWORD).await;
    let step = reply.json();
    assert_eq!(
        (&step["step"], &step["reason"], &step["expires_in"]),
        (&json!("change_password"), &json!("temporary"), &json!(600))
    );
    assert!(step["context"].as_array().unwrap().contains(&json!("EMP1101")));
    assert!(reply.refresh_cookie().is_none(), "there is no session yet");
    let cookie = reply.set_cookie(TRANSACTION).unwrap();
    assert!(
        cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600"),
        "{cookie}"
    );
    client.keep(&reply);
    assert!(!reply.text().contains(client.transaction.as_deref().unwrap()));

    let refused = client.set_new_password("short").await;
    refused.refused(422, "validation");
    assert_eq!(
        refused.json()["fields"],
        json!([{"field": "new", "rule": "too_short", "limit": 12}])
    );
    client
        .set_new_password(DEMO_PASSWORD)
        .await
        .refused(422, "validation");

    let done = client.set_new_password(FRESH).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(done.json()["step"], "done");
    assert!(done.expires(TRANSACTION));
    client.keep(&done);
    assert_eq!(client.get("/me").await.status, 200);
    assert_eq!(app.anon().sign_in("EMP1101", FRESH).await.json()["step"], "done");
    let signed_in = app.audited("sign_in").await;
    assert_eq!(signed_in.len(), 2, "a step is not a sign-in");
}

#[tokio::test]
async fn a_compromised_and_an_expired_password_lead_to_a_new_one() {
    let app =
        TestApp::with(|settings| settings.password_policy = PasswordPolicy::of(PolicyProfile::Pci)).await;
    let reply = app
        .anon()
        .sign_in("compromised@portico.example", DEMO_PASSWORD)
        .await;
    assert_eq!(reply.json()["reason"], "compromised");
    // The demonstration's passwords are of 30 days before the day of the start.
    app.clock.advance(60 * DAY - 10 * HOUR - 1);
    assert_eq!(
        app.anon().sign_in("EMP1003", DEMO_PASSWORD).await.json()["step"],
        "done"
    );
    app.clock.advance(1);
    let client = waiting(&app, "EMP1003").await;
    assert_eq!(client.set_new_password(FRESH).await.json()["step"], "done");
    assert_eq!(app.anon().sign_in("EMP1003", FRESH).await.json()["step"], "done");
}

#[tokio::test]
async fn an_expired_password_says_that_it_is() {
    for profile in [PolicyProfile::Classic, PolicyProfile::Pci] {
        let policy = PasswordPolicy::of(profile);
        let days = i64::from(policy.max_age_days.unwrap());
        let app = TestApp::with(|settings| settings.password_policy = policy).await;
        app.execute(&format!("UPDATE users SET password_changed_at = {START}"))
            .await;
        app.clock.advance(days * DAY - 1);
        let reply = app.anon().sign_in("EMP1003", DEMO_PASSWORD).await;
        assert_eq!(reply.json()["step"], "done");
        app.clock.advance(1);
        let reply = app.anon().sign_in("EMP1003", DEMO_PASSWORD).await.json();
        assert_eq!(
            (&reply["step"], &reply["reason"]),
            (&json!("change_password"), &json!("expired"))
        );
    }
}

#[tokio::test]
async fn a_password_that_came_onto_the_operators_list_leads_to_a_new_one() {
    let app = TestApp::with(|settings| settings.blocklist = DEMO_PASSWORD.lines().collect()).await;
    let mut client = app.anon();
    let reply = client.sign_in("EMP1003", DEMO_PASSWORD).await;
    assert_eq!(reply.json()["reason"], "compromised");
    client.keep(&reply);
    assert_eq!(client.set_new_password(FRESH).await.json()["step"], "done");
}

#[tokio::test]
async fn an_expired_temporary_password_is_told_only_after_the_right_one() {
    let app = TestApp::new().await;
    let identifier = "expired-temporary@portico.example";
    let reply = app.anon().sign_in(identifier, DEMO_PASSWORD).await;
    reply.refused(403, "temporary_password_expired");
    assert!(reply.set_cookie(TRANSACTION).is_none());
    app.anon()
        .sign_in(identifier, "wrong")
        .await
        .refused(401, "invalid_credentials");
}

#[tokio::test]
async fn step_skipping_leads_nowhere() {
    let app = TestApp::new().await;
    app.anon()
        .set_new_password(FRESH)
        .await
        .refused(401, "sign_in_expired");
    let mut client = app.as_role(Role::Sales).await;
    client
        .set_new_password(FRESH)
        .await
        .refused(401, "sign_in_expired");
    // What one step gave is nothing to another.
    client.transaction = client.cookie.clone();
    client
        .set_new_password(FRESH)
        .await
        .refused(401, "sign_in_expired");
    let mut pending = waiting(&app, "temporary@portico.example").await;
    pending.cookie = pending.transaction.clone();
    pending.token = pending.transaction.clone();
    pending.refresh().await.refused(401, "session_ended");
    pending.get("/me").await.refused(401, "unauthenticated");
    pending
        .post(
            "/me/password",
            &json!({"current": DEMO_PASSWORD, "new": FRESH, "end_other_sessions": true}),
        )
        .await
        .refused(401, "unauthenticated");
    assert_eq!(
        app.audited("sign_in_step")
            .await
            .iter()
            .filter(|line| line["outcome"] == "refused")
            .count(),
        3
    );
}

#[tokio::test]
async fn a_step_that_is_bound_to_another_one_does_not_fit() {
    let app = TestApp::new().await;
    let client = waiting(&app, "temporary@portico.example").await;
    app.execute("UPDATE sign_in_transactions SET step = 'second_factor'")
        .await;
    client
        .set_new_password(FRESH)
        .await
        .refused(401, "sign_in_expired");
}

#[tokio::test]
async fn replay_of_a_transaction_leads_nowhere() {
    let app = TestApp::new().await;
    let client = waiting(&app, "temporary@portico.example").await;
    assert_eq!(client.set_new_password(FRESH).await.status, 200);
    let again = client.set_new_password("Another-meadow-72-otter").await;
    again.refused(401, "sign_in_expired");
    assert!(again.expires(TRANSACTION));
    assert_eq!(
        app.anon().sign_in("EMP1101", FRESH).await.status,
        200,
        "the first one counts"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn replay_of_a_transaction_in_parallel_succeeds_once() {
    let app = TestApp::new().await;
    let client = waiting(&app, "temporary@portico.example").await;
    let tries = (0..8).map(|number| {
        let client = client.clone();
        tokio::spawn(async move {
            client
                .set_new_password(&format!("Copper-meadow-7{number}-otter"))
                .await
                .status
        })
    });
    let mut statuses = Vec::new();
    for one in tries.collect::<Vec<_>>() {
        statuses.push(one.await.unwrap());
    }
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        1,
        "{statuses:?}"
    );
    assert!(
        statuses.iter().all(|status| [200, 401].contains(status)),
        "{statuses:?}"
    );
}

#[tokio::test]
async fn a_transaction_ends_on_time_and_with_what_it_rests_on() {
    let app = TestApp::new().await;
    let client = waiting(&app, "temporary@portico.example").await;
    app.clock.advance(10 * MINUTE);
    client
        .set_new_password(FRESH)
        .await
        .refused(401, "sign_in_expired");
    let client = waiting(&app, "temporary@portico.example").await;
    app.execute("UPDATE users SET active = FALSE WHERE employee_number = 'EMP1101'")
        .await;
    client
        .set_new_password(FRESH)
        .await
        .refused(401, "sign_in_expired");
    app.execute("UPDATE users SET active = TRUE WHERE employee_number = 'EMP1101'")
        .await;
    // Another browser has set a new password meanwhile.
    let (client, other) = (
        waiting(&app, "temporary@portico.example").await,
        waiting(&app, "EMP1101").await,
    );
    assert_eq!(other.set_new_password(FRESH).await.status, 200);
    client
        .set_new_password("Another-meadow-72-otter")
        .await
        .refused(401, "sign_in_expired");
}

#[tokio::test]
async fn session_fixation_with_planted_cookies_gives_nothing() {
    let app = TestApp::new().await;
    // The attacker's running sign-in and session in the victim's browser.
    let attacker = waiting(&app, "temporary@portico.example").await;
    let session = app.as_role(Role::Guest).await;
    let mut victim = app.anon();
    victim.transaction = attacker.transaction.clone();
    victim.cookie = session.cookie.clone();
    let reply = victim.sign_in("compromised@portico.example", DEMO_PASSWORD).await;
    assert!(reply.expires_the_cookie(), "the planted session is gone");
    victim.keep(&reply);
    assert_ne!(victim.transaction, attacker.transaction);
    session.get("/me").await.refused(401, "unauthenticated");
    attacker
        .set_new_password(FRESH)
        .await
        .refused(401, "sign_in_expired");
    let done = victim.set_new_password(FRESH).await;
    assert_eq!(done.json()["me"]["user"]["employee_number"], "EMP1103");
    assert_ne!(done.refresh_cookie(), session.cookie);
    attacker
        .set_new_password(FRESH)
        .await
        .refused(401, "sign_in_expired");
}

#[tokio::test]
async fn stale_cookies_do_no_harm() {
    let app = TestApp::new().await;
    let mut client = app.anon();
    for stale in ["", "x", "%00", &"A".repeat(43), &"A".repeat(5000)] {
        client.cookie = Some(stale.to_owned());
        client.transaction = Some(stale.to_owned());
        client.device = Some(stale.to_owned());
        let reply = client.sign_in("EMP1003", DEMO_PASSWORD).await;
        assert_eq!(reply.status, 200, "{stale}: {}", reply.text());
        assert!(reply.expires(TRANSACTION));
        client
            .set_new_password(FRESH)
            .await
            .refused(401, "sign_in_expired");
    }
}

#[tokio::test]
async fn cookie_only_calls_open_nothing() {
    let app = TestApp::new().await;
    let mut client = app.as_role(Role::Sales).await;
    client.token = None;
    client.transaction = waiting(&app, "temporary@portico.example").await.transaction;
    client
        .post("/auth/activity", &json!({}))
        .await
        .refused(401, "unauthenticated");
    client.get("/me").await.refused(401, "unauthenticated");
    client
        .post(
            "/me/password",
            &json!({"current": DEMO_PASSWORD, "new": FRESH, "end_other_sessions": false}),
        )
        .await
        .refused(401, "unauthenticated");
}

#[tokio::test]
async fn outside_the_hours_only_administrators_sign_in_and_only_the_right_password_says_why() {
    let app =
        TestApp::with(|settings| settings.rules.hours = Some("12:00-18:00@Europe/Berlin".parse().unwrap()))
            .await;
    // 11:00 in Berlin.
    let reply = app.anon().sign_in("EMP1003", DEMO_PASSWORD).await;
    reply.refused(403, "outside_hours");
    assert_eq!(reply.json()["retry_after"], 3600);
    app.anon()
        .sign_in("EMP1003", "wrong")
        .await
        .refused(401, "invalid_credentials");
    assert_eq!(app.anon().sign_in("EMP1001", DEMO_PASSWORD).await.status, 200);
    app.clock.advance(HOUR);
    let client = app.as_role(Role::Sales).await;
    app.clock.advance(6 * HOUR - SECOND);
    let reply = app.anon().sign_in("EMP1003", DEMO_PASSWORD).await;
    assert_eq!(reply.status, 200);
    app.clock.advance(SECOND);
    app.anon()
        .sign_in("EMP1003", DEMO_PASSWORD)
        .await
        .refused(403, "outside_hours");
    client.refresh().await.refused(401, "session_ended");
}

#[tokio::test]
async fn outside_the_networks_nobody_signs_in() {
    let app = TestApp::with(|settings| settings.rules.networks = vec!["192.0.2.0/25".parse().unwrap()]).await;
    assert_eq!(app.anon().sign_in("EMP1003", DEMO_PASSWORD).await.status, 200);
    let mut outside = app.anon();
    outside.peer = "192.0.2.200".parse().unwrap();
    let before = app.passwords.verifications();
    for (identifier, password) in [("EMP1001", DEMO_PASSWORD), ("nobody", "wrong")] {
        outside
            .sign_in(identifier, password)
            .await
            .refused(403, "outside_network");
    }
    let body = json!({"identifier": "EMP1003", "password": DEMO_PASSWORD});
    outside
        .post_with("/auth/sign-in", &[("x-forwarded-for", "192.0.2.1")], &body)
        .await
        .refused(403, "outside_network");
    assert_eq!(app.passwords.verifications(), before);
}

#[tokio::test]
async fn maintenance_is_announced_and_then_only_administrators_work() {
    let window = Window {
        from: START + HOUR,
        until: START + 2 * HOUR,
    };
    let app = TestApp::with(|settings| {
        settings.rules.maintenance = Some(window);
        settings.rules.idle = 3 * HOUR;
    })
    .await;
    let announced = json!({"from": "2026-11-23T11:00:00Z", "until": "2026-11-23T12:00:00Z"});
    assert_eq!(
        app.anon().get("/auth/policy").await.json()["maintenance"],
        announced
    );
    let (mut sales, mut admin) = (app.as_role(Role::Sales).await, app.as_role(Role::Admin).await);
    app.clock.advance(HOUR);
    assert_eq!(
        app.anon().get("/auth/policy").await.json()["maintenance"],
        announced
    );
    let reply = app.anon().sign_in("EMP1003", DEMO_PASSWORD).await;
    reply.refused(503, "maintenance");
    assert_eq!(reply.header("retry-after"), "3600");
    app.anon()
        .sign_in("EMP1003", "wrong")
        .await
        .refused(401, "invalid_credentials");
    // A session goes on, so that nobody has to sign in again afterwards.
    for client in [&mut sales, &mut admin] {
        let reply = client.refresh().await;
        assert_eq!(reply.status, 200);
        client.keep(&reply);
        assert_eq!(client.post("/auth/activity", &json!({})).await.status, 200);
    }
    let reply = sales.get("/customers").await;
    reply.refused(503, "maintenance");
    assert_eq!(reply.json()["retry_after"], 3600);
    assert_eq!(admin.get("/customers").await.status, 200);
    app.clock.advance(HOUR);
    assert!(
        app.anon()
            .get("/auth/policy")
            .await
            .json()
            .get("maintenance")
            .is_none()
    );
    let reply = sales.refresh().await;
    sales.keep(&reply);
    assert_eq!(sales.get("/customers").await.status, 200);
}

#[tokio::test]
async fn the_demonstrations_other_states_are_there_and_look_after_nothing() {
    let app = TestApp::new().await;
    for number in 1101..=1104 {
        let who = format!("(SELECT id FROM users WHERE employee_number = 'EMP{number}')");
        for sql in [
            format!("SELECT COUNT(*) FROM customers WHERE owner_id = {who}"),
            format!("SELECT COUNT(*) FROM deals WHERE owner_id = {who}"),
            format!("SELECT COUNT(*) FROM activities WHERE author_id = {who}"),
        ] {
            assert_eq!(app.number(&sql).await, 0);
        }
    }
    app.anon()
        .sign_in("disabled@portico.example", DEMO_PASSWORD)
        .await
        .refused(401, "invalid_credentials");
}

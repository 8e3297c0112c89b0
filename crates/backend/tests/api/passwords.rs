//! New passwords: which are refused and why, and what happens when people change their own.

use portico_backend::domain::clock::{DAY, SECOND};
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::password::{PasswordPolicy, PolicyProfile};
use portico_contract::user::Role;
use serde_json::json;

use super::support::{Client, Reply, TestApp};

const FRESH: &str = "Copper-meadow-71-otter";

async fn change(client: &Client, current: &str, new: &str, end_other_sessions: bool) -> Reply {
    let body = json!({"current": current, "new": new, "end_other_sessions": end_other_sessions});
    client.post("/me/password", &body).await
}

async fn with_policy(profile: PolicyProfile) -> TestApp {
    TestApp::with(|settings| settings.password_policy = PasswordPolicy::of(profile)).await
}

async fn why_refused(client: &Client, new: &str) -> String {
    let reply = change(client, DEMO_PASSWORD, new, false).await;
    reply.refused(422, "validation");
    let fields = reply.json()["fields"].clone();
    assert_eq!(fields.as_array().unwrap().len(), 1, "{fields}");
    assert_eq!(fields[0]["field"], "new");
    fields[0]["rule"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_new_password_works_at_once_and_the_old_one_does_not() {
    let app = TestApp::new().await;
    let mut client = app.as_role(Role::Sales).await;
    let reply = change(&client, DEMO_PASSWORD, FRESH, true).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    client.keep(&reply);
    assert_eq!(client.get("/me").await.status, 200);
    app.anon()
        .sign_in("EMP1003", DEMO_PASSWORD)
        .await
        .refused(401, "invalid_credentials");
    assert_eq!(app.anon().sign_in("EMP1003", FRESH).await.status, 200);
    let lines = app.audited("password_changed").await;
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["outcome"], "accepted");
    assert_eq!(lines[0]["detail"], r#"{"other_sessions_ended":true}"#);
}

#[tokio::test]
async fn the_session_goes_on_with_other_tokens_and_the_older_ones_are_dead() {
    let app = TestApp::new().await;
    let before = app.as_role(Role::Sales).await;
    let reply = change(&before, DEMO_PASSWORD, FRESH, false).await;
    let mut after = before.clone();
    after.keep(&reply);
    assert_eq!(
        reply.json()["me"]["session"],
        after.get("/me").await.json()["session"]
    );
    before.get("/me").await.refused(401, "unauthenticated");
    assert_eq!(after.refresh().await.status, 200);
    // Whoever still uses the older refresh token holds a copy.
    before.refresh().await.refused(401, "session_ended");
    assert_eq!(app.audited("refresh_reuse").await.len(), 1);
}

#[tokio::test]
async fn other_sessions_end_as_asked() {
    for (ends, status) in [(false, 200), (true, 401)] {
        let app = TestApp::new().await;
        let (other, somebody) = (app.as_role(Role::Sales).await, app.as_role(Role::Admin).await);
        let client = app.as_role(Role::Sales).await;
        assert_eq!(change(&client, DEMO_PASSWORD, FRESH, ends).await.status, 200);
        assert_eq!(other.get("/me").await.status, status);
        assert_eq!(other.refresh().await.status, status);
        assert_eq!(somebody.get("/me").await.status, 200);
    }
}

#[tokio::test]
async fn a_session_alone_changes_no_password_and_guesses_are_limited() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    for failure in 1..=10 {
        let reply = change(&client, "wrong", FRESH, false).await;
        reply.refused(422, "validation");
        let problem = reply.json();
        assert_eq!(
            problem["fields"],
            json!([{"field": "current", "rule": "incorrect"}])
        );
        assert_eq!(problem["attempts_left"], (4 - failure).max(0));
        let pause = problem["retry_after"].as_i64().unwrap_or(0);
        if pause > 0 {
            change(&client, DEMO_PASSWORD, FRESH, false)
                .await
                .refused(429, if failure == 10 { "locked" } else { "rate_limited" });
        }
        if failure < 10 {
            app.clock.advance(pause * SECOND);
        }
    }
    assert_eq!(app.audited("locked").await.len(), 1);
    let mailed = app.all_mail().await;
    let told: Vec<_> = mailed
        .iter()
        .map(|mail| (mail.to.as_str(), mail.subject.as_str()))
        .collect();
    assert_eq!(told, [("admin@portico.example", "Portico: an account is locked")]);
    // Whoever guesses within a session does not close the sign-in.
    assert_eq!(app.anon().sign_in("EMP1003", DEMO_PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_change_needs_the_applications_own_page_and_a_session() {
    let app = TestApp::new().await;
    let mut client = app.as_role(Role::Sales).await;
    let body = json!({"current": DEMO_PASSWORD, "new": FRESH, "end_other_sessions": true});
    for headers in [
        [("sec-fetch-site", "cross-site")],
        [("origin", "https://evil.example")],
    ] {
        client
            .post_with("/me/password", &headers, &body)
            .await
            .refused(403, "cross_site");
    }
    client.token = None;
    change(&client, DEMO_PASSWORD, FRESH, true)
        .await
        .refused(401, "unauthenticated");
}

#[tokio::test]
async fn the_standard_rules_name_what_is_wrong() {
    let app = TestApp::with(|settings| settings.blocklist = "Acme-of-Bremen-2026".lines().collect()).await;
    let client = app.as_role(Role::Sales).await;
    let long = "x".repeat(129);
    for (new, rule) in [
        ("Short-11-pw", "too_short"),
        (&*long, "too_long"),
        ("sales@portico.example", "context_word"),
        ("+8613800000003", "context_word"),
        ("passwordpassword", "too_guessable"),
        ("acme-of-bremen-2026", "common_password"),
        ("aaaaaaaaaaaaaaaa", "too_guessable"),
        (DEMO_PASSWORD, "same_as_now"),
    ] {
        assert_eq!(why_refused(&client, new).await, rule, "{new}");
    }
    for new in [
        "lauter kleine worte im zug",
        "四只熊猫在雨里喝热咖啡吃面",
        "🦀 crabs walk sideways at dusk 🦀",
    ] {
        let client = app.as_role(Role::Manager).await;
        let reply = change(&client, DEMO_PASSWORD, new, false).await;
        assert_eq!(reply.status, 200, "{new}: {}", reply.text());
        app.execute(
            "UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE employee_number = 'EMP1003')
             WHERE employee_number = 'EMP1002'",
        )
        .await;
    }
}

#[tokio::test]
async fn what_many_people_use_is_refused() {
    let app = with_policy(PolicyProfile::Classic).await;
    let client = app.as_role(Role::Sales).await;
    let policy = app.anon().get("/auth/policy").await.json()["password"].clone();
    assert_eq!(
        (&policy["profile"], &policy["history"]),
        (&json!("classic"), &json!(5))
    );
    for (new, rule) in [
        ("P@ssw0rd", "common_password"),
        ("password", "missing_uppercase"),
        ("PASSWORD1!", "missing_lowercase"),
        ("Password!", "missing_digit"),
        ("Password12", "missing_special"),
    ] {
        assert_eq!(why_refused(&client, new).await, rule, "{new}");
    }
}

#[tokio::test]
async fn classic_does_not_take_one_of_the_last_five_again() {
    let app = with_policy(PolicyProfile::Classic).await;
    let mut client = app.as_role(Role::Sales).await;
    let mut current = DEMO_PASSWORD.to_owned();
    for number in 0..6 {
        let new = format!("Copper-{number}-meadow");
        let reply = change(&client, &current, &new, false).await;
        assert_eq!(reply.status, 200, "{new}: {}", reply.text());
        client.keep(&reply);
        current = new;
        app.clock.advance(SECOND);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM password_history").await, 5);
    for number in 0..5 {
        let reply = change(&client, &current, &format!("Copper-{number}-meadow"), false).await;
        reply.refused(422, "validation");
        assert_eq!(
            reply.json()["fields"],
            json!([{"field": "new", "rule": "used_before", "limit": 5}])
        );
    }
    assert_eq!(
        change(&client, &current, DEMO_PASSWORD, false).await.status,
        200,
        "the sixth before"
    );
}

#[tokio::test]
async fn nothing_is_kept_of_older_passwords_where_no_rule_needs_it() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    assert_eq!(change(&client, DEMO_PASSWORD, FRESH, false).await.status, 200);
    assert_eq!(app.number("SELECT COUNT(*) FROM password_history").await, 0);
}

#[tokio::test]
async fn without_a_rule_for_it_no_password_expires() {
    let app = TestApp::new().await;
    app.clock.advance(5 * 365 * DAY);
    let reply = app.anon().sign_in("EMP1003", DEMO_PASSWORD).await;
    assert_eq!(reply.json()["step"], "done");
}

#[tokio::test]
async fn every_character_counts_up_to_the_last_of_the_longest() {
    let app = TestApp::new().await;
    let mut client = app.as_role(Role::Sales).await;
    let mut current = DEMO_PASSWORD.to_owned();
    for length in [64, 65, 128] {
        let ends = " Mäuse,\tKatzen und 🦀 ";
        let new: String = ends.chars().cycle().take(length - 1).chain(['Z']).collect();
        let reply = change(&client, &current, &new, false).await;
        assert_eq!(reply.status, 200, "{length}: {}", reply.text());
        client.keep(&reply);
        for other in [
            new.trim_start().to_owned(),
            new.strip_suffix('Z').unwrap().to_owned(),
            new.replace('Z', "z"),
            new.to_uppercase(),
            new.replace('\t', " "),
        ] {
            // A browser that is known has pauses of its own; each try here is a stranger's.
            app.execute("DELETE FROM throttles").await;
            let tried = app.anon().sign_in("EMP1003", &other).await;
            tried.refused(401, "invalid_credentials");
        }
        assert_eq!(app.anon().sign_in("EMP1003", &new).await.status, 200, "{length}");
        current = new;
    }
    change(&client, &current, &"Z".repeat(129), false)
        .await
        .refused(422, "validation");
}

#[tokio::test]
async fn a_hash_of_another_cost_is_made_anew_at_the_next_sign_in() {
    let app = TestApp::new().await;
    let hash = "SELECT COUNT(*) FROM users WHERE email = 'sales@portico.example' AND password_hash LIKE '$argon2id$v=19$m=16,%'";
    let dearer = portico_backend::domain::passwords::PasswordCost {
        memory_kib: 16,
        ..super::support::COST
    };
    let later = app
        .another_with(|settings| {
            let passwords = portico_backend::domain::passwords::Passwords::new(dearer, 4).unwrap();
            settings.passwords = std::sync::Arc::new(passwords);
        })
        .await;
    assert_eq!(app.number(hash).await, 0);
    let mut client = app.anon();
    client.router = std::sync::Arc::new(later).router();
    let wrong = client.sign_in("sales@portico.example", "not it").await;
    wrong.refused(401, "invalid_credentials");
    assert_eq!(app.number(hash).await, 0);
    let reply = client.sign_in("sales@portico.example", DEMO_PASSWORD).await;
    assert_eq!(reply.json()["step"], "done", "{}", reply.text());
    assert_eq!(app.number(hash).await, 1);
    client.keep(&reply);
    assert_eq!(client.get("/me").await.status, 200);
    app.as_user("sales@portico.example").await;
}

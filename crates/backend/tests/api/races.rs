//! An account that is reset or taken out of use while a request rests on what it was a moment ago: at whatever moment it
//! happens, nothing of the earlier account outlives it.

use std::cell::Cell;
use std::sync::Arc;

use portico_backend::domain::passwords::Passwords;
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::password::{PasswordPolicy, PolicyProfile};
use portico_contract::user::Role;
use serde_json::{Value, json};

use super::support::{COST, Client, Meddler, Reply, TestApp};

const FRESH: &str = "Copper-meadow-71-otter";
/// No request draws randomness more often.
const MOST_DRAWS: i64 = 24;

/// The hash of a password nobody has typed.
fn another() -> String {
    Passwords::new(COST, 1)
        .unwrap()
        .hash("Somebody-else-has-set-it")
        .unwrap()
}

/// What a reset and a deactivation do to an account and what hangs on it.
fn changes(number: &str) -> [Vec<String>; 2] {
    let another = another();
    let who = format!("(SELECT id FROM users WHERE employee_number = '{number}')");
    let ends = [
        format!("UPDATE sessions SET revoked_at = 1 WHERE user_id = {who}"),
        format!("DELETE FROM sign_in_transactions WHERE user_id = {who}"),
        format!("DELETE FROM known_devices WHERE user_id = {who}"),
    ];
    [
        format!("password_hash = '{another}'"),
        "active = FALSE".to_owned(),
    ]
    .map(|change| {
        let first = format!("UPDATE users SET {change} WHERE employee_number = '{number}'");
        std::iter::once(first).chain(ends.clone()).collect()
    })
}

/// Lets each change of `number` happen at each moment of the request `act` makes, and looks at what is left with `after`.
async fn meddled(
    number: &str,
    policy: PolicyProfile,
    act: impl AsyncFn(&mut Client) -> Reply,
    after: impl AsyncFn(&TestApp, &mut Client, Reply),
) {
    for change in changes(number) {
        let mut moments = 0;
        for moment in 1..=MOST_DRAWS {
            let meddler = Arc::new(Meddler::default());
            let app = TestApp::with(|settings| {
                settings.random = Arc::clone(&meddler) as _;
                settings.password_policy = PasswordPolicy::of(policy);
            })
            .await;
            let mut client = app.anon();
            if number == "EMP1003" {
                client = app.as_role(Role::Sales).await;
            } else {
                let reply = client.sign_in(number, DEMO_PASSWORD).await;
                client.keep(&reply);
            }
            let statements: Vec<_> = change.iter().map(String::as_str).collect();
            meddler.strike(moment, app.url(), &statements);
            let reply = act(&mut client).await;
            if !meddler.struck() {
                break;
            }
            moments += 1;
            assert!(reply.status < 500, "{moment}: {}", reply.text());
            after(&app, &mut client, reply).await;
        }
        assert!((2..MOST_DRAWS).contains(&moments), "{moments} moments");
    }
}

/// Nothing that `reply` gave the browser opens anything.
async fn opens_nothing(app: &TestApp, client: &mut Client, reply: Reply) {
    if reply.status == 200 {
        client.keep(&reply);
    }
    client.get("/me").await.refused(401, "unauthenticated");
    client
        .set_new_password("Silver-canyon-72-heron")
        .await
        .refused(401, "sign_in_expired");
    let alive = "SELECT COUNT(*) FROM sessions WHERE revoked_at IS NULL";
    assert_eq!(app.number(alive).await, 0);
    let kept = "SELECT (SELECT COUNT(*) FROM known_devices) + (SELECT COUNT(*) FROM sign_in_transactions)";
    assert_eq!(app.number(kept).await, 0, "{}", reply.text());
}

#[tokio::test]
async fn a_sign_in_does_not_outlive_the_account_it_was_for() {
    let sign_in = async |client: &mut Client| {
        client.device = None;
        client.sign_in("EMP1003", DEMO_PASSWORD).await
    };
    meddled("EMP1003", PolicyProfile::Standard, sign_in, opens_nothing).await;
}

#[tokio::test]
async fn a_running_sign_in_does_not_outlive_the_account_it_was_for() {
    let sign_in = async |client: &mut Client| client.sign_in("EMP1103", DEMO_PASSWORD).await;
    meddled("EMP1103", PolicyProfile::Standard, sign_in, opens_nothing).await;
    let step = async |client: &mut Client| client.set_new_password(FRESH).await;
    meddled(
        "EMP1103",
        PolicyProfile::Classic,
        step,
        async |app, client, reply| {
            if reply.status != 200 {
                reply.refused(401, "sign_in_expired");
            }
            opens_nothing(app, client, reply).await;
        },
    )
    .await;
}

#[tokio::test]
async fn a_changed_password_does_not_replace_a_newer_one() {
    let change = async |client: &mut Client| {
        let body = json!({"current": DEMO_PASSWORD, "new": FRESH, "end_other_sessions": false});
        client.post("/me/password", &body).await
    };
    let refused = Cell::new(0);
    meddled(
        "EMP1003",
        PolicyProfile::Classic,
        change,
        async |app, client, reply| {
            if reply.status == 422 {
                let expected = json!([{"field": "current", "rule": "incorrect"}]);
                assert_eq!(reply.json()["fields"], expected);
                refused.set(refused.get() + 1);
            }
            if reply.status == 200 {
                client.keep(&reply);
            }
            client.get("/me").await.refused(401, "unauthenticated");
            let written = app.audited("password_changed").await;
            let accepted = written
                .iter()
                .filter(|line| line["outcome"] == "accepted")
                .count();
            let notices = app
                .number("SELECT COUNT(*) FROM messages WHERE letter = 'password_changed'")
                .await;
            let done = i64::from(reply.status == 200);
            assert_eq!(i64::try_from(accepted).unwrap(), done, "{}", reply.text());
            assert_eq!(notices, done);
        },
    )
    .await;
    assert!(refused.get() >= 2, "once for each change");
}

#[tokio::test]
async fn a_reset_does_not_replace_a_password_it_has_not_seen() {
    let mut refused = 0;
    for moment in 1..=MOST_DRAWS {
        let meddler = Arc::new(Meddler::default());
        let app = TestApp::with(|settings| settings.random = Arc::clone(&meddler) as _).await;
        let ask = json!({"identifier": "EMP1003", "channel": "mail"});
        assert_eq!(app.anon().post("/auth/reset", &ask).await.status, 200);
        let token = app.mail().await[0].token("/reset-password");
        let body = json!({"token": token, "new_password": FRESH});
        let another = another();
        let change =
            format!("UPDATE users SET password_hash = '{another}' WHERE employee_number = 'EMP1003'");
        meddler.strike(moment, app.url(), &[&change]);
        let reply: Value = app.anon().post("/auth/reset/complete", &body).await.json();
        if !meddler.struck() {
            assert!(refused > 0, "it was never refused");
            return;
        }
        let kept = format!("SELECT COUNT(*) FROM users WHERE password_hash = '{another}'");
        match reply["step"].as_str() {
            Some("over") => {
                assert_eq!(reply["reason"], "superseded");
                assert_eq!(app.number(&kept).await, 1);
                refused += 1;
            }
            // The other change came before it was looked at, or afterwards.
            step => assert_eq!(step, Some("done"), "{reply}"),
        }
    }
    panic!("it never came to an end");
}

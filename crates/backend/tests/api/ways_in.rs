//! Every way in against every state of an account: all of them come to the same decision (ASVS 6.3.4).

use portico_backend::domain::clock::SECOND;
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::json;

use super::second_factor::enrol;
use super::support::{Client, Reply, TestApp};

const NEW: &str = "Violet-anchor-tempest-7";

/// How an account can stand.
#[derive(Clone, Copy, Debug)]
enum State {
    /// In use.
    Usable,
    /// Guessing has closed each of its names.
    Locked,
    /// An administrator has taken it out of use.
    Deactivated,
    /// An administrator has marked the password as known to others.
    MustChange,
    /// The person has a second factor.
    Enrolled,
}

/// How one gets in.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// By password, under this name.
    SignIn(&'static str),
    /// From within a session, to another password.
    OwnPassword,
    /// By a mailed link.
    Link,
    /// By a mailed code.
    Code,
    /// By an invitation.
    Invitation,
}

const WAYS: [Way; 7] = [
    Way::SignIn("sales@portico.example"),
    Way::SignIn("EMP1003"),
    Way::SignIn("zhang.san"),
    Way::OwnPassword,
    Way::Link,
    Way::Code,
    Way::Invitation,
];

/// What becomes of each way, in the order of [`WAYS`].
const TABLE: [(State, [&str; 7]); 5] = [
    (
        State::Usable,
        ["done", "done", "done", "signed in", "done", "done", "accepted"],
    ),
    // Whoever has a session, a mailbox or an invitation has shown who they are by something guessing does not touch.
    (
        State::Locked,
        [
            "locked",
            "locked",
            "locked",
            "signed in",
            "done",
            "done",
            "accepted",
        ],
    ),
    (
        State::Deactivated,
        [
            "invalid_credentials",
            "invalid_credentials",
            "invalid_credentials",
            "unauthenticated",
            "over",
            "over",
            "over",
        ],
    ),
    (
        State::MustChange,
        [
            "change_password",
            "change_password",
            "change_password",
            "unauthenticated",
            "done",
            "done",
            "accepted",
        ],
    ),
    // No way to a session passes the factor by; a reset leads to none.
    (
        State::Enrolled,
        [
            "second_factor",
            "second_factor",
            "second_factor",
            "insufficient_user_authentication",
            "done",
            "done",
            "accepted",
        ],
    ),
];

/// What everybody holds before the state comes over the account.
struct Prepared {
    app: TestApp,
    admin: Client,
    session: Client,
    browser: Client,
    link: String,
    code: String,
    invitation: String,
}

async fn prepare() -> Prepared {
    let app = TestApp::new().await;
    let (admin, session) = (app.as_role(Role::Admin).await, app.as_role(Role::Sales).await);
    let mut browser = app.anon();
    let ask = json!({"identifier": "EMP1003", "channel": "mail"});
    browser.keep(&browser.post("/auth/reset", &ask).await);
    let mailed = app.mail().await;
    let team = admin.get("/admin/teams").await.json()[0]["id"].clone();
    let invite = json!({
        "name": "Ada Lovelace", "email": "ada@portico.example", "employee_number": "EMP2001", "role": "sales",
        "team": team, "locale": "en",
    });
    assert_eq!(admin.post("/admin/users", &invite).await.status, 201);
    let invitation = app.mail().await[0].token("/welcome");
    Prepared {
        link: mailed[0].token("/reset-password"),
        code: mailed[0].code(),
        app,
        admin,
        session,
        browser,
        invitation,
    }
}

async fn act(admin: &Client, number: &str, action: &str) -> Reply {
    let found = admin.get(&format!("/admin/users?q={number}")).await.json();
    let id = found["items"][0]["id"].as_str().unwrap();
    admin
        .post(&format!("/admin/users/{id}/{action}"), &json!({}))
        .await
}

async fn come_over(state: State, prepared: &Prepared) {
    let Prepared { app, admin, .. } = prepared;
    match state {
        State::Usable => {}
        State::Locked => {
            for name in ["sales@portico.example", "EMP1003", "zhang.san", "EMP2001"] {
                let mut stranger = app.anon();
                stranger.peer = "198.51.100.7".parse().unwrap();
                loop {
                    let refused = stranger.sign_in(name, "wrong").await.json();
                    if refused["code"] == "locked" {
                        break;
                    }
                    let pause = refused["retry_after"].as_i64().unwrap_or(0);
                    // The last is the lock itself.
                    app.clock.advance(if pause < 60 { pause * SECOND } else { 0 });
                }
            }
        }
        State::Deactivated => {
            for number in ["EMP1003", "EMP2001"] {
                assert_eq!(act(admin, number, "deactivate").await.status, 200);
            }
        }
        State::MustChange => {
            assert_eq!(act(admin, "EMP1003", "require-new-password").await.status, 200);
        }
        State::Enrolled => {
            let client = app.as_role(Role::Sales).await;
            enrol(app, &client).await;
        }
    }
}

fn outcome(reply: &Reply) -> String {
    let answer = reply.json();
    let said = ["step", "outcome", "state", "code"]
        .into_iter()
        .find_map(|name| answer[name].as_str());
    // A grant says nothing else: a session goes on.
    said.unwrap_or("signed in").to_owned()
}

async fn take(way: Way, prepared: &Prepared) -> Reply {
    let Prepared { app, browser, .. } = prepared;
    let post = async |client: &Client, path: &str, body| client.post(path, &body).await;
    match way {
        Way::SignIn(name) => app.anon().sign_in(name, DEMO_PASSWORD).await,
        Way::OwnPassword => {
            let body = json!({"current": DEMO_PASSWORD, "new": NEW, "end_other_sessions": false});
            post(&prepared.session, "/me/password", body).await
        }
        Way::Link => {
            let body = json!({"token": prepared.link, "new_password": NEW});
            post(&app.anon(), "/auth/reset/complete", body).await
        }
        Way::Code => {
            let verified = post(browser, "/auth/reset/verify", json!({"code": prepared.code})).await;
            if outcome(&verified) != "accepted" {
                return verified;
            }
            post(browser, "/auth/reset/complete", json!({"new_password": NEW})).await
        }
        Way::Invitation => {
            let body =
                json!({"token": prepared.invitation, "password": NEW, "locale": "en", "time_zone": "UTC"});
            post(&app.anon(), "/auth/welcome/complete", body).await
        }
    }
}

#[tokio::test]
async fn every_way_in_comes_to_the_same_decision_about_an_account() {
    for (state, expected) in TABLE {
        for (way, expected) in WAYS.into_iter().zip(expected) {
            let prepared = prepare().await;
            come_over(state, &prepared).await;
            let reply = take(way, &prepared).await;
            assert_eq!(
                outcome(&reply),
                expected,
                "{way:?} while {state:?}: {}",
                reply.text()
            );
            // Whatever is not a session gives none.
            let opens = matches!(expected, "accepted" | "signed in")
                || (expected == "done" && matches!(way, Way::SignIn(_)));
            assert_eq!(
                reply.refresh_cookie().is_some_and(|cookie| !cookie.is_empty()),
                opens,
                "{way:?} while {state:?}"
            );
        }
    }
}

#[tokio::test]
async fn nothing_new_is_sent_to_an_account_out_of_use() {
    let prepared = prepare().await;
    come_over(State::Deactivated, &prepared).await;
    for (name, channel) in [("EMP1003", "mail"), ("EMP1003", "sms"), ("EMP2001", "mail")] {
        let ask = json!({"identifier": name, "channel": channel});
        assert_eq!(prepared.app.anon().post("/auth/reset", &ask).await.status, 200);
    }
    assert!(prepared.app.mail().await.is_empty());
    for (number, action) in [("EMP1003", "send-reset"), ("EMP2001", "resend-invitation")] {
        act(&prepared.admin, number, action)
            .await
            .refused(409, "conflict");
    }
}

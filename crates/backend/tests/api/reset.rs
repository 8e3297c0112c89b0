//! Resetting a password: how it goes by link, by code and with a question, and what holds whatever anybody tries.

mod bodies;
mod codes;
mod letters;
mod limits;
mod links;
mod questions;
mod races;

use axum::http::Method;
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::password::{PasswordPolicy, PolicyProfile};
use portico_contract::user::Role;
use serde_json::{Value, json};

use super::support::{Client, Mailed, RESET, Reply, TestApp};

const NEW: &str = "Violet-anchor-tempest-7";
/// The paths anybody may post to.
const OPEN_PATHS: [&str; 8] = [
    "/auth/reset",
    "/auth/reset/check",
    "/auth/reset/verify",
    "/auth/reset/answer",
    "/auth/reset/complete",
    "/auth/reset/request-admin",
    "/auth/welcome/check",
    "/auth/welcome/complete",
];

/// A browser that has asked for a reset of `identifier`, and what was sent.
async fn asked(app: &TestApp, identifier: &str, channel: &str) -> (Client, Vec<Mailed>) {
    let mut browser = app.anon();
    let reply = start(&browser, identifier, channel).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    browser.keep(&reply);
    (browser, app.mail().await)
}

async fn start(browser: &Client, identifier: &str, channel: &str) -> Reply {
    let body = json!({"identifier": identifier, "channel": channel});
    browser.post("/auth/reset", &body).await
}

async fn check(app: &TestApp, token: &str) -> Value {
    let reply = app
        .anon()
        .post("/auth/reset/check", &json!({"token": token}))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

async fn verify(browser: &Client, code: &str) -> Value {
    let reply = browser.post("/auth/reset/verify", &json!({"code": code})).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

async fn complete(browser: &Client, token: Option<&str>, password: &str) -> Reply {
    let body = match token {
        Some(token) => json!({"token": token, "new_password": password}),
        None => json!({"new_password": password}),
    };
    browser.post("/auth/reset/complete", &body).await
}

async fn signs_in(app: &TestApp, password: &str) -> bool {
    app.anon().sign_in("sales@portico.example", password).await.status == 200
}

/// An account of the installation's classic policy that has chosen a question.
async fn with_question() -> TestApp {
    let app =
        TestApp::with(|settings| settings.password_policy = PasswordPolicy::of(PolicyProfile::Classic)).await;
    let sales = app.as_role(Role::Sales).await;
    let body = json!({"question": "First ship?", "answer": "The Northern Star", "password": DEMO_PASSWORD});
    assert_eq!(sales.put("/me/security-question", &body).await.status, 200);
    let told = app.mail().await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].to.as_str(), told[0].subject.as_str()),
        (
            "sales@portico.example",
            "Portico: your security question was changed"
        )
    );
    app
}

#[tokio::test]
async fn a_link_sets_a_password_and_ends_every_session() {
    let app = TestApp::new().await;
    let phone = app.as_role(Role::Sales).await;
    let desk = app.as_role(Role::Sales).await;
    let (_, mailed) = asked(&app, "EMP1003", "mail").await;
    let [mail] = mailed.as_slice() else {
        panic!("{} messages", mailed.len());
    };
    assert_eq!(mail.to, "sales@portico.example");
    let token = mail.token("/reset-password");
    assert_eq!(token.len(), 43);
    let checked = check(&app, &token).await;
    assert_eq!(checked["state"], "valid");
    assert_eq!(checked["hint"], "s•••@•••.example");
    assert!(checked["words"].as_array().unwrap().contains(&json!("EMP1003")));
    // Another browser than the one that asked.
    let reply = complete(&app.anon(), Some(&token), NEW).await;
    assert_eq!((reply.status, reply.json()), (200, json!({"step": "done"})));
    assert!(reply.expires(RESET));
    assert_eq!(reply.refresh_cookie(), None, "nobody is signed in by it");
    for session in [&phone, &desk] {
        session.get("/me").await.refused(401, "unauthenticated");
        session.refresh().await.refused(401, "session_ended");
    }
    assert!(!signs_in(&app, DEMO_PASSWORD).await);
    assert!(signs_in(&app, NEW).await);
    let notice = app.mail().await;
    assert_eq!(notice.len(), 1);
    assert_eq!(notice[0].subject, "Portico: your password was changed");
    let events = app.audited("reset_completed").await;
    assert_eq!(events.last().unwrap()["outcome"], "accepted");
    assert_eq!(app.audited("reset_requested").await.len(), 1);
}

#[tokio::test]
async fn a_code_sets_a_password_in_the_browser_that_asked() {
    let app = TestApp::new().await;
    for channel in ["mail", "sms"] {
        let (browser, mailed) = asked(&app, "zhang.san", channel).await;
        let code = mailed[0].code();
        assert_eq!(verify(&app.anon(), &code).await, json!({"state": "over"}));
        let spaced = format!("{} {}", &code[..4], &code[4..]);
        assert_eq!(verify(&browser, &spaced).await["state"], "accepted");
        let password = format!("{NEW} {channel}");
        assert_eq!(complete(&browser, None, &password).await.json()["step"], "done");
        assert!(signs_in(&app, &password).await);
        let again = complete(&browser, None, NEW).await.json();
        assert_eq!(again, json!({"step": "over", "reason": "used"}));
        app.mail().await;
    }
}

#[tokio::test]
async fn everybody_gets_the_same_answer_for_the_same_work() {
    let app = TestApp::new().await;
    app.execute("UPDATE users SET active = FALSE WHERE employee_number = 'EMP1004'")
        .await;
    app.execute("UPDATE users SET verified_phone = NULL WHERE employee_number = 'EMP1005'")
        .await;
    app.execute("UPDATE users SET password_hash = NULL WHERE employee_number = 'EMP1006'")
        .await;
    for _ in 0..10 {
        app.anon().sign_in("EMP1007", "wrong").await;
    }
    let tables = ["recoveries", "messages", "audit_events", "admin_requests"];
    let mut answers = Vec::new();
    for identifier in [
        "sales@portico.example",
        "nobody@portico.example",
        "EMP1004",
        "EMP1005",
        "EMP1006",
        "EMP1007",
        "nobody\0@portico.example",
        "李",
    ] {
        for channel in ["mail", "sms", "administrator"] {
            let before = app.counts(&tables).await;
            let hashed = app.passwords.verifications();
            let reply = if channel == "administrator" {
                let body = json!({"identifier": identifier, "reason": "My telephone is gone"});
                app.anon().post("/auth/reset/request-admin", &body).await
            } else {
                start(&app.anon(), identifier, channel).await
            };
            assert_eq!((reply.status, reply.text().as_str()), (200, "{}"), "{identifier}");
            assert_eq!(app.passwords.verifications(), hashed);
            let mut headers: Vec<_> = reply.headers.keys().map(ToString::to_string).collect();
            headers.sort();
            let after = app.counts(&tables).await;
            let work: Vec<_> = after
                .iter()
                .zip(&before)
                .map(|(after, before)| after - before)
                .collect();
            answers.push((channel == "administrator", headers, work));
        }
    }
    for kind in [false, true] {
        let mut of_kind = answers
            .iter()
            .filter(|(administrator, ..)| *administrator == kind);
        let first = of_kind.next().unwrap();
        assert!(of_kind.all(|answer| answer == first), "{answers:?}");
    }
}

#[tokio::test]
async fn links_go_nowhere_but_to_the_public_address() {
    let app = TestApp::new().await;
    for header in [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example;proto=http"),
        ("x-original-url", "https://evil.example/"),
        ("origin", "https://portico.example"),
    ] {
        let body = json!({"identifier": format!("{}-nobody", header.0), "channel": "mail"});
        app.anon().post_with("/auth/reset", &[header], &body).await;
    }
    for (identifier, header) in [
        ("EMP1003", ("x-forwarded-host", "evil.example")),
        ("EMP1004", ("forwarded", "host=evil.example;proto=http")),
    ] {
        let body = json!({"identifier": identifier, "channel": "mail"});
        let reply = app.anon().post_with("/auth/reset", &[header], &body).await;
        assert_eq!(reply.status, 200);
    }
    // In place of the true one, not beside it.
    let request = axum::http::Request::builder()
        .method(Method::POST)
        .uri("/api/v1/auth/reset")
        .header("host", "evil.example")
        .header("content-type", "application/json")
        .header("x-portico", "1");
    let body = json!({"identifier": "EMP1005", "channel": "mail"}).to_string();
    let reply = app.anon().send(request.body(body.into()).unwrap()).await;
    assert_eq!(reply.status, 200);
    let mailed = app.mail().await;
    assert_eq!(mailed.len(), 3);
    for mail in mailed {
        assert!(
            mail.text.contains("\nhttps://portico.example/reset-password#t="),
            "{}",
            mail.text
        );
        assert!(!mail.text.contains("evil"));
    }
}

#[tokio::test]
async fn steps_cannot_be_skipped_or_lent() {
    let app = TestApp::new().await;
    let unknown = json!({"step": "over", "reason": "unknown"});
    assert_eq!(complete(&app.anon(), None, NEW).await.json(), unknown);
    let (victim, mailed) = asked(&app, "EMP1003", "mail").await;
    // The browser asked, and has proven nothing.
    assert_eq!(complete(&victim, None, NEW).await.json(), unknown);
    let code = mailed[0].code();
    // A code of one reset in the browser of another.
    let (attacker, own) = asked(&app, "EMP1004", "mail").await;
    assert_eq!(verify(&attacker, &code).await["state"], "refused");
    assert_eq!(verify(&attacker, &own[0].code()).await["state"], "accepted");
    // Its proof is for its own account.
    assert_eq!(complete(&attacker, None, NEW).await.json()["step"], "done");
    assert!(signs_in(&app, DEMO_PASSWORD).await);
    // A token of an invitation is none of a reset, nor the other way round.
    let token = mailed[0].token("/reset-password");
    let welcome = app
        .anon()
        .post("/auth/welcome/check", &json!({"token": token}))
        .await;
    assert_eq!(welcome.json(), json!({"state": "over", "reason": "unknown"}));
    let answer = victim.post("/auth/reset/answer", &json!({"answer": "x"})).await;
    assert_eq!(answer.json()["state"], "refused", "there is no question");
    // The token is not what the cookie holds.
    let mut forged = app.anon();
    forged.reset = Some(token);
    assert_eq!(verify(&forged, &code).await, json!({"state": "over"}));
}

#[tokio::test]
async fn five_wrong_codes_end_it_known_or_not() {
    let app = TestApp::new().await;
    let mut answers = Vec::new();
    for identifier in ["EMP1003", "nobody@portico.example"] {
        let (browser, mailed) = asked(&app, identifier, "mail").await;
        let wrong = mailed.first().map_or("00000000".to_owned(), Mailed::wrong_code);
        let mut given = Vec::new();
        for _ in 0..6 {
            given.push(verify(&browser, &wrong).await);
        }
        if let Some(mail) = mailed.first() {
            assert_eq!(verify(&browser, &mail.code()).await, json!({"state": "over"}));
            assert_eq!(
                check(&app, &mail.token("/reset-password")).await["state"],
                "valid"
            );
        }
        answers.push(given);
    }
    assert_eq!(answers[0], answers[1]);
    let left: Vec<_> = answers[0]
        .iter()
        .map(|answer| answer["tries_left"].as_u64())
        .collect();
    assert_eq!(left, [Some(4), Some(3), Some(2), Some(1), None, None]);
    let locked = app.audited("locked").await;
    let whom: Vec<_> = locked.iter().map(|line| line["subject_id"].is_string()).collect();
    assert_eq!(whom, [true, false]);
    for line in &locked {
        assert_eq!(line["detail"], r#"{"step":"code","until_recovery":false}"#);
    }
    let mut tried = app.audited("reset_completed").await;
    tried.retain(|line| line["subject_id"].is_string());
    assert_eq!(tried.len(), 5);
}

#[tokio::test]
async fn a_question_is_asked_after_the_code_and_never_instead_of_it() {
    let app = with_question().await;
    let (browser, mailed) = asked(&app, "EMP1003", "mail").await;
    let answer = async |text: &str| {
        browser
            .post("/auth/reset/answer", &json!({"answer": text}))
            .await
            .json()
    };
    assert_eq!(
        answer("The Northern Star").await["state"],
        "refused",
        "no code yet"
    );
    let asked = verify(&browser, &mailed[0].code()).await;
    assert_eq!(asked, json!({"state": "question", "question": "First ship?"}));
    let unknown = json!({"step": "over", "reason": "unknown"});
    assert_eq!(
        complete(&browser, None, NEW).await.json(),
        unknown,
        "the code alone is not enough"
    );
    assert_eq!(
        answer("Titanic").await,
        json!({"state": "refused", "tries_left": 3}),
        "the right code is no try in vain"
    );
    assert_eq!(answer("the  NORTHERN star").await["state"], "accepted");
    assert_eq!(complete(&browser, None, NEW).await.json()["step"], "done");
}

#[tokio::test]
async fn questions_exist_only_under_the_classic_policy_and_behind_the_password() {
    let app = with_question().await;
    let sales = app.as_role(Role::Sales).await;
    let body = json!({"question": "First ship?", "answer": "Other", "password": "wrong"});
    sales
        .put("/me/security-question", &body)
        .await
        .refused(422, "validation");
    let refused = app.audited("question_chosen").await;
    assert_eq!(refused.last().unwrap()["outcome"], "refused");
    assert!(app.audited("password_changed").await.is_empty());
    assert_eq!(
        app.number("SELECT COUNT(*) FROM security_questions WHERE answer_hash LIKE '$argon2id$%'")
            .await,
        1
    );

    let app = TestApp::new().await;
    let sales = app.as_role(Role::Sales).await;
    let body = json!({"question": "First ship?", "answer": "Star", "password": DEMO_PASSWORD});
    sales
        .put("/me/security-question", &body)
        .await
        .refused(404, "not_found");
}

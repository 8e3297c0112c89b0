//! Resetting a password: by link, by code, through an administrator; and what people try instead.

use axum::http::Method;
use portico_backend::domain::clock::{HOUR, MINUTE};
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
async fn only_those_who_are_meant_are_written_to() {
    let app = TestApp::new().await;
    app.execute("UPDATE users SET active = FALSE WHERE employee_number = 'EMP1004'")
        .await;
    app.execute("UPDATE users SET phone = '+4915100000000' WHERE employee_number = 'EMP1005'")
        .await;
    for (identifier, channel) in [
        ("nobody@portico.example", "mail"),
        ("EMP1004", "mail"),
        ("EMP1004", "sms"),
        // The number was changed since it was verified.
        ("EMP1005", "sms"),
    ] {
        let (_, mailed) = asked(&app, identifier, channel).await;
        assert!(mailed.is_empty(), "{identifier} {channel}");
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM messages").await, 0);
}

#[tokio::test]
async fn a_code_ends_with_the_number_it_went_to() {
    let app = TestApp::new().await;
    for change in [
        "phone = '+4915100000000'",
        "phone = NULL",
        "verified_phone = NULL",
    ] {
        let (browser, mailed) = asked(&app, "zhang.san", "sms").await;
        let before = "UPDATE users SET phone = '+8613800000003', verified_phone = '+8613800000003'";
        app.execute(&format!(
            "UPDATE users SET {change} WHERE employee_number = 'EMP1003'"
        ))
        .await;
        let reply = verify(&browser, &mailed[0].code()).await;
        assert_eq!(reply["state"], "refused", "{change}");
        app.execute(&format!("{before} WHERE employee_number = 'EMP1003'"))
            .await;
    }
}

#[tokio::test]
async fn letters_are_in_the_accounts_language_or_else_the_pages() {
    let app = TestApp::new().await;
    let ask = async |locale: Value| {
        let body = json!({"identifier": "EMP1003", "channel": "mail", "locale": locale});
        assert_eq!(app.anon().post("/auth/reset", &body).await.status, 200);
        app.mail().await[0].subject.clone()
    };
    assert_eq!(ask(json!(null)).await, "Portico: reset your password");
    assert_eq!(ask(json!("de")).await, "Portico: Passwort zurücksetzen");
    app.execute("UPDATE users SET chosen_locale = 'zh-CN'").await;
    assert_eq!(ask(json!("de")).await, "Portico：重置密码");
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
async fn looking_at_a_link_uses_nothing_up() {
    let app = TestApp::new().await;
    let (_, mailed) = asked(&app, "EMP1003", "mail").await;
    let token = mailed[0].token("/reset-password");
    let scanner = app.anon();
    for _ in 0..5 {
        for method in [Method::GET, Method::HEAD] {
            for path in OPEN_PATHS {
                let request = scanner.request(method.clone(), path).header("x-portico", "1");
                let reply = scanner
                    .send(request.body(axum::body::Body::empty()).unwrap())
                    .await;
                assert_eq!(reply.status, 405, "{path}");
            }
            scanner
                .fetch(&format!("/reset-password#t={token}"), "text/html")
                .await;
        }
        assert_eq!(check(&app, &token).await["state"], "valid");
    }
    assert_eq!(
        complete(&app.anon(), Some(&token), NEW).await.json()["step"],
        "done"
    );
}

#[tokio::test]
async fn a_link_says_why_it_does_not_work() {
    let app = TestApp::new().await;
    let over = |reason: &str| json!({"state": "over", "reason": reason});
    let refused = async |token: &str, reason: &str| {
        assert_eq!(check(&app, token).await, over(reason));
        let reply = complete(&app.anon(), Some(token), NEW).await;
        assert_eq!(reply.json(), json!({"step": "over", "reason": reason}));
    };
    let link = async |identifier: &str| {
        let (_, mailed) = asked(&app, identifier, "mail").await;
        mailed[0].token("/reset-password")
    };
    for foreign in ["x", &"A".repeat(43), "'; DROP TABLE users;--", "\0"] {
        refused(foreign, "unknown").await;
    }
    let first = link("EMP1003").await;
    let second = link("zhang.san").await;
    refused(&first, "superseded").await;
    assert_eq!(
        complete(&app.anon(), Some(&second), NEW).await.json()["step"],
        "done"
    );
    refused(&second, "used").await;
    app.mail().await;

    let expired = link("EMP1004").await;
    app.clock.advance(HOUR - 1);
    assert_eq!(check(&app, &expired).await["state"], "valid");
    app.clock.advance(1);
    refused(&expired, "expired").await;

    let moved = link("EMP1005").await;
    app.execute("UPDATE users SET email = 'other@portico.example' WHERE employee_number = 'EMP1005'")
        .await;
    refused(&moved, "changed_address").await;

    let disabled = link("EMP1006").await;
    app.execute("UPDATE users SET active = FALSE WHERE employee_number = 'EMP1006'")
        .await;
    refused(&disabled, "unknown").await;
    let row = "SELECT COUNT(*) FROM users WHERE password_hash IS NOT NULL";
    assert_eq!(app.number(row).await, 11);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_resets_begun_at_once_one_is_open() {
    let app = TestApp::new().await;
    let asking: Vec<_> = ["EMP1003", "zhang.san", "sales@portico.example"]
        .into_iter()
        .cycle()
        .take(9)
        .map(|name| {
            let browser = app.anon();
            tokio::spawn(async move { start(&browser, name, "mail").await.status })
        })
        .collect();
    for asked in asking {
        assert_eq!(asked.await.unwrap(), 200);
    }
    let all = "SELECT COUNT(*) FROM recoveries";
    assert_eq!(app.number(all).await, 9);
    let open = format!("{all} WHERE superseded_at IS NULL AND used_at IS NULL");
    assert_eq!(app.number(&open).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_and_what_administrators_do_at_the_same_time_wait_for_each_other() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    for number in ["EMP1002", "EMP1003", "EMP1004", "EMP1005", "EMP1006", "EMP1007"] {
        let (_, mailed) = asked(&app, number, "mail").await;
        let token = mailed[0].token("/reset-password");
        let user = admin.get(&format!("/admin/users?q={number}")).await.json()["items"][0]["id"].clone();
        let path = |action: &str| format!("/admin/users/{}/{action}", user.as_str().unwrap());
        let (anon, nothing) = (app.anon(), json!({}));
        let (deactivate, send_reset) = (path("deactivate"), path("send-reset"));
        let (done, out, sent) = tokio::join!(
            complete(&anon, Some(&token), NEW),
            admin.post(&deactivate, &nothing),
            admin.post(&send_reset, &nothing),
        );
        assert_eq!(
            (done.status, out.status),
            (200, 200),
            "{} {}",
            done.text(),
            out.text()
        );
        assert!([200, 409].contains(&sent.status), "{}", sent.text());
        app.mail().await;
    }
}

#[tokio::test]
async fn a_link_ends_with_the_password_it_was_for() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let (browser, mailed) = asked(&app, "EMP1003", "mail").await;
    verify(&browser, &mailed[0].code()).await;
    let change = json!({"current": DEMO_PASSWORD, "new": NEW, "end_other_sessions": true});
    assert_eq!(client.post("/me/password", &change).await.status, 200);
    let over = json!({"step": "over", "reason": "superseded"});
    let token = mailed[0].token("/reset-password");
    for token in [Some(token.as_str()), None] {
        let reply = complete(&browser, token, "Silver-canyon-72-heron").await;
        assert_eq!(reply.json(), over);
    }
    assert!(signs_in(&app, NEW).await);
}

#[tokio::test]
async fn a_refused_password_leaves_the_link_alive() {
    let app = TestApp::new().await;
    let (_, mailed) = asked(&app, "EMP1003", "mail").await;
    let token = mailed[0].token("/reset-password");
    for (password, rule) in [
        ("short", "too_short"),
        ("sales@portico.example", "context_word"),
        ("passwordpassword", "too_guessable"),
        (DEMO_PASSWORD, "same_as_now"),
    ] {
        let reply = complete(&app.anon(), Some(&token), password).await;
        reply.refused(422, "validation");
        assert_eq!(reply.json()["fields"][0]["field"], "new_password");
        assert_eq!(reply.json()["fields"][0]["rule"], rule, "{password}");
    }
    let long = complete(&app.anon(), Some(&token), &"x".repeat(129)).await;
    long.refused(422, "validation");
    assert_eq!(
        complete(&app.anon(), Some(&token), NEW).await.json()["step"],
        "done"
    );
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
async fn steps_of_a_reset_are_written_by_name_and_about_whom() {
    let app = with_question().await;
    let (browser, mailed) = asked(&app, "EMP1003", "mail").await;
    let answer = async |text: &str| {
        browser
            .post("/auth/reset/answer", &json!({"answer": text}))
            .await
            .json()
    };
    verify(&browser, &mailed[0].wrong_code()).await;
    verify(&browser, &mailed[0].code()).await;
    answer("Titanic").await;
    answer("The Northern Star").await;
    let token = mailed[0].token("/reset-password");
    for text in ["Titanic", "The Northern Star"] {
        let body = json!({"token": token, "answer": text});
        app.anon().post("/auth/reset/answer", &body).await;
    }
    for (event, steps) in [
        ("reset_completed", ["code", "question", "question"]),
        ("reset_step", ["code", "question", "question"]),
    ] {
        let lines = app.audited(event).await;
        let written: Vec<_> = lines
            .iter()
            .map(|line| line["detail"].as_str().unwrap())
            .collect();
        assert_eq!(
            written,
            steps.map(|step| format!(r#"{{"step":"{step}"}}"#)),
            "{event}"
        );
        assert!(lines.iter().all(|line| line["subject_id"].is_string()), "{event}");
    }
}

#[tokio::test]
async fn asking_again_gives_no_tries_back() {
    let app = TestApp::new().await;
    let (first, mailed) = asked(&app, "EMP1003", "mail").await;
    for _ in 0..3 {
        verify(&first, &mailed[0].wrong_code()).await;
    }
    // Another browser without the cookie of the first does not help either.
    let (second, mailed) = asked(&app, "EMP1003", "mail").await;
    assert_eq!(verify(&first, &mailed[0].code()).await, json!({"state": "over"}));
    let left = verify(&second, &mailed[0].wrong_code()).await;
    assert_eq!(left, json!({"state": "refused", "tries_left": 1}));
    verify(&second, &mailed[0].wrong_code()).await;
    let (third, mailed) = asked(&app, "EMP1003", "mail").await;
    assert!(!mailed[0].has_code(), "a code that cannot be entered is not sent");
    assert_eq!(verify(&third, "12345678").await, json!({"state": "over"}));
    let token = mailed[0].token("/reset-password");
    assert_eq!(complete(&third, Some(&token), NEW).await.json()["step"], "done");
}

#[tokio::test]
async fn codes_work_again_after_an_hour_however_often_one_asks() {
    let app = TestApp::new().await;
    let (browser, mailed) = asked(&app, "EMP1003", "mail").await;
    for _ in 0..5 {
        verify(&browser, &mailed[0].wrong_code()).await;
    }
    app.clock.advance(59 * MINUTE);
    let (browser, mailed) = asked(&app, "EMP1003", "mail").await;
    assert!(!mailed[0].has_code());
    assert_eq!(verify(&browser, "12345678").await, json!({"state": "over"}));
    for _ in 0..3 {
        app.clock.advance(59 * MINUTE);
        let (browser, mailed) = asked(&app, "EMP1003", "mail").await;
        let left = verify(&browser, &mailed[0].wrong_code()).await;
        assert_eq!(left, json!({"state": "refused", "tries_left": 4}));
        assert_eq!(verify(&browser, &mailed[0].code()).await["state"], "accepted");
        // What was right is no failure, however often it is entered.
        for _ in 0..6 {
            assert_eq!(verify(&browser, &mailed[0].code()).await["state"], "accepted");
        }
        let left = verify(&browser, &mailed[0].wrong_code()).await;
        assert_eq!(left, json!({"state": "refused", "tries_left": 3}));
        app.clock.advance(2 * MINUTE);
    }
}

#[tokio::test]
async fn naming_an_account_differently_gives_no_further_codes_and_says_so_nowhere() {
    let app = TestApp::new().await;
    let (first, mailed) = asked(&app, "EMP1003", "mail").await;
    for _ in 0..4 {
        verify(&first, &mailed[0].wrong_code()).await;
    }
    let (second, mailed) = asked(&app, "zhang.san", "mail").await;
    let left = verify(&second, &mailed[0].wrong_code()).await;
    assert_eq!(
        left,
        json!({"state": "refused", "tries_left": 4}),
        "as for any name"
    );
    // The right one is not right any more, and looks like a wrong one.
    let left = verify(&second, &mailed[0].code()).await;
    assert_eq!(left, json!({"state": "refused", "tries_left": 3}));
    let (_, mailed) = asked(&app, "sales@portico.example", "mail").await;
    assert!(!mailed[0].has_code(), "a code that cannot be entered is not sent");
    assert_eq!(
        check(&app, &mailed[0].token("/reset-password")).await["state"],
        "valid"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn parallel_codes_are_all_counted() {
    let app = TestApp::new().await;
    let (browser, mailed) = asked(&app, "EMP1003", "mail").await;
    let wrong = mailed[0].wrong_code();
    let guesses: Vec<_> = (0..30)
        .map(|_| {
            let (browser, wrong) = (browser.clone(), wrong.clone());
            tokio::spawn(async move { verify(&browser, &wrong).await["state"] == "refused" })
        })
        .collect();
    let mut looked_at = 0;
    for guess in guesses {
        looked_at += u32::from(guess.await.unwrap());
    }
    assert_eq!(looked_at, 4, "the fifth says that it is over");
    assert_eq!(
        verify(&browser, &mailed[0].code()).await,
        json!({"state": "over"})
    );
}

#[tokio::test]
async fn a_code_lives_ten_minutes() {
    let app = TestApp::new().await;
    let (browser, mailed) = asked(&app, "EMP1003", "mail").await;
    app.clock.advance(10 * MINUTE);
    assert_eq!(
        verify(&browser, &mailed[0].code()).await,
        json!({"state": "over"})
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_parallel_completions_one_sets_the_password() {
    let app = TestApp::new().await;
    let (_, mailed) = asked(&app, "EMP1003", "mail").await;
    let token = mailed[0].token("/reset-password");
    let tries: Vec<_> = (0..8)
        .map(|number| {
            let (browser, token) = (app.anon(), token.clone());
            tokio::spawn(async move {
                let password = format!("{NEW} {number}");
                (complete(&browser, Some(&token), &password).await.json()["step"] == "done")
                    .then_some(password)
            })
        })
        .collect();
    let mut set = Vec::new();
    for attempt in tries {
        set.extend(attempt.await.unwrap());
    }
    let [password] = set.as_slice() else {
        panic!("{} were set", set.len());
    };
    assert!(signs_in(&app, password).await);
}

#[tokio::test]
async fn three_resets_an_hour_for_a_name_known_or_not() {
    let app = TestApp::new().await;
    for identifier in ["EMP1003", "nobody@portico.example"] {
        for _ in 0..3 {
            assert_eq!(start(&app.anon(), identifier, "mail").await.status, 200);
            app.clock.advance(20 * MINUTE - 1);
        }
        let reply = start(&app.anon(), identifier, "mail").await;
        reply.refused(429, "rate_limited");
        assert!(reply.header("retry-after").parse::<u64>().unwrap() > 0);
        let body = json!({"identifier": identifier, "reason": "x"});
        let other = app.anon().post("/auth/reset/request-admin", &body).await;
        assert_eq!(other.status, 200, "it has a counter of its own");
    }
    app.clock.advance(HOUR);
    assert_eq!(start(&app.anon(), "EMP1003", "mail").await.status, 200);
}

#[tokio::test]
async fn one_network_cannot_write_to_everybody() {
    let app = TestApp::new().await;
    let mut refused = None;
    for number in 0..100 {
        let reply = start(&app.anon(), &format!("nobody{number}"), "mail").await;
        if reply.status == 429 {
            refused = Some(number);
            break;
        }
    }
    assert_eq!(refused, Some(60));
}

#[tokio::test]
async fn a_reset_opens_what_guessing_has_closed() {
    let app = TestApp::new().await;
    for _ in 0..10 {
        app.anon().sign_in("sales@portico.example", "wrong").await;
        app.clock.advance(MINUTE);
    }
    assert!(!signs_in(&app, DEMO_PASSWORD).await);
    app.mail().await;
    let (_, mailed) = asked(&app, "EMP1003", "mail").await;
    let token = mailed[0].token("/reset-password");
    assert_eq!(
        complete(&app.anon(), Some(&token), NEW).await.json()["step"],
        "done"
    );
    assert!(signs_in(&app, NEW).await);
}

#[tokio::test]
async fn secrets_are_stored_only_as_hashes_and_answered_never() {
    let app = TestApp::new().await;
    let mut browser = app.anon();
    let reply = start(&browser, "EMP1003", "mail").await;
    browser.keep(&reply);
    assert_eq!(reply.text(), "{}");
    let cookie = reply.set_cookie(RESET).unwrap();
    assert!(
        cookie.contains("; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age="),
        "{cookie}"
    );
    let mailed = app.mail().await;
    let (token, code) = (mailed[0].token("/reset-password"), mailed[0].code());
    for secret in [token.as_str(), browser.reset.as_deref().unwrap()] {
        for column in ["token_hash", "browser_hash", "asked_for", "address_tag"] {
            let sql = format!("SELECT COUNT(*) FROM recoveries WHERE {column} = '{secret}'");
            assert_eq!(app.number(&sql).await, 0, "{column}");
        }
    }
    let accepted = browser.post("/auth/reset/verify", &json!({"code": code})).await;
    for reply in [&accepted, &complete(&browser, Some(&token), NEW).await] {
        assert!(!reply.text().contains(&code) && !reply.text().contains(&token));
    }
    let log = super::support::captured();
    for secret in [token, code, browser.reset.unwrap(), NEW.to_owned()] {
        assert!(!log.contains(&secret));
    }
}

#[tokio::test]
async fn bodies_hold_what_they_are_to_hold_and_nothing_else() {
    let app = TestApp::new().await;
    let client = app.anon();
    for (path, body) in [
        (
            "/auth/reset",
            json!({"identifier": "a", "channel": "mail", "user_id": "x"}),
        ),
        ("/auth/reset", json!({"identifier": "a", "channel": "pigeon"})),
        (
            "/auth/reset",
            json!({"identifier": "a", "channel": "mail", "to": "x@evil.example"}),
        ),
        ("/auth/reset", json!({"identifier": ["a"], "channel": "mail"})),
        ("/auth/reset/check", json!({})),
        ("/auth/reset/verify", json!({"code": 12_345_678})),
        (
            "/auth/reset/complete",
            json!({"new_password": NEW, "identifier": "EMP1003"}),
        ),
        (
            "/auth/reset/request-admin",
            json!({"identifier": "a", "reason": "b", "state": "sent"}),
        ),
        (
            "/auth/welcome/complete",
            json!({"token": "a", "password": NEW, "locale": "de", "time_zone": "UTC", "role": "admin"}),
        ),
    ] {
        client.post(path, &body).await.refused(400, "malformed_request");
    }
    for (path, body, field) in [
        (
            "/auth/reset",
            json!({"identifier": " ", "channel": "mail"}),
            "identifier",
        ),
        (
            "/auth/reset",
            json!({"identifier": "x".repeat(255), "channel": "mail"}),
            "identifier",
        ),
        ("/auth/reset/check", json!({"token": "x".repeat(65)}), "token"),
        ("/auth/reset/verify", json!({"code": "1234567"}), "code"),
        (
            "/auth/reset/complete",
            json!({"new_password": ""}),
            "new_password",
        ),
        (
            "/auth/reset/request-admin",
            json!({"identifier": "a", "reason": "a\u{1b}[31mb"}),
            "reason",
        ),
        (
            "/auth/welcome/complete",
            json!({"token": "a", "password": NEW, "locale": "de", "time_zone": ""}),
            "time_zone",
        ),
    ] {
        let reply = client.post(path, &body).await;
        reply.refused(422, "validation");
        assert_eq!(reply.json()["fields"][0]["field"], field, "{path}");
    }
    for path in OPEN_PATHS {
        let request = client
            .request(Method::POST, path)
            .header("content-type", "application/json");
        let reply = client.send(request.body("{}".into()).unwrap()).await;
        reply.refused(403, "cross_site");
        let headers = [("sec-fetch-site", "same-site")];
        client
            .post_with(path, &headers, &json!({}))
            .await
            .refused(403, "cross_site");
    }
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
async fn a_question_is_asked_with_the_link_as_well() {
    let app = with_question().await;
    let (browser, mailed) = asked(&app, "EMP1003", "mail").await;
    // Somebody who only knows the name uses up the tries of the code.
    for _ in 0..5 {
        verify(&browser, &mailed[0].wrong_code()).await;
    }
    let link = mailed[0].token("/reset-password");
    assert_eq!(
        check(&app, &link).await,
        json!({"state": "question", "question": "First ship?"})
    );
    let anon = app.anon();
    let unknown = json!({"step": "over", "reason": "unknown"});
    assert_eq!(
        complete(&anon, Some(&link), NEW).await.json(),
        unknown,
        "the link alone is not enough"
    );
    let answer = async |text: &str| {
        let body = json!({"token": link, "answer": text});
        anon.post("/auth/reset/answer", &body).await
    };
    assert_eq!(
        answer("Titanic").await.json(),
        json!({"state": "refused", "tries_left": 4})
    );
    assert_eq!(answer("the northern STAR").await.json()["state"], "accepted");
    assert_eq!(check(&app, &link).await["state"], "valid");
    assert_eq!(complete(&anon, Some(&link), NEW).await.json()["step"], "done");
    assert_eq!(answer("the northern STAR").await.json(), json!({"state": "over"}));
}

#[tokio::test]
async fn five_wrong_answers_in_an_hour_are_all_whatever_the_link() {
    let app = with_question().await;
    let answers = async |texts: &[&str]| {
        let (_, mailed) = asked(&app, "EMP1003", "mail").await;
        let link = mailed[0].token("/reset-password");
        let mut statuses = Vec::new();
        for text in texts {
            let body = json!({"token": link, "answer": text});
            statuses.push(app.anon().post("/auth/reset/answer", &body).await.status);
        }
        statuses
    };
    assert_eq!(answers(&["a", "b", "c"]).await, [200, 200, 200]);
    let statuses = answers(&["d", "e", "The Northern Star"]).await;
    assert_eq!(statuses, [200, 429, 429]);
    app.clock.advance(HOUR);
    assert_eq!(answers(&["The Northern Star"]).await, [200]);
}

#[tokio::test]
async fn what_is_asked_is_told_to_its_owner_only() {
    let app = with_question().await;
    let own = app.as_role(Role::Sales).await.get("/me/security-question").await;
    assert_eq!(own.json(), json!({"question": "First ship?"}));
    let none = app
        .as_role(Role::Manager)
        .await
        .get("/me/security-question")
        .await;
    assert_eq!(none.json(), json!({}));
    app.anon()
        .get("/me/security-question")
        .await
        .refused(401, "unauthenticated");
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

//! Messages on their way out: the queue, a real mail server, a provider of short messages, the outbox.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse as _;
use portico_backend::domain::clock::{HOUR, MINUTE, SECOND};
use portico_backend::outlets::{Outlet, Outlets, SmsGateway};
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::json;
use tokio::net::TcpListener;

use super::support::{Security, SmtpServer, TestApp, captured};

async fn with_mail(server: &SmtpServer, trusted: bool) -> TestApp {
    TestApp::with(|settings| settings.outlets = server.outlets(trusted)).await
}

async fn ask(app: &TestApp, identifier: &str, channel: &str) {
    let body = json!({"identifier": identifier, "channel": channel});
    assert_eq!(app.anon().post("/auth/reset", &body).await.status, 200);
}

async fn waiting(app: &TestApp) -> i64 {
    app.number("SELECT COUNT(*) FROM messages").await
}

#[tokio::test]
async fn mail_leaves_by_every_kind_of_connection() {
    for security in [Security::Clear, Security::StartTls, Security::Tls] {
        let server = SmtpServer::start(security).await;
        let app = with_mail(&server, true).await;
        ask(&app, "admin@portico.example", "mail").await;
        assert_eq!(app.app.deliver().await.unwrap(), 1);
        let received = server.received();
        let mail = &received[0];
        for part in [
            "To: admin@portico.example\r\n",
            "From: Portico <no-reply@portico.example>\r\n",
            "Subject: Portico: reset your password\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Content-Type: multipart/alternative",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Type: text/html; charset=utf-8",
        ] {
            assert!(mail.contains(part), "{part}: {mail}");
        }
        assert_eq!(server.sign_ins(), 1);
        assert_eq!(waiting(&app).await, 0, "what was sent is forgotten");
    }
}

#[tokio::test]
async fn a_server_nobody_vouches_for_gets_nothing() {
    for security in [Security::StartTls, Security::Tls] {
        let server = SmtpServer::start(security).await;
        let app = with_mail(&server, false).await;
        ask(&app, "sales@portico.example", "mail").await;
        assert_eq!(app.app.deliver().await.unwrap(), 0);
        assert!(server.received().is_empty());
        assert_eq!(server.sign_ins(), 0, "the password was not even said");
        assert_eq!(waiting(&app).await, 1);
    }
    assert!(!captured().contains("canary-smtp-password"));
}

#[tokio::test]
async fn a_connection_that_stays_in_clear_gets_nothing() {
    // It offers no STARTTLS although it is to.
    let server = SmtpServer::start(Security::Clear).await;
    let outlets = server.outlets_as(Security::StartTls, true);
    let app = TestApp::with(|settings| settings.outlets = outlets).await;
    ask(&app, "sales@portico.example", "mail").await;
    assert_eq!(app.app.deliver().await.unwrap(), 0);
    assert!(server.received().is_empty());
    assert_eq!(server.sign_ins(), 0);
}

#[tokio::test]
async fn what_is_refused_for_now_is_tried_again_with_growing_pauses() {
    let server = SmtpServer::start(Security::Clear).await;
    let app = with_mail(&server, true).await;
    ask(&app, "sales@portico.example", "mail").await;
    for pause in [15, 30, 60] {
        server.refuse_next("451 busy");
        assert_eq!(app.app.deliver().await.unwrap(), 0);
        app.clock.advance(pause * SECOND - 1);
        assert_eq!(app.app.deliver().await.unwrap(), 0, "it is not due yet");
        app.clock.advance(1);
    }
    assert_eq!(app.app.deliver().await.unwrap(), 1);
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn what_is_refused_for_good_is_given_up_and_forgotten() {
    let server = SmtpServer::start(Security::Clear).await;
    let app = with_mail(&server, true).await;
    ask(&app, "sales@portico.example", "mail").await;
    server.refuse_next("550 nobody here");
    assert_eq!(app.app.deliver().await.unwrap(), 0);
    assert_eq!(waiting(&app).await, 0);
    app.clock.advance(HOUR);
    assert_eq!(app.app.deliver().await.unwrap(), 0);
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn what_is_outdated_is_not_sent_any_more() {
    let server = SmtpServer::start(Security::Clear).await;
    let app = with_mail(&server, true).await;
    ask(&app, "sales@portico.example", "mail").await;
    app.clock.advance(HOUR);
    assert_eq!(app.app.deliver().await.unwrap(), 0);
    assert_eq!((server.received().len(), waiting(&app).await), (0, 0));
}

#[tokio::test]
async fn after_ten_refusals_a_message_is_given_up() {
    let app = TestApp::with(|settings| {
        settings.outlets = Outlets {
            mail: Outlet::Nowhere,
            sms: Outlet::Nowhere,
        };
    })
    .await;
    let admin = app.as_role(Role::Admin).await;
    let users = admin.get("/admin/users?q=zhang.san").await.json();
    let path = format!(
        "/admin/users/{}/send-reset",
        users["items"][0]["id"].as_str().unwrap()
    );
    assert_eq!(admin.post(&path, &json!({})).await.status, 200);
    app.execute("UPDATE messages SET ends_at = 9000000000000000")
        .await;
    // However long nobody is there: a server may be down for a weekend.
    for _ in 0..50 {
        assert_eq!(app.app.deliver().await.unwrap(), 0);
        assert_eq!(waiting(&app).await, 1);
        app.clock.advance(HOUR);
    }
    let server = SmtpServer::start(Security::Clear).await;
    let app_with_server = app.another(server.outlets(true)).await;
    for _ in 0..9 {
        server.refuse_next("451 busy");
        assert_eq!(app_with_server.deliver().await.unwrap(), 0);
        assert_eq!(waiting(&app).await, 1);
        app.clock.advance(HOUR);
    }
    server.refuse_next("451 busy");
    assert_eq!(app_with_server.deliver().await.unwrap(), 0);
    assert_eq!(waiting(&app).await, 0);
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn what_could_not_be_sent_for_hours_is_sent_when_somebody_is_there() {
    let app = TestApp::with(|settings| {
        settings.outlets = Outlets {
            mail: Outlet::Nowhere,
            sms: Outlet::Nowhere,
        };
    })
    .await;
    let client = app.as_role(Role::Sales).await;
    let change = json!({
        "current": DEMO_PASSWORD, "new": "Copper-meadow-71-otter", "end_other_sessions": false,
    });
    assert_eq!(client.post("/me/password", &change).await.status, 200);
    for _ in 0..24 * 60 {
        app.clock.advance(MINUTE);
        assert_eq!(app.app.deliver().await.unwrap(), 0);
    }
    let server = SmtpServer::start(Security::Clear).await;
    let other = app.another(server.outlets(true)).await;
    app.clock.advance(HOUR);
    assert_eq!(other.deliver().await.unwrap(), 1);
    assert!(server.received()[0].contains("your password was changed"));
}

#[tokio::test]
async fn who_comes_too_late_changes_nothing_about_a_message_that_is_anothers() {
    let server = SmtpServer::start(Security::Clear).await;
    let app = with_mail(&server, true).await;
    ask(&app, "sales@portico.example", "mail").await;
    // Another process has claimed it while this one was speaking to the server.
    let claimed_again = format!("UPDATE messages SET tries = tries + 1, due_at = due_at + {MINUTE}");
    server.before_the_answer(app.url(), &claimed_again);
    app.app.deliver().await.unwrap();
    assert_eq!(server.received().len(), 1);
    assert_eq!(waiting(&app).await, 1, "the other one says what becomes of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_never_send_a_message_twice() {
    let server = SmtpServer::start(Security::Clear).await;
    let app = with_mail(&server, true).await;
    let other = app.another(server.outlets(true)).await;
    let accounts = [
        "admin",
        "manager",
        "sales",
        "sales2",
        "service",
        "marketing",
        "guest",
    ];
    for account in accounts {
        ask(&app, &format!("{account}@portico.example"), "mail").await;
    }
    let (first, second) = tokio::join!(
        tokio::spawn({
            let app = Arc::clone(&app.app);
            async move { app.deliver().await.unwrap() }
        }),
        tokio::spawn(async move { other.deliver().await.unwrap() }),
    );
    let sent = first.unwrap() + second.unwrap();
    assert_eq!(usize::try_from(sent).unwrap(), accounts.len());
    assert_eq!(server.received().len(), accounts.len());
}

#[tokio::test]
async fn a_claimed_message_of_a_process_that_died_is_sent_later() {
    let server = SmtpServer::start(Security::Clear).await;
    let app = with_mail(&server, true).await;
    ask(&app, "sales@portico.example", "mail").await;
    // What a claim does, without what follows.
    let lease = 2 * MINUTE;
    app.execute(&format!(
        "UPDATE messages SET tries = 1, due_at = due_at + {lease}"
    ))
    .await;
    assert_eq!(app.app.deliver().await.unwrap(), 0);
    app.clock.advance(lease);
    assert_eq!(app.app.deliver().await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_killed_midway_loses_and_doubles_nothing() {
    for survivors in 0..3 {
        let server = SmtpServer::start(Security::Tls).await;
        let app = with_mail(&server, true).await;
        let readers = ["admin", "manager", "sales", "service"].map(|name| format!("{name}@portico.example"));
        for reader in &readers {
            ask(&app, reader, "mail").await;
        }
        server.die_after(survivors);
        app.app.deliver().await.unwrap();
        assert_eq!(server.received().len(), survivors);
        assert_eq!(waiting(&app).await, 4 - i64::try_from(survivors).unwrap());
        // Nobody answers for a while.
        for _ in 0..3 {
            app.clock.advance(MINUTE);
            app.app.deliver().await.unwrap();
        }
        server.revive().await;
        app.clock.advance(10 * MINUTE);
        app.app.deliver().await.unwrap();
        let received = server.received();
        assert_eq!(received.len(), 4);
        for reader in &readers {
            let to = format!("To: {reader}\r\n");
            let count = received.iter().filter(|mail| mail.contains(&to)).count();
            assert_eq!(count, 1, "{reader}, killed after {survivors}");
        }
        assert_eq!(waiting(&app).await, 0);
    }
}

#[tokio::test]
async fn names_cannot_write_headers_or_markup() {
    let server = SmtpServer::start(Security::Clear).await;
    let app = with_mail(&server, true).await;
    // By other means than the API, which would have refused the first.
    for (number, name) in [
        ("EMP1003", "Eve\r\nBcc: all@evil.example\r\n\r\nforged"),
        (
            "EMP1004",
            "<img src=x onerror=alert(1)><a href=https://evil.example>",
        ),
    ] {
        app.execute(&format!(
            "UPDATE users SET name = '{name}', chosen_locale = 'en' WHERE employee_number = '{number}'"
        ))
        .await;
        ask(&app, number, "mail").await;
    }
    assert_eq!(app.app.deliver().await.unwrap(), 2);
    for mail in server.received() {
        let (headers, body) = mail.split_once("\r\n\r\n").unwrap();
        assert!(!headers.contains("evil") && !headers.contains("Bcc"), "{headers}");
        assert!(!body.contains("\r\nBcc"), "{body}");
        let html = body.split("text/html").nth(1).unwrap();
        assert!(
            !html.contains("<img") && !html.contains("<a href=https://evil"),
            "{html}"
        );
    }
}

#[tokio::test]
async fn an_address_that_would_write_headers_is_not_written_to() {
    let server = SmtpServer::start(Security::Clear).await;
    let app = with_mail(&server, true).await;
    ask(&app, "sales@portico.example", "mail").await;
    app.execute("UPDATE messages SET recipient = 'a@b.example\r\nBcc: c@evil.example'")
        .await;
    assert_eq!(app.app.deliver().await.unwrap(), 0);
    assert_eq!((server.received().len(), waiting(&app).await), (0, 0));
}

/// A provider of short messages that answers with `status`, and what it was asked.
async fn provider(status: StatusCode) -> (String, Arc<Mutex<Vec<(String, String)>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    let elsewhere = Arc::clone(&asked);
    let send = axum::routing::post(move |headers: HeaderMap, body: String| async move {
        let token = headers[header::AUTHORIZATION].to_str().unwrap().to_owned();
        kept.lock().unwrap().push((token, body));
        (status, [(header::LOCATION, "/elsewhere")]).into_response()
    });
    let steal = axum::routing::any(move || async move {
        elsewhere
            .lock()
            .unwrap()
            .push(("elsewhere".to_owned(), String::new()));
    });
    let router = Router::new().route("/send", send).route("/elsewhere", steal);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, asked)
}

async fn with_sms(url: &str) -> TestApp {
    let gateway = SmsGateway::new(url, Some("canary-sms-token")).unwrap();
    TestApp::with(|settings| {
        settings.outlets = Outlets {
            mail: Outlet::Nowhere,
            sms: Outlet::Sms(Box::new(gateway)),
        };
    })
    .await
}

#[tokio::test]
async fn a_code_leaves_by_short_message() {
    let (url, asked) = provider(StatusCode::ACCEPTED).await;
    let app = with_sms(&url).await;
    ask(&app, "zhang.san", "sms").await;
    assert_eq!(app.app.deliver().await.unwrap(), 1);
    let asked = asked.lock().unwrap().clone();
    let [(token, body)] = asked.as_slice() else {
        panic!("{} messages", asked.len());
    };
    assert_eq!(token, "Bearer canary-sms-token");
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body.as_object().unwrap().len(), 2);
    assert_eq!(body["to"], "+8613800000003");
    let last = body["text"].as_str().unwrap().lines().last().unwrap();
    let code = last.strip_prefix("@portico.example #").unwrap();
    assert_eq!(code.len(), 8);
    assert!(!captured().contains(code), "a code is in the log");
    assert!(!captured().contains("canary-sms-token"));
}

#[tokio::test]
async fn a_provider_cannot_send_the_token_elsewhere() {
    let (url, asked) = provider(StatusCode::TEMPORARY_REDIRECT).await;
    let app = with_sms(&url).await;
    ask(&app, "zhang.san", "sms").await;
    assert_eq!(app.app.deliver().await.unwrap(), 0);
    assert_eq!(asked.lock().unwrap().len(), 1, "the redirection was not followed");
    assert_eq!(waiting(&app).await, 1, "it is tried again");
}

#[tokio::test]
async fn the_demonstrations_outbox_shows_what_was_sent() {
    let app = TestApp::new().await;
    ask(&app, "sales@portico.example", "mail").await;
    app.app.deliver().await.unwrap();
    app.clock.advance(SECOND);
    ask(&app, "zhang.san", "sms").await;
    app.app.deliver().await.unwrap();
    let messages = app.outbox().await;
    assert_eq!(messages[0]["channel"], "sms");
    assert_eq!(messages[0]["to"], "+8613800000003");
    assert_eq!(messages[0]["subject"], "");
    assert_eq!(messages[1]["channel"], "mail");
    assert_eq!(messages[1]["to"], "sales@portico.example");
    assert_eq!(messages[1]["sent_at"], "2026-11-23T10:00:00Z");
    let page = app.anon().fetch("/dev/outbox", "text/html").await;
    assert_eq!(page.status, 200);
    assert!(
        page.header("content-security-policy")
            .contains("script-src 'self'")
    );
    assert_eq!(page.header("cache-control"), "no-store");
    let text = page.text();
    assert!(text.contains("<a href=\"https:&#x2f;&#x2f;portico.example&#x2f;reset-password#t="));
    assert!(!text.contains("<script") && !text.contains("style="));
}

#[tokio::test]
async fn without_the_demonstration_there_is_no_outbox() {
    let app = TestApp::with(|settings| settings.demo = false).await;
    let reply = app.anon().fetch("/dev/outbox", "application/json").await;
    assert_eq!(reply.status, 404);
}

#[tokio::test]
async fn secrets_of_messages_are_not_logged() {
    let server = SmtpServer::start(Security::Clear).await;
    let app = with_mail(&server, true).await;
    ask(&app, "manager@portico.example", "mail").await;
    server.refuse_next("451 canary-server-text manager@portico.example");
    app.app.deliver().await.unwrap();
    app.clock.advance(MINUTE);
    app.app.deliver().await.unwrap();
    let mail = server.received()[0].clone();
    let token = mail.split("#t=").nth(1).unwrap();
    let token: String = token.chars().take(20).collect();
    let log = captured();
    for secret in [token.as_str(), "canary-server-text", "manager@portico"] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

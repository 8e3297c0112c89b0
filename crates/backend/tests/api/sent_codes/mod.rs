//! Codes that are sent, as a second factor.

mod attacks;
mod enrolment;
mod sending;

use portico_contract::sent_code::CodeChannel;
use serde_json::{Value, json};

use super::second_factor::{at_the_factor, show};
use super::support::{Client, Mailed, Reply, TestApp};

/// Whoever these tests are about.
const ANNA: &str = "sales@portico.example";
const NUMBER: &str = "+4915112345678";
/// Longer than one has to wait for a second code.
const A_WHILE: i64 = 31_000;

/// An application that sends codes.
pub(crate) async fn sending() -> TestApp {
    TestApp::with(|settings| settings.rules.code_channels = vec![CodeChannel::Sms, CodeChannel::Mail]).await
}

/// The code of the newest message that has one.
pub(crate) async fn code(app: &TestApp) -> String {
    let messages: Vec<Mailed> = app.all_mail().await;
    let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    let words = messages.iter().rev().flat_map(|mail| {
        let words = mail.text.split(|c: char| !c.is_ascii_alphanumeric());
        words
            .filter(is_code)
            .take(1)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    words.into_iter().next().expect("a message with a code")
}

/// Another code than `code`.
pub(crate) fn other(code: &str) -> String {
    let number: u32 = code.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}

/// Enrols the telephone of `client`, and lets some time pass.
pub(crate) async fn enrol(app: &TestApp, client: &Client) -> Value {
    let asked = json!({"channel": "sms", "phone": NUMBER});
    enrol_as(app, client, &asked, "Work telephone").await
}

/// The same with the mail address.
async fn enrol_mail(app: &TestApp, client: &Client) -> Value {
    enrol_as(app, client, &json!({"channel": "mail"}), "Mailbox").await
}

async fn enrol_as(app: &TestApp, client: &Client, asked: &Value, name: &str) -> Value {
    let begun = client.post("/me/second-factor/message", asked).await;
    assert_eq!(begun.status, 200, "{}", begun.text());
    let confirmation = json!({"code": code(app).await, "name": name});
    let reply = client
        .post("/me/second-factor/message/confirm", &confirmation)
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    app.clock.advance(A_WHILE);
    reply.json()
}

/// An application in which Anna has a telephone and a session.
pub(crate) async fn with_telephone() -> (TestApp, Client) {
    let app = sending().await;
    let anna = app.as_user(ANNA).await;
    enrol(&app, &anna).await;
    (app, anna)
}

/// Has a code sent in the sign-in of `client`.
pub(crate) async fn send(client: &Client) -> Reply {
    let body = json!({"channel": "sms"});
    client.post("/auth/sign-in/second-factor/code", &body).await
}

/// A browser whose sign-in waits for the code that was sent.
pub(crate) async fn awaiting(app: &TestApp) -> (Client, String) {
    let browser = at_the_factor(app).await;
    let reply = send(&browser).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    (browser, code(app).await)
}

pub(crate) async fn enter(client: &Client, code: &str) -> Reply {
    show(client, "sms", code).await
}

/// Fails unless the code was not taken.
#[track_caller]
pub(crate) fn refused(reply: &Reply, rule: &str) {
    reply.refused(422, "validation");
    assert_eq!(reply.json()["fields"], json!([{"field": "code", "rule": rule}]));
}

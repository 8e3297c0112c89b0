//! Passkeys: enrolled, shown, signed in with.

mod attacks;
mod authenticator;
mod own;
mod sign_in;
mod steps;

use serde_json::{Value, json};

use super::second_factor::noted;
use super::support::{Client, Reply, TestApp};
pub(crate) use authenticator::Authenticator;

/// Whoever these tests are about.
const ANNA: &str = "sales@portico.example";

/// What `path` asks.
pub(crate) async fn question(client: &Client, path: &str) -> Value {
    let reply = client.post(path, &json!({})).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

/// Enrols the passkey of `authenticator` from within the session of `client`.
pub(crate) async fn enrol(client: &Client, authenticator: &mut Authenticator) -> Value {
    let asked = question(client, "/me/second-factor/passkey").await;
    let made = authenticator.make(&asked, Some("Laptop"));
    let reply = client.post("/me/second-factor/passkey/confirm", &made).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

/// An application in which Anna has a passkey and a session.
pub(crate) async fn with_passkey() -> (TestApp, Client, Authenticator) {
    let app = TestApp::new().await;
    let anna = app.as_user(ANNA).await;
    let mut authenticator = Authenticator::new(1);
    enrol(&anna, &mut authenticator).await;
    (app, anna, authenticator)
}

/// Asks `client` who it is, and answers.
pub(crate) async fn sign_in(client: &Client, authenticator: &mut Authenticator) -> Reply {
    let asked = question(client, "/auth/sign-in/passkey/begin").await;
    enter(client, &authenticator.answer(&asked)).await
}

pub(crate) async fn enter(client: &Client, answer: &Value) -> Reply {
    client
        .post("/auth/sign-in/passkey", &json!({"passkey": answer}))
        .await
}

/// Fails unless the passkey was not taken.
#[track_caller]
fn refused(reply: &Reply, rule: &str) {
    reply.refused(422, "validation");
    let fields = &reply.json()["fields"];
    assert_eq!(fields, &json!([{"field": "passkey", "rule": rule}]));
}

fn as_proof(answer: &Value) -> Value {
    let mut proof = answer.clone();
    proof["method"] = json!("passkey");
    proof
}

async fn show(client: &Client, answer: &Value) -> Reply {
    let body = json!({"proof": as_proof(answer)});
    client.post("/auth/sign-in/second-factor", &body).await
}

/// The newest entry of the audit log about `event`.
async fn newest(app: &TestApp, event: &str) -> (String, Value) {
    noted(app, event).await.pop().unwrap()
}

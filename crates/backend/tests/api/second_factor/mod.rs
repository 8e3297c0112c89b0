//! The second factor: enrolling it, signing in with it, recovering it, and showing it once more.

mod administrators;
mod attacks;
mod enrolment;
mod notices;
mod own;
mod sign_in;
mod step_up;
mod trust;

use portico_backend::domain::clock::SECOND;
use portico_backend::domain::rules::SecondFactorRule;
use portico_backend::store::DEMO_PASSWORD;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret, Totp};

use super::support::{Client, Reply, START, TestApp};

/// Whoever these tests are about.
const ANNA: &str = "sales@portico.example";
/// Longer than a code is shown for.
const NEXT_CODE: i64 = 30 * SECOND;

/// An app with the secret somebody typed.
pub(crate) struct Authenticator(Totp);

impl Authenticator {
    pub(crate) fn with(key: &str) -> Self {
        let secret = Secret::try_from_base32(key).unwrap();
        let totp = Builder::new()
            .with_secret(secret)
            .with_account_name("anna")
            .build();
        Self(totp.unwrap())
    }

    /// The code it shows so many steps from now.
    pub(crate) fn code_in(&self, app: &TestApp, steps: i64) -> String {
        use portico_backend::domain::clock::Clock as _;
        let moment = app.clock.now() / SECOND + 30 * steps;
        self.0.generate(u64::try_from(moment).unwrap()).to_string()
    }

    pub(crate) fn code(&self, app: &TestApp) -> String {
        self.code_in(app, 0)
    }

    /// A code that is none of those that are taken now.
    pub(crate) fn wrong_code(&self, app: &TestApp) -> String {
        let taken = [self.code(app), self.code_in(app, -1)];
        let mut wrong = (0..).map(|number| format!("{number:06}"));
        wrong.find(|code| !taken.contains(code)).unwrap()
    }
}

/// What a person has after enrolling.
pub(crate) struct Enrolled {
    pub(crate) app: Authenticator,
    pub(crate) recovery_codes: Vec<String>,
    pub(crate) id: String,
}

fn texts(value: &Value) -> Vec<String> {
    let items = value.as_array().unwrap().iter();
    items.map(|item| item.as_str().unwrap().to_owned()).collect()
}

/// Enrols an authenticator app from within the session of `client`; the next code is a new one.
pub(crate) async fn enrol(app: &TestApp, client: &Client) -> Enrolled {
    let begun = client.post("/me/second-factor/totp", &json!({})).await;
    assert_eq!(begun.status, 200, "{}", begun.text());
    let authenticator = Authenticator::with(begun.json()["secret"].as_str().unwrap());
    let shown = json!({"code": authenticator.code(app), "name": "Telephone"});
    let confirmed = client.post("/me/second-factor/totp/confirm", &shown).await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.text());
    let confirmed = confirmed.json();
    let factors = confirmed["state"]["factors"].as_array().unwrap();
    app.clock.advance(NEXT_CODE);
    Enrolled {
        app: authenticator,
        recovery_codes: confirmed.get("recovery_codes").map(texts).unwrap_or_default(),
        id: factors.last().unwrap()["id"].as_str().unwrap().to_owned(),
    }
}

/// An application in which Anna has an authenticator app.
pub(crate) async fn with_factor() -> (TestApp, Enrolled) {
    let app = TestApp::new().await;
    let anna = app.as_user(ANNA).await;
    let enrolled = enrol(&app, &anna).await;
    (app, enrolled)
}

/// An application in which everybody must have a second factor.
pub(crate) async fn required() -> TestApp {
    TestApp::with(|settings| settings.rules.second_factor = SecondFactorRule::Required).await
}

/// A browser whose sign-in waits for the second factor.
pub(crate) async fn at_the_factor(app: &TestApp) -> Client {
    let mut client = app.anon();
    let reply = client.sign_in(ANNA, DEMO_PASSWORD).await;
    assert_eq!(reply.json()["step"], "second_factor", "{}", reply.text());
    client.keep(&reply);
    client
}

pub(crate) async fn show(client: &Client, method: &str, code: &str) -> Reply {
    let body = json!({"proof": {"method": method, "code": code}});
    client.post("/auth/sign-in/second-factor", &body).await
}

/// What comes of codes that are all shown at the same moment.
pub(crate) async fn shown_at_once(
    shown: impl IntoIterator<Item = (Client, &'static str, String)>,
) -> Vec<Reply> {
    let tasks: Vec<_> = shown
        .into_iter()
        .map(|(client, method, code)| tokio::spawn(async move { show(&client, method, &code).await }))
        .collect();
    let mut replies = Vec::with_capacity(tasks.len());
    for task in tasks {
        replies.push(task.await.unwrap());
    }
    replies
}

/// Fails unless the code was none.
#[track_caller]
pub(crate) fn incorrect(reply: &Reply) {
    reply.refused(422, "validation");
    let fields = &reply.json()["fields"];
    assert_eq!(fields, &json!([{"field": "code", "rule": "incorrect"}]));
}

/// The audit log about `event`: outcome and detail.
pub(crate) async fn noted(app: &TestApp, event: &str) -> Vec<(String, Value)> {
    let lines = app.audited(event).await.into_iter();
    lines
        .map(|line| {
            let detail = serde_json::from_str(line["detail"].as_str().unwrap()).unwrap();
            (line["outcome"].as_str().unwrap().to_owned(), detail)
        })
        .collect()
}

#[test]
fn the_clock_of_these_tests_begins_with_a_code() {
    assert_eq!(START % NEXT_CODE, 0);
}

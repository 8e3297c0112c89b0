//! Enrolling a second factor before the first session.

use portico_backend::domain::clock::MINUTE;
use portico_backend::domain::rules::SecondFactorRule;
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::{Value, json};

use super::super::support::{Client, TestApp};
use super::{ANNA, Authenticator, NEXT_CODE, incorrect, noted, required, show, texts};

async fn to_enrol(app: &TestApp, identifier: &str) -> (Client, Value) {
    let mut client = app.anon();
    let reply = client.sign_in(identifier, DEMO_PASSWORD).await;
    let step = reply.json();
    assert_eq!(step["step"], "enrol_factor", "{}", reply.text());
    client.keep(&reply);
    (client, step)
}

async fn begun(client: &Client) -> Authenticator {
    let reply = client.post("/auth/sign-in/enrol/totp", &json!({})).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let pending = reply.json();
    let (secret, uri) = (
        pending["secret"].as_str().unwrap(),
        pending["uri"].as_str().unwrap(),
    );
    assert!(uri.starts_with("otpauth://totp/") && uri.contains(&format!("secret={secret}")));
    assert_eq!(secret.len(), 32, "160 bits");
    Authenticator::with(secret)
}

#[tokio::test]
async fn where_it_is_required_it_is_enrolled_on_the_first_day() {
    let app = required().await;
    let policy = app.anon().get("/auth/policy").await.json();
    assert_eq!(
        (&policy["second_factor"], &policy["factors"]),
        (&json!("required"), &json!(["passkey", "totp"]))
    );
    let (mut client, step) = to_enrol(&app, ANNA).await;
    assert_eq!(
        (&step["reason"], &step["kinds"]),
        (&json!("required"), &json!(["passkey", "totp"]))
    );
    let authenticator = begun(&client).await;
    let confirm = |code: String| json!({"code": code});
    let path = "/auth/sign-in/enrol/totp/confirm";
    let wrong = client.post(path, &confirm(authenticator.wrong_code(&app))).await;
    incorrect(&wrong);
    let reply = client.post(path, &confirm(authenticator.code(&app))).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let enrolled = reply.json();
    assert_eq!(texts(&enrolled["recovery_codes"]).len(), 10);
    assert_eq!(enrolled["next"]["step"], "done");
    client.keep(&reply);
    client.token = Some(enrolled["next"]["access_token"].as_str().unwrap().to_owned());
    assert_eq!(client.get("/customers").await.status, 200);
    app.clock.advance(NEXT_CODE);
    // From now on it is asked for; what was shown in the enrolment is used up.
    let mut again = app.anon();
    let reply = again.sign_in(ANNA, DEMO_PASSWORD).await;
    assert_eq!(reply.json()["step"], "second_factor");
    again.keep(&reply);
    incorrect(&show(&again, "totp", &authenticator.code_in(&app, -1)).await);
    assert_eq!(
        show(&again, "totp", &authenticator.code(&app)).await.json()["step"],
        "done"
    );
    assert_eq!(noted(&app, "factor_added").await.len(), 1);
}

#[tokio::test]
async fn a_role_may_need_it_and_another_not() {
    let rule = SecondFactorRule::Roles(vec![Role::Admin, Role::Manager]);
    let app = TestApp::with(|settings| settings.rules.second_factor = rule).await;
    let policy = app.anon().get("/auth/policy").await.json();
    assert_eq!(policy["second_factor"], "by_role");
    let sales = app.anon().sign_in(ANNA, DEMO_PASSWORD).await;
    assert_eq!(sales.json()["step"], "done");
    to_enrol(&app, "admin@portico.example").await;
    to_enrol(&app, "manager@portico.example").await;
}

#[tokio::test]
async fn what_was_only_begun_counts_for_nothing() {
    let app = required().await;
    let (client, _) = to_enrol(&app, ANNA).await;
    let abandoned = begun(&client).await;
    let (elsewhere, _) = to_enrol(&app, ANNA).await;
    let stolen = json!({"code": abandoned.code(&app)});
    let path = "/auth/sign-in/enrol/totp/confirm";
    elsewhere.post(path, &stolen).await.refused(404, "not_found");
    // Begun again in the same sign-in, the first is none any more.
    let second = begun(&client).await;
    incorrect(&client.post(path, &json!({"code": abandoned.code(&app)})).await);
    app.clock.advance(9 * MINUTE);
    let late = json!({"code": second.code(&app)});
    assert_eq!(client.post(path, &late).await.status, 200);
    assert_eq!(app.counts(&["factors"]).await, [1]);
}

#[tokio::test]
async fn an_old_beginning_is_forgotten() {
    let app = TestApp::new().await;
    let anna = app.as_user(ANNA).await;
    let begun = anna.post("/me/second-factor/totp", &json!({})).await.json();
    let authenticator = Authenticator::with(begun["secret"].as_str().unwrap());
    app.clock.advance(10 * MINUTE);
    let anna = app.as_user(ANNA).await;
    let shown = json!({"code": authenticator.code(&app)});
    let late = anna.post("/me/second-factor/totp/confirm", &shown).await;
    late.refused(404, "not_found");
    app.app.purge().await.unwrap();
    assert_eq!(app.counts(&["factors"]).await, [0]);
}

#[tokio::test]
async fn an_invitation_leads_through_the_enrolment() {
    let app = required().await;
    app.execute("UPDATE users SET enrolment_due = FALSE").await;
    let (mut admin, _) = to_enrol(&app, "admin@portico.example").await;
    let authenticator = begun(&admin).await;
    let shown = json!({"code": authenticator.code(&app)});
    let reply = admin.post("/auth/sign-in/enrol/totp/confirm", &shown).await;
    admin.keep(&reply);
    admin.token = Some(reply.json()["next"]["access_token"].as_str().unwrap().to_owned());
    let team = admin.get("/admin/teams").await.json()[0]["id"].clone();
    let invitation = json!({
        "name": "Ada", "email": "ada@portico.example", "employee_number": "EMP2001", "role": "sales",
        "team": team, "locale": "en",
    });
    assert_eq!(admin.post("/admin/users", &invitation).await.status, 201);
    let mail = app.mail().await;
    let token = mail.iter().find(|mail| mail.to == "ada@portico.example").unwrap();
    let token = token.token("/welcome");
    let accept =
        json!({"token": token, "password": "Violet-anchor-tempest-7", "locale": "en", "time_zone": "UTC"});
    let mut ada = app.anon();
    let reply = ada.post("/auth/welcome/complete", &accept).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(
        reply.json()["sign_in"]["step"],
        "enrol_factor",
        "{}",
        reply.text()
    );
    ada.keep(&reply);
    let authenticator = begun(&ada).await;
    let shown = json!({"code": authenticator.code(&app)});
    let reply = ada.post("/auth/sign-in/enrol/totp/confirm", &shown).await;
    assert_eq!(reply.json()["next"]["step"], "done");
}

#[tokio::test]
async fn a_sign_in_that_waits_to_enrol_is_over_once_another_one_has() {
    let app = required().await;
    let (thief, _) = to_enrol(&app, ANNA).await;
    let theirs = begun(&thief).await;
    let (anna, _) = to_enrol(&app, ANNA).await;
    let hers = begun(&anna).await;
    let path = "/auth/sign-in/enrol/totp/confirm";
    let done = anna.post(path, &json!({"code": hers.code(&app)})).await;
    assert_eq!(done.json()["next"]["step"], "done", "{}", done.text());
    let late = thief.post(path, &json!({"code": theirs.code(&app)})).await;
    late.refused(401, "sign_in_expired");
    let again = thief.post("/auth/sign-in/enrol/totp", &json!({})).await;
    again.refused(401, "sign_in_expired");
    assert_eq!(app.counts(&["factors"]).await, [1]);
}

#[tokio::test]
async fn of_two_who_enrol_the_first_factor_at_once_one_does() {
    let app = required().await;
    let (first, _) = to_enrol(&app, ANNA).await;
    let (second, _) = to_enrol(&app, ANNA).await;
    let codes = (begun(&first).await.code(&app), begun(&second).await.code(&app));
    let confirm = |client: Client, code: String| async move {
        let path = "/auth/sign-in/enrol/totp/confirm";
        client.post(path, &json!({"code": code})).await.status
    };
    let (one, other) = tokio::join!(
        tokio::spawn(confirm(first, codes.0)),
        tokio::spawn(confirm(second, codes.1))
    );
    let mut statuses = [one.unwrap(), other.unwrap()];
    statuses.sort_unstable();
    assert_eq!(statuses[0], 200);
    assert!([401, 404].contains(&statuses[1]), "{statuses:?}");
    assert_eq!(app.counts(&["factors", "recovery_codes"]).await, [1, 10]);
}

#[tokio::test]
async fn a_sign_in_that_waits_for_a_new_password_is_over_once_there_is_a_factor() {
    let app = TestApp::new().await;
    let anna = app.as_user(ANNA).await;
    app.execute("UPDATE users SET password_compromised = TRUE WHERE email = 'sales@portico.example'")
        .await;
    let mut thief = app.anon();
    let reply = thief.sign_in(ANNA, DEMO_PASSWORD).await;
    assert_eq!(reply.json()["step"], "change_password");
    thief.keep(&reply);
    super::enrol(&app, &anna).await;
    let late = thief.set_new_password("Violet-anchor-tempest-7").await;
    late.refused(401, "sign_in_expired");
}

#[tokio::test]
async fn a_session_without_a_factor_ends_where_one_is_required_now() {
    let app = TestApp::new().await;
    let mut anna = app.as_user(ANNA).await;
    let strict = app
        .another_with(|settings| settings.rules.second_factor = SecondFactorRule::Required)
        .await;
    anna.router = std::sync::Arc::new(strict).router();
    anna.refresh().await.refused(401, "session_ended");
}

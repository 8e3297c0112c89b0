//! What must not get in.

use portico_backend::store::DEMO_PASSWORD;
use serde_json::{Value, json};

use super::super::second_factor::at_the_factor;
use super::super::support::{Client, TestApp};
use super::authenticator::base64url;
use super::{ANNA, Authenticator, as_proof, enrol, enter, question, refused, show, sign_in, with_passkey};

const BEGIN: &str = "/auth/sign-in/passkey/begin";

#[tokio::test]
async fn an_answer_counts_once() {
    let (app, _, mut passkey) = with_passkey().await;
    let asked = question(&app.anon(), BEGIN).await;
    let answer = passkey.answer(&asked);
    assert_eq!(enter(&app.anon(), &answer).await.status, 200);
    enter(&app.anon(), &answer).await.refused(401, "sign_in_expired");
}

#[tokio::test]
async fn of_the_same_answer_eight_times_at_once_one_counts() {
    let (app, _, mut passkey) = with_passkey().await;
    let asked = question(&app.anon(), BEGIN).await;
    let answer = passkey.answer(&asked);
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (client, answer) = (app.anon(), answer.clone());
            tokio::spawn(async move { enter(&client, &answer).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401, 401, 401, 401, 401, 401, 401]);
}

#[tokio::test]
async fn a_question_is_answered_in_time() {
    let (app, _, mut passkey) = with_passkey().await;
    let asked = question(&app.anon(), BEGIN).await;
    app.clock.advance(10 * 60_000);
    let late = enter(&app.anon(), &passkey.answer(&asked)).await;
    late.refused(401, "sign_in_expired");
    app.app.purge().await.unwrap();
    assert_eq!(app.counts(&["passkey_ceremonies"]).await, [0]);
}

#[tokio::test]
async fn an_answer_to_another_question_is_none() {
    let (app, _, mut passkey) = with_passkey().await;
    let (first, second) = (
        question(&app.anon(), BEGIN).await,
        question(&app.anon(), BEGIN).await,
    );
    let mut answer = passkey.answer(&first);
    answer["ceremony"] = second["ceremony"].clone();
    enter(&app.anon(), &answer)
        .await
        .refused(401, "invalid_credentials");
    answer["ceremony"] = json!("made-up");
    enter(&app.anon(), &answer).await.refused(401, "sign_in_expired");
}

#[tokio::test]
async fn what_another_place_got_or_nobody_verified_opens_nothing() {
    let (app, _, passkey) = with_passkey().await;
    let changes: [fn(&mut Authenticator); 5] = [
        |it| it.origin = "https://portico.example.evil.example".to_owned(),
        |it| it.origin = "http://portico.example".to_owned(),
        |it| it.domain = "evil.example".to_owned(),
        |it| it.verifies = false,
        |it| it.handle = None,
    ];
    for change in changes {
        let mut liar = passkey.clone();
        change(&mut liar);
        sign_in(&app.anon(), &mut liar)
            .await
            .refused(401, "invalid_credentials");
    }
    assert_eq!(sign_in(&app.anon(), &mut passkey.clone()).await.status, 200);
}

#[tokio::test]
async fn nobody_signs_with_another_key_or_for_another_person() {
    let (app, _, passkey) = with_passkey().await;
    let mut forged = Authenticator::new(7);
    forged.credential.clone_from(&passkey.credential);
    forged.handle.clone_from(&passkey.handle);
    sign_in(&app.anon(), &mut forged)
        .await
        .refused(401, "invalid_credentials");

    let other = app.as_user("sales2@portico.example").await;
    let mut others = Authenticator::new(2);
    enrol(&other, &mut others).await;
    others.handle.clone_from(&passkey.handle);
    sign_in(&app.anon(), &mut others)
        .await
        .refused(401, "invalid_credentials");
    // Nor is somebody else's the second factor.
    let browser = at_the_factor(&app).await;
    let asked = question(&browser, "/auth/sign-in/second-factor/passkey").await;
    refused(&show(&browser, &others.answer(&asked)).await, "incorrect");
    others.handle = None;
    let asked = question(&browser, "/auth/sign-in/second-factor/passkey").await;
    refused(&show(&browser, &others.answer(&asked)).await, "incorrect");
}

#[tokio::test]
async fn a_counter_that_goes_back_is_a_copy() {
    let (app, _, mut passkey) = with_passkey().await;
    let mut copy = passkey.clone();
    assert_eq!(sign_in(&app.anon(), &mut passkey).await.status, 200);
    assert_eq!(sign_in(&app.anon(), &mut passkey).await.status, 200);
    sign_in(&app.anon(), &mut copy)
        .await
        .refused(401, "invalid_credentials");
    assert_eq!(sign_in(&app.anon(), &mut passkey).await.status, 200);
}

/// Every place a question can be asked at, and what an answer to it opens.
async fn asked_everywhere(app: &TestApp, anna: &Client, waiting: &Client) -> [Value; 3] {
    [
        question(&app.anon(), BEGIN).await,
        question(waiting, "/auth/sign-in/second-factor/passkey").await,
        question(anna, "/me/step-up/passkey").await,
    ]
}

#[tokio::test]
async fn an_answer_counts_where_it_was_asked() {
    let (app, anna, mut passkey) = with_passkey().await;
    let (waiting, elsewhere) = (at_the_factor(&app).await, at_the_factor(&app).await);
    let [sign_in, factor, step_up] = asked_everywhere(&app, &anna, &waiting).await;
    for asked in [&factor, &step_up] {
        let answer = passkey.answer(asked);
        enter(&app.anon(), &answer).await.refused(401, "sign_in_expired");
    }
    for asked in [&sign_in, &step_up] {
        refused(&show(&waiting, &passkey.answer(asked)).await, "not_allowed");
    }
    refused(&show(&elsewhere, &passkey.answer(&factor)).await, "not_allowed");
    for asked in [&sign_in, &factor] {
        let body = json!({"proof": as_proof(&passkey.answer(asked))});
        refused(&anna.post("/me/step-up", &body).await, "not_allowed");
    }
    // None of that has used the questions up.
    assert_eq!(enter(&app.anon(), &passkey.answer(&sign_in)).await.status, 200);
    assert_eq!(show(&waiting, &passkey.answer(&factor)).await.status, 200);
    let body = json!({"proof": as_proof(&passkey.answer(&step_up))});
    assert_eq!(anna.post("/me/step-up", &body).await.status, 200);
}

#[tokio::test]
async fn what_is_no_answer_at_all_is_refused_by_its_shape() {
    let (app, _, mut passkey) = with_passkey().await;
    let asked = question(&app.anon(), BEGIN).await;
    let answer = passkey.answer(&asked);
    let fields = [
        "ceremony",
        "credential",
        "client_data",
        "authenticator_data",
        "signature",
    ];
    for field in fields {
        for bad in ["", "not base64url!", "ÄÖ", "a=="] {
            let mut answer = answer.clone();
            answer[field] = json!(bad);
            enter(&app.anon(), &answer).await.refused(422, "validation");
        }
        let mut answer = answer.clone();
        answer[field] = json!("A".repeat(8_193));
        enter(&app.anon(), &answer).await.refused(422, "validation");
        answer.as_object_mut().unwrap().remove(field);
        enter(&app.anon(), &answer)
            .await
            .refused(400, "malformed_request");
    }
    // Well-formed, and nonsense inside.
    for field in ["client_data", "authenticator_data", "signature"] {
        let mut passkey = passkey.clone();
        let asked = question(&app.anon(), BEGIN).await;
        let mut answer = passkey.answer(&asked);
        answer[field] = json!(base64url(b"\xff\x00{\"type\":1}"));
        enter(&app.anon(), &answer)
            .await
            .refused(401, "invalid_credentials");
    }
    assert_eq!(
        enter(&app.anon(), &answer).await.status,
        200,
        "not used up by any of it"
    );
}

#[tokio::test]
async fn questions_and_answers_come_from_our_own_pages_only() {
    let (app, _, mut passkey) = with_passkey().await;
    let asked = question(&app.anon(), BEGIN).await;
    let body = json!({"passkey": passkey.answer(&asked)}).to_string();
    for path in [BEGIN, "/auth/sign-in/passkey"] {
        let request = app
            .anon()
            .request(axum::http::Method::POST, path)
            .header("content-type", "application/json")
            .body(axum::body::Body::from(if path == BEGIN {
                "{}".to_owned()
            } else {
                body.clone()
            }))
            .unwrap();
        app.anon().send(request).await.refused(403, "cross_site");
    }
}

#[tokio::test]
async fn nothing_that_is_stored_or_logged_opens_anything() {
    let (app, anna, mut passkey) = with_passkey().await;
    let asked = question(&app.anon(), BEGIN).await;
    let answer = passkey.answer(&asked);
    let name = asked["ceremony"].as_str().unwrap();
    let by_name = format!("SELECT COUNT(*) FROM passkey_ceremonies WHERE hash = '{name}'");
    assert_eq!(app.number(&by_name).await, 0, "its name is not stored as it is");
    assert_eq!(enter(&app.anon(), &answer).await.status, 200);
    let state = anna.get("/me/second-factor").await.text();
    assert!(!state.contains("cred\""), "{state}");
    assert_eq!(
        app.anon().sign_in(ANNA, DEMO_PASSWORD).await.json()["step"],
        "second_factor"
    );
}

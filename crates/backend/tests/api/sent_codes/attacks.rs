//! What must not get in by a code that was sent.

use serde_json::json;

use super::super::second_factor::{at_the_factor, show, shown_at_once};
use super::{
    A_WHILE, ANNA, awaiting, code, enrol_mail, enter, other, refused, send, sending, with_telephone,
};

#[tokio::test]
async fn a_code_fits_the_sign_in_it_was_sent_for() {
    let (app, _) = with_telephone().await;
    let (browser, first) = awaiting(&app).await;
    let another = at_the_factor(&app).await;
    refused(&enter(&another, &first).await, "not_allowed");
    app.clock.advance(A_WHILE);
    assert_eq!(send(&another).await.status, 200);
    let second = code(&app).await;
    if first != second {
        refused(&enter(&another, &first).await, "incorrect");
        refused(&enter(&browser, &second).await, "incorrect");
    }
    assert_eq!(enter(&browser, &first).await.json()["step"], "done");
}

#[tokio::test]
async fn a_code_counts_once_also_at_the_same_moment() {
    let (app, _) = with_telephone().await;
    let (browser, code) = awaiting(&app).await;
    let tries = (0..8).map(|_| (browser.clone(), "sms", code.clone()));
    let replies = shown_at_once(tries).await;
    let done = replies.iter().filter(|reply| reply.status == 200).count();
    assert_eq!(
        done,
        1,
        "{:?}",
        replies.iter().map(|it| it.status).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn five_tries_end_a_code_and_the_next_one_gives_none_back() {
    let (app, _) = with_telephone().await;
    let (browser, right) = awaiting(&app).await;
    let wrong = other(&right);
    for _ in 0..5 {
        refused(&enter(&browser, &wrong).await, "incorrect");
        app.clock.advance(10_000);
    }
    refused(&enter(&browser, &right).await, "not_allowed");
    let again = send(&browser).await;
    assert_eq!(again.status, 200, "{}", again.text());
    let next = code(&app).await;
    let reply = enter(&browser, &other(&next)).await;
    refused(&reply, "incorrect");
    assert_eq!(reply.json()["attempts_left"], 0, "the sixth in a row");
    enter(&browser, &next).await.refused(429, "rate_limited");
    // Nor does a new sign-in.
    let anew = at_the_factor(&app).await;
    app.clock.advance(1_000);
    let sent = send(&anew).await;
    assert!(matches!(sent.status, 200 | 429), "{}", sent.text());
    if sent.status == 200 {
        enter(&anew, "000000").await.refused(429, "rate_limited");
    }
}

#[tokio::test]
async fn twenty_guesses_at_once_are_not_twenty_tries() {
    let (app, _) = with_telephone().await;
    let (browser, right) = awaiting(&app).await;
    let number: u32 = right.parse().unwrap();
    let guesses = (1..=20).map(|step| format!("{:06}", (number + step) % 1_000_000));
    let tries = guesses.map(|guess| (browser.clone(), "sms", guess));
    let replies = shown_at_once(tries).await;
    let looked_at = replies
        .iter()
        .filter(|reply| reply.status == 422 && reply.json()["fields"][0]["rule"] == "incorrect");
    assert!(looked_at.count() <= 5);
}

#[tokio::test]
async fn a_code_is_worth_nothing_after_ten_minutes() {
    let (app, mut anna) = with_telephone().await;
    let sent = anna.post("/me/step-up/code", &json!({"channel": "sms"})).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let late = code(&app).await;
    app.clock.advance(10 * 60_000);
    let refreshed = anna.post("/auth/refresh", &json!({})).await;
    anna.keep(&refreshed);
    let body = json!({"proof": {"method": "sms", "code": late}});
    refused(&anna.post("/me/step-up", &body).await, "not_allowed");
    app.app.purge().await.unwrap();
    assert_eq!(app.counts(&["sent_codes"]).await, [0]);
}

#[tokio::test]
async fn a_code_of_a_session_opens_no_sign_in_and_the_other_way_round() {
    let (app, anna) = with_telephone().await;
    let sent = anna.post("/me/step-up/code", &json!({"channel": "sms"})).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let of_session = code(&app).await;
    let browser = at_the_factor(&app).await;
    refused(&enter(&browser, &of_session).await, "not_allowed");
    let elsewhere = app.anon();
    send(&elsewhere).await.refused(401, "sign_in_expired");
    let other_person = app.as_user("sales2@portico.example").await;
    let body = json!({"channel": "sms"});
    other_person
        .post("/me/step-up/code", &body)
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn neither_code_nor_number_lies_open() {
    let (app, _) = with_telephone().await;
    let (_, code) = awaiting(&app).await;
    for text in [code.as_str(), "15112345678"] {
        for column in ["tag FROM sent_codes", "sealed FROM factors"] {
            let found = app
                .number(&format!(
                    "SELECT COUNT(*) FROM (SELECT {column}) AS held WHERE CAST({} AS TEXT) LIKE '%{text}%'",
                    column.split(' ').next().unwrap()
                ))
                .await;
            assert_eq!(found, 0, "{column}");
        }
    }
    assert!(
        !app.audited("code_sent")
            .await
            .iter()
            .any(|line| format!("{line:?}").contains(ANNA))
    );
}

#[tokio::test]
async fn the_mailbox_alone_opens_nothing() {
    let app = sending().await;
    let anna = app.as_user(ANNA).await;
    let enrolled = enrol_mail(&app, &anna).await;
    let kept = enrolled["recovery_codes"][0].as_str().unwrap().to_owned();

    app.all_mail().await;
    // Whoever reads the mail resets the password with it,
    let asked = json!({"identifier": ANNA, "channel": "mail"});
    let reset = app.anon().post("/auth/reset", &asked).await;
    assert_eq!(reset.status, 200, "{}", reset.text());
    let mail = app.mail().await;
    let token = mail
        .iter()
        .find(|it| it.to == ANNA)
        .unwrap()
        .token("/reset-password");
    let new = "Violet-anchor-tempest-7";
    let done = app
        .anon()
        .post(
            "/auth/reset/complete",
            &json!({"token": token, "new_password": new}),
        )
        .await;
    assert_eq!(done.json()["step"], "done", "{}", done.text());
    // and gets no code by it.
    let mut thief = app.anon();
    let reply = thief.sign_in(ANNA, new).await;
    assert_eq!(reply.json()["step"], "second_factor", "{}", reply.text());
    assert_eq!(reply.json()["methods"], json!(["recovery_code"]));
    thief.keep(&reply);
    let path = "/auth/sign-in/second-factor/code";
    thief
        .post(path, &json!({"channel": "mail"}))
        .await
        .refused(404, "not_found");
    refused(&show(&thief, "mail", "123456").await, "not_allowed");
    // What was kept does, for it is something else.
    let entered = show(&thief, "recovery_code", &kept).await;
    assert_eq!(entered.json()["step"], "done", "{}", entered.text());

    // Once something else was shown, codes count again.
    let mut anna = app.anon();
    let reply = anna.sign_in(ANNA, new).await;
    assert_eq!(reply.json()["methods"], json!(["mail", "recovery_code"]));
    anna.keep(&reply);
    assert_eq!(anna.post(path, &json!({"channel": "mail"})).await.status, 200);
}

#[tokio::test]
async fn without_anything_but_the_mailbox_an_administrator_is_asked() {
    let app = sending().await;
    let anna = app.as_user(ANNA).await;
    enrol_mail(&app, &anna).await;
    app.execute("DELETE FROM recovery_codes").await;
    app.execute("UPDATE users SET password_by_message = TRUE WHERE employee_number = 'EMP1003'")
        .await;
    let browser = at_the_factor(&app).await;
    let resumed = browser.post("/auth/sign-in/resume", &json!({})).await.json();
    assert_eq!(resumed["methods"], json!(["recovery_code"]));
    let asked = json!({"reason": "Everything is lost"});
    let help = browser.post("/auth/sign-in/second-factor/help", &asked).await;
    assert_eq!(help.json()["request"], "open", "{}", help.text());
}

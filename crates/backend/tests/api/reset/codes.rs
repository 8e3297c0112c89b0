//! The code of a reset: how long it works, and how many tries there are.

use portico_backend::domain::clock::MINUTE;
use serde_json::json;

use super::super::support::TestApp;
use super::{NEW, asked, check, complete, verify};

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

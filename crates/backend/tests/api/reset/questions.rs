//! The security question of the classic policy: who is asked it, how often it can be answered, and what is written of it.

use portico_backend::domain::clock::HOUR;
use portico_contract::user::Role;
use serde_json::json;

use super::{NEW, asked, check, complete, verify, with_question};

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

//! Notices of what happens with an account.

use portico_backend::domain::clock::{DAY, MINUTE};
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::json;

use super::support::TestApp;

const SALES: &str = "sales@portico.example";
const NEW: &str = "Violet-anchor-tempest-7";
const BROWSER: &str =
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 https://evil.example";

#[tokio::test]
async fn a_person_hears_of_a_new_device_and_not_of_a_known_one() {
    let app = TestApp::new().await;
    let body = json!({"identifier": SALES, "password": DEMO_PASSWORD});
    let mut first = app.anon();
    let reply = first.post("/auth/sign-in", &body).await;
    first.keep(&reply);
    assert!(
        app.all_mail().await.is_empty(),
        "the first device of all is no news"
    );
    assert_eq!(first.post("/auth/sign-in", &body).await.status, 200);
    assert!(app.all_mail().await.is_empty(), "it is known now");
    let headers = [("user-agent", BROWSER)];
    assert_eq!(
        app.anon()
            .post_with("/auth/sign-in", &headers, &body)
            .await
            .status,
        200
    );
    let mailed = app.all_mail().await;
    assert_eq!(mailed.len(), 1);
    assert_eq!(
        (mailed[0].to.as_str(), mailed[0].subject.as_str()),
        (SALES, "Portico: sign-in on a new device")
    );
    assert!(mailed[0].text.contains("Firefox, Linux"), "{}", mailed[0].text);
    assert!(mailed[0].text.contains("(Asia/Shanghai)"), "{}", mailed[0].text);
    assert!(
        !mailed[0].text.contains("evil"),
        "the sender's own words are not repeated"
    );
}

#[tokio::test]
async fn a_person_hears_of_a_sign_in_after_failures() {
    let app = TestApp::new().await;
    for _ in 0..3 {
        app.anon()
            .sign_in(SALES, "wrong")
            .await
            .refused(401, "invalid_credentials");
    }
    assert_eq!(app.anon().sign_in(SALES, DEMO_PASSWORD).await.status, 200);
    let mailed = app.all_mail().await;
    assert_eq!(mailed.len(), 1);
    assert_eq!(mailed[0].subject, "Portico: sign-in after wrong passwords");
    assert!(mailed[0].text.contains("after 3 wrong passwords"));
    for _ in 0..2 {
        app.anon()
            .sign_in(SALES, "wrong")
            .await
            .refused(401, "invalid_credentials");
    }
    app.as_role(Role::Sales).await;
    let subjects: Vec<_> = app
        .all_mail()
        .await
        .into_iter()
        .map(|mail| mail.subject)
        .collect();
    assert_eq!(
        subjects,
        ["Portico: sign-in on a new device"],
        "two are a slip of the fingers"
    );
}

#[tokio::test]
async fn a_person_hears_of_what_strangers_tried_under_any_name_also_in_a_known_browser() {
    let app = TestApp::new().await;
    let mut own = app.anon();
    let reply = own.sign_in(SALES, DEMO_PASSWORD).await;
    own.keep(&reply);
    for (identifier, tries) in [("EMP1003", 2), ("zhang.san", 4)] {
        for _ in 0..tries {
            app.anon().sign_in(identifier, "wrong").await;
        }
    }
    assert_eq!(own.sign_in(SALES, DEMO_PASSWORD).await.status, 200);
    let mailed = app.all_mail().await;
    assert_eq!(mailed.len(), 1);
    assert_eq!(mailed[0].subject, "Portico: sign-in after wrong passwords");
    assert!(
        mailed[0].text.contains("after 4 wrong passwords"),
        "{}",
        mailed[0].text
    );
    assert_eq!(own.sign_in(SALES, DEMO_PASSWORD).await.status, 200);
    assert!(app.all_mail().await.is_empty(), "the row is over");
}

#[tokio::test]
async fn administrators_hear_once_a_day_that_an_account_is_locked() {
    let app = TestApp::new().await;
    for (identifier, told) in [("EMP1003", 1), ("nobody@portico.example", 0)] {
        let before = app.number("SELECT COUNT(*) FROM messages").await;
        let mut written = 0;
        for _ in 0..3 {
            for _ in 0..10 {
                app.anon().sign_in(identifier, "wrong").await;
                app.clock.advance(MINUTE);
            }
            app.clock.advance(16 * MINUTE);
            written = app.number("SELECT COUNT(*) FROM messages").await - before;
        }
        assert_eq!(written, 1, "{identifier}: the same work, known or not");
        let mailed = app.all_mail().await;
        assert_eq!(mailed.len(), told, "{identifier}");
        if let Some(mail) = mailed.first() {
            assert_eq!(mail.to, "admin@portico.example");
            assert!(mail.text.contains("张三 (EMP1003)"), "{}", mail.text);
        }
    }
    app.clock.advance(DAY);
    for _ in 0..10 {
        app.anon().sign_in("EMP1003", "wrong").await;
        app.clock.advance(MINUTE);
    }
    let mailed = app.all_mail().await;
    assert_eq!(mailed.len(), 1, "another day, another letter");
    assert_eq!(mailed[0].subject, "Portico: an account is locked");
}

#[tokio::test]
async fn a_changed_password_is_told_whoever_changed_it() {
    let app = TestApp::new().await;
    let mut client = app.as_role(Role::Sales).await;
    let change = json!({"current": DEMO_PASSWORD, "new": NEW, "end_other_sessions": false});
    let reply = client.post("/me/password", &change).await;
    assert_eq!(reply.status, 200);
    client.keep(&reply);
    let mailed = app.mail().await;
    assert_eq!(mailed.len(), 1);
    assert_eq!(
        (mailed[0].to.as_str(), mailed[0].subject.as_str()),
        (SALES, "Portico: your password was changed")
    );
    assert!(mailed[0].text.contains("https://portico.example/forgot-password"));
    let refused = json!({"current": "wrong", "new": DEMO_PASSWORD, "end_other_sessions": false});
    client
        .post("/me/password", &refused)
        .await
        .refused(422, "validation");
    assert!(app.mail().await.is_empty());
}

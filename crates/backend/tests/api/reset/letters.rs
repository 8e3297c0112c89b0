//! Who is written to about a reset, and in which language.

use serde_json::{Value, json};

use super::super::support::TestApp;
use super::asked;

#[tokio::test]
async fn only_those_who_are_meant_are_written_to() {
    let app = TestApp::new().await;
    app.execute("UPDATE users SET active = FALSE WHERE employee_number = 'EMP1004'")
        .await;
    app.execute("UPDATE users SET phone = '+4915100000000' WHERE employee_number = 'EMP1005'")
        .await;
    for (identifier, channel) in [
        ("nobody@portico.example", "mail"),
        ("EMP1004", "mail"),
        ("EMP1004", "sms"),
        // The number was changed since it was verified.
        ("EMP1005", "sms"),
    ] {
        let (_, mailed) = asked(&app, identifier, channel).await;
        assert!(mailed.is_empty(), "{identifier} {channel}");
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM messages").await, 0);
}

#[tokio::test]
async fn letters_are_in_the_accounts_language_or_else_the_pages() {
    let app = TestApp::new().await;
    let ask = async |locale: Value| {
        let body = json!({"identifier": "EMP1003", "channel": "mail", "locale": locale});
        assert_eq!(app.anon().post("/auth/reset", &body).await.status, 200);
        app.mail().await[0].subject.clone()
    };
    assert_eq!(ask(json!(null)).await, "Portico: reset your password");
    assert_eq!(ask(json!("de")).await, "Portico: Passwort zurücksetzen");
    app.execute("UPDATE users SET chosen_locale = 'zh-CN'").await;
    assert_eq!(ask(json!("de")).await, "Portico：重置密码");
}

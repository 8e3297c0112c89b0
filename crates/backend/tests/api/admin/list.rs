//! The list of accounts.

use portico_contract::user::Role;

use super::super::support::TestApp;
use super::person;

#[tokio::test]
async fn accounts_are_listed_page_by_page_and_found_by_words() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let mut names = Vec::new();
    let mut path = "/admin/users?limit=3".to_owned();
    loop {
        let page = admin.get(&path).await.json();
        assert_eq!(page["total"], 11);
        let items = page["items"].as_array().unwrap();
        names.extend(items.iter().map(|user| user["name"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => path = format!("/admin/users?limit=3&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(names.len(), 11);
    for (words, email) in [
        ("zhangsan", "sales@portico.example"),
        ("emp1002", "manager@portico.example"),
        ("ingrid%20admin", "admin@portico.example"),
        ("zhang.san", "sales@portico.example"),
    ] {
        assert_eq!(person(&admin, words).await["email"], email, "{words}");
    }
    let own = person(&admin, "EMP1001").await;
    assert_eq!(own["status"], "active");
    assert_eq!(own["sessions"], 1);
    assert_eq!(own["last_sign_in_at"], "2026-11-23T10:00:00Z");
    assert_eq!(own["phone_verified"], true);
    assert_eq!(person(&admin, "EMP1003").await.get("last_sign_in_at"), None);
    for (status, total) in [("active", 10), ("invited", 0), ("deactivated", 1)] {
        let page = admin.get(&format!("/admin/users?status={status}")).await.json();
        assert_eq!(page["total"], total, "{status}");
    }
    admin
        .get("/admin/users?status=gone")
        .await
        .refused(400, "malformed_request");
    admin
        .get("/admin/users?cursor=x")
        .await
        .refused(400, "invalid_cursor");
    admin.get("/admin/users?limit=0").await.refused(422, "validation");
    admin
        .get(&format!("/admin/users?q={}", "x".repeat(201)))
        .await
        .refused(422, "validation");
}

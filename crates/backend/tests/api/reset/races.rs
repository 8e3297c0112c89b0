//! Resets at the same moment as others, and as what administrators do.

use portico_contract::user::Role;
use serde_json::json;

use super::super::support::TestApp;
use super::{NEW, asked, complete, signs_in, start};

#[tokio::test(flavor = "multi_thread")]
async fn of_resets_begun_at_once_one_is_open() {
    let app = TestApp::new().await;
    let asking: Vec<_> = ["EMP1003", "zhang.san", "sales@portico.example"]
        .into_iter()
        .cycle()
        .take(9)
        .map(|name| {
            let browser = app.anon();
            tokio::spawn(async move { start(&browser, name, "mail").await.status })
        })
        .collect();
    for asked in asking {
        assert_eq!(asked.await.unwrap(), 200);
    }
    let all = "SELECT COUNT(*) FROM recoveries";
    assert_eq!(app.number(all).await, 9);
    let open = format!("{all} WHERE superseded_at IS NULL AND used_at IS NULL");
    assert_eq!(app.number(&open).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_and_what_administrators_do_at_the_same_time_wait_for_each_other() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    for number in ["EMP1002", "EMP1003", "EMP1004", "EMP1005", "EMP1006", "EMP1007"] {
        let (_, mailed) = asked(&app, number, "mail").await;
        let token = mailed[0].token("/reset-password");
        let user = admin.get(&format!("/admin/users?q={number}")).await.json()["items"][0]["id"].clone();
        let path = |action: &str| format!("/admin/users/{}/{action}", user.as_str().unwrap());
        let (anon, nothing) = (app.anon(), json!({}));
        let (deactivate, send_reset) = (path("deactivate"), path("send-reset"));
        let (done, out, sent) = tokio::join!(
            complete(&anon, Some(&token), NEW),
            admin.post(&deactivate, &nothing),
            admin.post(&send_reset, &nothing),
        );
        assert_eq!(
            (done.status, out.status),
            (200, 200),
            "{} {}",
            done.text(),
            out.text()
        );
        assert!([200, 409].contains(&sent.status), "{}", sent.text());
        app.mail().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_parallel_completions_one_sets_the_password() {
    let app = TestApp::new().await;
    let (_, mailed) = asked(&app, "EMP1003", "mail").await;
    let token = mailed[0].token("/reset-password");
    let tries: Vec<_> = (0..8)
        .map(|number| {
            let (browser, token) = (app.anon(), token.clone());
            tokio::spawn(async move {
                let password = format!("{NEW} {number}");
                (complete(&browser, Some(&token), &password).await.json()["step"] == "done")
                    .then_some(password)
            })
        })
        .collect();
    let mut set = Vec::new();
    for attempt in tries {
        set.extend(attempt.await.unwrap());
    }
    let [password] = set.as_slice() else {
        panic!("{} were set", set.len());
    };
    assert!(signs_in(&app, password).await);
}

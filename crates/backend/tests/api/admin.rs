//! Looking after people: the list, invitations, taking accounts out of use, requests for help.

use portico_backend::domain::clock::{DAY, MINUTE};
use portico_backend::store::DEMO_PASSWORD;
use portico_contract::user::Role;
use serde_json::{Value, json};

use super::support::{Client, TestApp};

const NEW: &str = "Violet-anchor-tempest-7";
const NOBODY: &str = "01941f29-7c05-7933-9c24-929a00000000";
const ACTIONS: [&str; 6] = [
    "deactivate",
    "activate",
    "send-reset",
    "end-sessions",
    "require-new-password",
    "resend-invitation",
];

async fn team(admin: &Client) -> Value {
    admin.get("/admin/teams").await.json()[0]["id"].clone()
}

async fn invitation(admin: &Client) -> Value {
    json!({
        "name": "Ada Lovelace", "email": "ada@portico.example", "employee_number": "EMP2001", "role": "sales",
        "team": team(admin).await, "locale": "en", "username": "ada", "phone": "+44 7700 900099",
    })
}

async fn person(admin: &Client, words: &str) -> Value {
    let page = admin.get(&format!("/admin/users?q={words}")).await.json();
    assert_eq!(page["total"], 1, "{page}");
    page["items"][0].clone()
}

async fn act(admin: &Client, user: &Value, action: &str) -> super::support::Reply {
    let path = format!("/admin/users/{}/{action}", user["id"].as_str().unwrap());
    admin.post(&path, &json!({})).await
}

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

#[tokio::test]
async fn administration_is_for_administrators_whoever_is_named() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let body = invitation(&admin).await;
    let sales = person(&admin, "EMP1003").await["id"].as_str().unwrap().to_owned();
    let ask = json!({"identifier": "EMP1004", "reason": "x"});
    app.anon().post("/auth/reset/request-admin", &ask).await;
    let request = admin.get("/admin/requests").await.json()["items"][0]["id"].clone();
    let request = request.as_str().unwrap();
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Admin) {
        let client = app.as_role(role).await;
        let own = client.get("/me").await.json()["user"]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        for path in ["/admin/users", "/admin/teams", "/admin/requests"] {
            client.get(path).await.refused(403, "forbidden");
        }
        client.post("/admin/users", &body).await.refused(403, "forbidden");
        for id in [sales.as_str(), &own, NOBODY] {
            client
                .get(&format!("/admin/users/{id}"))
                .await
                .refused(403, "forbidden");
            let change = json!({"email": "mine@portico.example"});
            let reply = client.patch(&format!("/admin/users/{id}"), &change).await;
            reply.refused(403, "forbidden");
            for action in ACTIONS {
                let reply = client
                    .post(&format!("/admin/users/{id}/{action}"), &json!({}))
                    .await;
                reply.refused(403, "forbidden");
            }
        }
        for id in [request, NOBODY] {
            let answer = json!({"decision": "send_reset"});
            let reply = client
                .post(&format!("/admin/requests/{id}/answer"), &answer)
                .await;
            reply.refused(403, "forbidden");
        }
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM users WHERE active").await, 10);
    assert_eq!(app.number("SELECT COUNT(*) FROM recoveries").await, 0);
    for id in [NOBODY, "x"] {
        admin
            .get(&format!("/admin/users/{id}"))
            .await
            .refused(404, "not_found");
        for action in ACTIONS {
            let reply = admin
                .post(&format!("/admin/users/{id}/{action}"), &json!({}))
                .await;
            reply.refused(404, "not_found");
        }
    }
    app.anon()
        .get("/admin/users")
        .await
        .refused(401, "unauthenticated");
}

#[tokio::test]
async fn an_invitation_leads_to_an_account_and_a_session() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let reply = admin.post("/admin/users", &invitation(&admin).await).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    let user = reply.json();
    assert_eq!(
        reply.header("location"),
        format!("/api/v1/admin/users/{}", user["id"].as_str().unwrap())
    );
    assert_eq!(user["status"], "invited");
    assert_eq!(user["phone"], "+447700900099");
    assert_eq!(user["phone_verified"], false);
    assert_eq!(user["invitation_ends_at"], "2026-11-30T10:00:00Z");
    // There is no password yet that anybody could guess.
    app.anon()
        .sign_in("ada@portico.example", DEMO_PASSWORD)
        .await
        .refused(401, "invalid_credentials");

    let mailed = app.mail().await;
    assert_eq!(mailed[0].to, "ada@portico.example");
    assert!(
        mailed[0].text.contains("Ingrid Solberg has made an account"),
        "{}",
        mailed[0].text
    );
    let token = mailed[0].token("/welcome");
    let checked = app
        .anon()
        .post("/auth/welcome/check", &json!({"token": token}))
        .await
        .json();
    assert_eq!(checked["state"], "valid");
    assert_eq!(checked["name"], "Ada Lovelace");
    assert_eq!(
        checked["identifiers"],
        json!(["ada@portico.example", "EMP2001", "ada"])
    );
    assert_eq!(checked["invited_by"], "Ingrid Solberg");

    let mut body =
        json!({"token": token, "password": "Ada Lovelace", "locale": "de", "time_zone": "europe/berlin"});
    let refused = app.anon().post("/auth/welcome/complete", &body).await;
    refused.refused(422, "validation");
    assert_eq!(refused.json()["fields"][0]["rule"], "context_word");
    body["password"] = json!(NEW);
    let mut ada = app.anon();
    let reply = ada.post("/auth/welcome/complete", &body).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.json()["outcome"], "accepted");
    let sign_in = reply.json()["sign_in"].clone();
    assert_eq!(sign_in["step"], "done");
    assert_eq!(sign_in["me"]["user"]["locale"], "de");
    assert_eq!(sign_in["me"]["user"]["time_zone"], "Europe/Berlin");
    ada.token = sign_in["access_token"].as_str().map(str::to_owned);
    ada.cookie = reply.refresh_cookie();
    assert_eq!(ada.get("/me").await.status, 200);
    assert_eq!(ada.refresh().await.status, 200);
    assert_eq!(app.anon().sign_in("ADA", NEW).await.status, 200);
    let user = person(&admin, "ada").await;
    assert_eq!(
        (&user["status"], &user["sessions"]),
        (&json!("active"), &json!(2))
    );
    assert_eq!(user.get("invitation_ends_at"), None);

    let changed = "SELECT COUNT(*) FROM messages WHERE letter = 'password_changed'";
    assert_eq!(app.number(changed).await, 0, "a first password is no changed one");
    let reset = json!({"identifier": "ada", "channel": "mail"});
    assert_eq!(app.anon().post("/auth/reset", &reset).await.status, 200);
    let of_somebody = "SELECT COUNT(*) FROM recoveries WHERE purpose = 'reset' AND sent_by IS NOT NULL";
    assert_eq!(
        app.number(of_somebody).await,
        0,
        "who invited has not sent this one"
    );

    let again = app.anon().post("/auth/welcome/complete", &body).await.json();
    assert_eq!(again, json!({"outcome": "over", "reason": "used"}));
    let events: Vec<_> = app
        .audit()
        .await
        .iter()
        .map(|line| line["event"].clone())
        .collect();
    assert!(events.contains(&json!("invited")) && events.contains(&json!("welcomed")));
}

#[tokio::test]
async fn an_invitation_ends_and_can_be_sent_anew() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let user = admin.post("/admin/users", &invitation(&admin).await).await.json();
    let first = app.mail().await[0].token("/welcome");
    let check = async |token: &str| {
        app.anon()
            .post("/auth/welcome/check", &json!({"token": token}))
            .await
            .json()
    };
    app.clock.advance(7 * DAY - 1);
    assert_eq!(check(&first).await["state"], "valid");
    app.clock.advance(1);
    assert_eq!(check(&first).await, json!({"state": "over", "reason": "expired"}));
    let admin = app.as_role(Role::Admin).await;
    assert_eq!(act(&admin, &user, "resend-invitation").await.status, 200);
    let second = app.mail().await[0].token("/welcome");
    // Whoever was invited and asks for a reset gets an invitation instead.
    let body = json!({"identifier": "ada", "channel": "mail"});
    assert_eq!(app.anon().post("/auth/reset", &body).await.status, 200);
    let third = app.mail().await[0].token("/welcome");
    assert_eq!(check(&first).await["reason"], "superseded");
    assert_eq!(check(&second).await["reason"], "superseded");
    assert_eq!(check(&third).await["state"], "valid");
    // It is no reset.
    let reset = app
        .anon()
        .post(
            "/auth/reset/complete",
            &json!({"token": third, "new_password": NEW}),
        )
        .await;
    assert_eq!(reset.json(), json!({"step": "over", "reason": "unknown"}));
    act(&admin, &user, "send-reset").await.refused(409, "conflict");
    assert_eq!(
        act(&admin, &user, "deactivate").await.json()["status"],
        "deactivated"
    );
    assert_eq!(check(&third).await, json!({"state": "over", "reason": "unknown"}));
    act(&admin, &user, "resend-invitation")
        .await
        .refused(409, "conflict");
    assert_eq!(act(&admin, &user, "activate").await.json()["status"], "invited");
    assert_eq!(
        check(&third).await["reason"],
        "superseded",
        "it does not come back to life"
    );
}

#[tokio::test]
async fn what_somebody_signs_in_with_is_refused_beside_the_field() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let mut body = invitation(&admin).await;
    body["email"] = json!("SALES@portico.example");
    body["employee_number"] = json!("emp1001");
    body["username"] = json!("ＺＨＡＮＧ.san");
    let reply = admin.post("/admin/users", &body).await;
    reply.refused(409, "conflict");
    let taken = |field: &str| json!({"field": field, "rule": "taken"});
    let all = json!([taken("email"), taken("employee_number"), taken("username")]);
    assert_eq!(reply.json()["fields"], all);
    let mut body = invitation(&admin).await;
    body["username"] = json!("emp2001");
    let reply = admin.post("/admin/users", &body).await;
    assert_eq!(reply.json()["fields"], json!([taken("username")]));
    assert_eq!(app.number("SELECT COUNT(*) FROM users").await, 11);
    assert_eq!(app.number("SELECT COUNT(*) FROM messages").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_invite_the_same_person_one_does() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let body = invitation(&admin).await;
    let tries: Vec<_> = (0..4)
        .map(|_| {
            let (admin, body) = (admin.clone(), body.clone());
            tokio::spawn(async move { admin.post("/admin/users", &body).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for attempt in tries {
        statuses.push(attempt.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409]);
    assert_eq!(app.mail().await.len(), 1);
}

#[tokio::test]
async fn an_invitation_takes_nothing_that_was_not_asked_for() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let good = invitation(&admin).await;
    for (field, value) in [
        ("password", json!(NEW)),
        ("active", json!(true)),
        ("id", json!(NOBODY)),
        ("verified_phone", json!("+4915100000000")),
        ("role", json!("root")),
        ("locale", json!("fr")),
    ] {
        let mut body = good.clone();
        body[field] = value;
        admin
            .post("/admin/users", &body)
            .await
            .refused(400, "malformed_request");
    }
    for (field, value, rule) in [
        ("name", json!("Ada\r\nBcc: x@evil.example"), "malformed"),
        ("name", json!(" "), "required"),
        ("name", json!("x".repeat(121)), "too_long"),
        (
            "email",
            json!("ada@portico.example\nBcc: x@evil.example"),
            "malformed",
        ),
        ("email", json!("ada"), "malformed"),
        (
            "email",
            json!("ada@portico.example,eve@evil.example"),
            "malformed",
        ),
        ("employee_number", json!("a b"), "malformed"),
        ("username", json!("a@b"), "malformed"),
        ("phone", json!("0138"), "malformed"),
        ("team", json!(NOBODY), "not_allowed"),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let reply = admin.post("/admin/users", &body).await;
        reply.refused(422, "validation");
        let problem = &reply.json()["fields"][0];
        assert_eq!(
            (problem["field"].as_str(), problem["rule"].as_str()),
            (Some(field), Some(rule))
        );
    }
    let sales = person(&admin, "EMP1003").await;
    for action in ACTIONS {
        let path = format!("/admin/users/{}/{action}", sales["id"].as_str().unwrap());
        let body = json!({"password": NEW});
        admin.post(&path, &body).await.refused(400, "malformed_request");
    }
}

#[tokio::test]
async fn a_deactivated_person_is_out_at_once_and_comes_back_as_before() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let sales = app.as_role(Role::Sales).await;
    let user = person(&admin, "EMP1003").await;
    for _ in 0..2 {
        let reply = act(&admin, &user, "deactivate").await;
        assert_eq!(
            (reply.status, &reply.json()["status"]),
            (200, &json!("deactivated"))
        );
        assert_eq!(reply.json()["sessions"], 0);
    }
    sales.get("/me").await.refused(401, "unauthenticated");
    sales.refresh().await.refused(401, "session_ended");
    app.anon()
        .sign_in("EMP1003", DEMO_PASSWORD)
        .await
        .refused(401, "invalid_credentials");
    for action in ["send-reset", "resend-invitation"] {
        act(&admin, &user, action).await.refused(409, "conflict");
    }
    for _ in 0..2 {
        assert_eq!(act(&admin, &user, "activate").await.json()["status"], "active");
    }
    sales.get("/me").await.refused(401, "unauthenticated");
    app.clock.advance(MINUTE);
    assert_eq!(app.anon().sign_in("EMP1003", DEMO_PASSWORD).await.status, 200);
    assert_eq!(
        app.audited("deactivated").await.len(),
        1,
        "only what happened is written"
    );
    assert_eq!(app.audited("reactivated").await.len(), 1);
}

#[tokio::test]
async fn nobody_is_locked_out_of_administration() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let own = person(&admin, "EMP1001").await;
    act(&admin, &own, "deactivate").await.refused(409, "own_account");
    app.execute("UPDATE users SET role = 'admin' WHERE employee_number = 'EMP1002'")
        .await;
    let other = app.as_role(Role::Manager).await;
    assert_eq!(act(&other, &own, "deactivate").await.status, 200);
    admin.get("/admin/users").await.refused(401, "unauthenticated");
    // Two who do it to each other in the same moment.
    app.execute("UPDATE users SET active = TRUE").await;
    let admin = app.as_role(Role::Admin).await;
    let manager = person(&admin, "EMP1002").await;
    let (first, second) = tokio::join!(
        act(&admin, &manager, "deactivate"),
        act(&other, &own, "deactivate")
    );
    let statuses = [first.status, second.status];
    assert!(statuses.contains(&200), "{statuses:?}");
    let left = "SELECT COUNT(*) FROM users WHERE role = 'admin' AND active";
    assert_eq!(app.number(left).await, 1);
}

#[tokio::test]
async fn sessions_end_when_an_administrator_says_so() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let sales = app.as_role(Role::Sales).await;
    let user = person(&admin, "EMP1003").await;
    assert_eq!(user["sessions"], 1);
    assert_eq!(act(&admin, &user, "end-sessions").await.json()["sessions"], 0);
    sales.get("/me").await.refused(401, "unauthenticated");
    assert_eq!(
        app.anon().sign_in("EMP1003", DEMO_PASSWORD).await.status,
        200,
        "the password stays"
    );
}

#[tokio::test]
async fn a_password_others_may_know_leads_to_a_new_one() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let sales = app.as_role(Role::Sales).await;
    let user = person(&admin, "EMP1003").await;
    for _ in 0..2 {
        assert_eq!(
            act(&admin, &user, "require-new-password").await.json()["sessions"],
            0
        );
        sales.get("/me").await.refused(401, "unauthenticated");
        sales.refresh().await.refused(401, "session_ended");
    }
    let lines = app.audited("new_password_required").await;
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (&lines[0]["subject_id"], &lines[0]["detail"]),
        (&user["id"], &json!(r#"{"sessions":1}"#))
    );
    let mut client = app.anon();
    let reply = client.sign_in("EMP1003", DEMO_PASSWORD).await;
    let step = reply.json();
    assert_eq!(
        (&step["step"], &step["reason"]),
        (&json!("change_password"), &json!("compromised"))
    );
    client.keep(&reply);
    assert_eq!(client.set_new_password(NEW).await.json()["step"], "done");
    assert_eq!(app.anon().sign_in("EMP1003", NEW).await.json()["step"], "done");
    // One's own is changed, not marked; and there must be one.
    let own = person(&admin, "EMP1001").await;
    act(&admin, &own, "require-new-password")
        .await
        .refused(409, "own_account");
    let invited = admin.post("/admin/users", &invitation(&admin).await).await.json();
    act(&admin, &invited, "require-new-password")
        .await
        .refused(409, "conflict");
    assert_eq!(admin.get("/me").await.status, 200);
}

#[tokio::test]
async fn an_administrator_can_have_a_password_asked_for() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let user = person(&admin, "EMP1003").await;
    assert_eq!(act(&admin, &user, "send-reset").await.status, 200);
    let mailed = app.mail().await;
    assert!(
        mailed[0].text.contains("An administrator has sent you this"),
        "{}",
        mailed[0].text
    );
    assert!(!mailed[0].has_code());
    let body = json!({"token": mailed[0].token("/reset-password"), "new_password": NEW});
    let reply = app.anon().post("/auth/reset/complete", &body).await;
    assert_eq!(reply.json()["step"], "done");
}

#[tokio::test]
async fn requests_for_help_are_answered_once() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    for identifier in ["EMP1003", "nobody@portico.example", "EMP1004"] {
        let body = json!({"identifier": identifier, "reason": "My mailbox is full <b>"});
        let reply = app.anon().post("/auth/reset/request-admin", &body).await;
        assert_eq!((reply.status, reply.text().as_str()), (200, "{}"));
        app.clock.advance(1);
    }
    let told: Vec<_> = app
        .mail()
        .await
        .into_iter()
        .map(|mail| (mail.to, mail.text))
        .collect();
    assert_eq!(told.len(), 2, "nobody is told of a request about nobody");
    for ((to, text), number) in told.iter().zip(["EMP1003", "EMP1004"]) {
        assert_eq!(to, "admin@portico.example");
        assert!(
            text.contains(number) && text.contains("https://portico.example/admin/requests"),
            "{text}"
        );
    }
    let page = admin.get("/admin/requests?state=open").await.json();
    assert_eq!(page["total"], 2, "nobody is in no list");
    let [second, first] = [&page["items"][0], &page["items"][1]];
    assert_eq!(first["employee_number"], "EMP1003");
    assert_eq!(first["reason"], "My mailbox is full <b>");
    let answer = async |request: &Value, body: Value| {
        let path = format!("/admin/requests/{}/answer", request["id"].as_str().unwrap());
        admin.post(&path, &body).await
    };
    let declined = answer(
        second,
        json!({"decision": "decline", "note": "Called: was not her"}),
    )
    .await
    .json();
    assert_eq!(declined["state"], "declined");
    assert_eq!(declined["answered_by"]["name"], "Ingrid Solberg");
    assert!(app.mail().await.is_empty());
    assert_eq!(
        answer(first, json!({"decision": "send_reset"})).await.json()["state"],
        "sent"
    );
    let mailed = app.mail().await;
    assert_eq!(mailed[0].to, "sales@portico.example");
    for request in [first, second] {
        answer(request, json!({"decision": "send_reset"}))
            .await
            .refused(409, "conflict");
    }
    assert!(app.mail().await.is_empty());
    for body in [
        json!({"decision": "set", "password": NEW}),
        json!({"decision": "send_reset", "to": "x@evil.example"}),
    ] {
        answer(first, body).await.refused(400, "malformed_request");
    }
    assert_eq!(admin.get("/admin/requests").await.json()["total"], 2);
}

/// Who was written to since the last look, in order.
async fn written_to(app: &TestApp) -> Vec<String> {
    let mut readers: Vec<_> = app.mail().await.into_iter().map(|mail| mail.to).collect();
    readers.sort_unstable();
    readers
}

async fn move_to(admin: &Client, user: &Value, email: &str) -> super::support::Reply {
    let path = format!("/admin/users/{}", user["id"].as_str().unwrap());
    admin.patch(&path, &json!({ "email": email })).await
}

#[tokio::test]
async fn another_address_is_told_to_both_and_signed_in_with() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let user = person(&admin, "EMP1003").await;
    let asked = app.anon();
    let reset = json!({"identifier": "EMP1003", "channel": "mail"});
    asked.post("/auth/reset", &reset).await;
    let link = app.mail().await[0].token("/reset-password");
    let moved = move_to(&admin, &user, " Zhang.San@Neu.example ").await.json();
    assert_eq!(moved["email"], "Zhang.San@Neu.example");
    assert_eq!(moved["status"], "active");
    assert_eq!(
        written_to(&app).await,
        ["Zhang.San@Neu.example", "sales@portico.example"]
    );
    // What was on its way to the old address is over, whoever reads it there.
    let check = app
        .anon()
        .post("/auth/reset/check", &json!({ "token": link }))
        .await;
    assert_eq!(
        check.json(),
        json!({"state": "over", "reason": "changed_address"})
    );
    let complete = json!({"token": link, "new_password": NEW});
    let complete = app.anon().post("/auth/reset/complete", &complete).await.json();
    assert_eq!(complete, json!({"step": "over", "reason": "changed_address"}));
    let old = app.anon().sign_in("sales@portico.example", DEMO_PASSWORD).await;
    old.refused(401, "invalid_credentials");
    for identifier in ["zhang.san@neu.example", "EMP1003", "zhang.san"] {
        assert_eq!(
            app.anon().sign_in(identifier, DEMO_PASSWORD).await.status,
            200,
            "{identifier}"
        );
    }
    assert_eq!(person(&admin, "neu.example").await["id"], user["id"]);
    // Once more is no other address, and nobody is told again.
    assert_eq!(move_to(&admin, &moved, "Zhang.San@Neu.example").await.status, 200);
    assert!(written_to(&app).await.is_empty());
    // The same address in another spelling is one's own.
    assert_eq!(move_to(&admin, &moved, "zhang.san@neu.example").await.status, 200);
    let events = app
        .number("SELECT COUNT(*) FROM audit_events WHERE event = 'user_changed' AND outcome = 'accepted'")
        .await;
    assert_eq!(events, 2);
}

#[tokio::test]
async fn who_has_not_come_yet_is_invited_at_the_new_address() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let user = admin.post("/admin/users", &invitation(&admin).await).await.json();
    let first = app.mail().await[0].token("/welcome");
    assert_eq!(move_to(&admin, &user, "ada.l@portico.example").await.status, 200);
    let check = app
        .anon()
        .post("/auth/welcome/check", &json!({ "token": first }))
        .await;
    assert_eq!(check.json()["reason"], "superseded");
    // The first address may be a stranger's: nothing more goes there.
    let second = app.mail().await;
    assert_eq!(
        (second.len(), second[0].to.as_str()),
        (1, "ada.l@portico.example")
    );
    let check = json!({ "token": second[0].token("/welcome") });
    let check = app.anon().post("/auth/welcome/check", &check).await.json();
    assert_eq!(check["state"], "valid");
    assert_eq!(check["identifiers"][0], "ada.l@portico.example");
}

#[tokio::test]
async fn an_address_that_cannot_be_changes_nothing() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let user = person(&admin, "EMP1003").await;
    for (email, rule) in [
        ("", "required"),
        ("zhang", "malformed"),
        ("a@b.example\r\nBcc: c@d.example", "malformed"),
        ("a@b.example, c@d.example", "malformed"),
    ] {
        let refused = move_to(&admin, &user, email).await;
        refused.refused(422, "validation");
        assert_eq!(refused.json()["fields"][0]["rule"], rule, "{email:?}");
    }
    let long = format!("{}@b.example", "a".repeat(300));
    move_to(&admin, &user, &long).await.refused(422, "validation");
    for taken in ["manager@portico.example", "MANAGER@portico.example"] {
        let refused = move_to(&admin, &user, taken).await;
        refused.refused(409, "conflict");
        let fields = &refused.json()["fields"];
        assert_eq!(
            (&fields[0]["field"], &fields[0]["rule"]),
            (&json!("email"), &json!("taken"))
        );
    }
    let own = person(&admin, "EMP1001").await;
    move_to(&admin, &own, "other@portico.example")
        .await
        .refused(409, "own_account");
    move_to(&admin, &json!({ "id": NOBODY }), "other@portico.example")
        .await
        .refused(404, "not_found");
    for body in [
        json!({}),
        json!({"email": 7}),
        json!({"email": "a@b.example", "role": "admin"}),
    ] {
        let path = format!("/admin/users/{}", user["id"].as_str().unwrap());
        admin.patch(&path, &body).await.refused(400, "malformed_request");
    }
    assert_eq!(person(&admin, "EMP1003").await, user);
    assert!(written_to(&app).await.is_empty());
}

#[tokio::test]
async fn of_two_who_get_the_same_address_one_does() {
    let app = TestApp::new().await;
    let admin = app.as_role(Role::Admin).await;
    let (one, other) = (person(&admin, "EMP1003").await, person(&admin, "EMP1002").await);
    let shared = "shared@portico.example";
    let (first, second) = tokio::join!(move_to(&admin, &one, shared), move_to(&admin, &other, shared));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(person(&admin, "shared").await["email"], shared);
}

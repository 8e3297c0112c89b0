//! Every route for every role. A route that is not in the table fails the test.

use std::collections::BTreeSet;

use axum::http::Method;
use portico_contract::user::Role;
use serde_json::json;

use super::support::{TestApp, busy_column, customer_input};

/// What a signed-in person gets, in the order of [`Role::ALL`].
const READ: [u16; 6] = [200; 6];
/// For what only those get who write customers and deals.
const WRITE: [u16; 6] = [200, 200, 200, 403, 403, 403];
/// For what only administrators get.
const ADMIN: [u16; 6] = [200, 403, 403, 403, 403, 403];

/// Method, path, the statuses by role, and whether it answers without a token.
const TABLE: [(&str, &str, [u16; 6], bool); 86] = [
    ("get", "/api/v1/auth/policy", READ, true),
    ("post", "/api/v1/auth/sign-in", [422; 6], true),
    ("post", "/api/v1/auth/sign-in/passkey/begin", READ, true),
    ("post", "/api/v1/auth/sign-in/passkey", [400; 6], true),
    ("post", "/api/v1/auth/sign-in/new-password", [401; 6], true),
    ("post", "/api/v1/auth/sign-in/second-factor", [400; 6], true),
    (
        "post",
        "/api/v1/auth/sign-in/second-factor/passkey",
        [401; 6],
        true,
    ),
    ("post", "/api/v1/auth/sign-in/second-factor/code", [400; 6], true),
    ("post", "/api/v1/auth/sign-in/second-factor/help", [400; 6], true),
    ("post", "/api/v1/auth/sign-in/resume", [401; 6], true),
    ("post", "/api/v1/auth/sign-in/enrol/totp", [401; 6], true),
    ("post", "/api/v1/auth/sign-in/enrol/totp/confirm", [400; 6], true),
    ("post", "/api/v1/auth/sign-in/enrol/message", [400; 6], true),
    (
        "post",
        "/api/v1/auth/sign-in/enrol/message/confirm",
        [400; 6],
        true,
    ),
    ("post", "/api/v1/auth/sign-in/enrol/passkey", [401; 6], true),
    (
        "post",
        "/api/v1/auth/sign-in/enrol/passkey/confirm",
        [400; 6],
        true,
    ),
    ("post", "/api/v1/auth/refresh", READ, true),
    ("post", "/api/v1/auth/sign-out", [204; 6], true),
    ("post", "/api/v1/auth/cookie-check", READ, true),
    ("post", "/api/v1/auth/activity", READ, false),
    ("post", "/api/v1/auth/reset", [400; 6], true),
    ("post", "/api/v1/auth/reset/check", [400; 6], true),
    ("post", "/api/v1/auth/reset/verify", [400; 6], true),
    ("post", "/api/v1/auth/reset/answer", [400; 6], true),
    ("post", "/api/v1/auth/reset/complete", [400; 6], true),
    ("post", "/api/v1/auth/reset/request-admin", [400; 6], true),
    ("post", "/api/v1/auth/welcome/check", [400; 6], true),
    ("post", "/api/v1/auth/welcome/complete", [400; 6], true),
    ("get", "/api/v1/health", READ, true),
    ("get", "/api/v1/openapi.json", READ, true),
    ("get", "/api/v1/me", READ, false),
    ("patch", "/api/v1/me", READ, false),
    ("post", "/api/v1/me/password", [422; 6], false),
    ("post", "/api/v1/me/step-up", [422; 6], false),
    ("post", "/api/v1/me/step-up/passkey", [404; 6], false),
    ("post", "/api/v1/me/step-up/code", [400; 6], false),
    ("get", "/api/v1/me/second-factor", READ, false),
    ("post", "/api/v1/me/second-factor/totp", READ, false),
    ("post", "/api/v1/me/second-factor/totp/confirm", [400; 6], false),
    ("post", "/api/v1/me/second-factor/message", [400; 6], false),
    (
        "post",
        "/api/v1/me/second-factor/message/confirm",
        [400; 6],
        false,
    ),
    ("post", "/api/v1/me/second-factor/passkey", READ, false),
    (
        "post",
        "/api/v1/me/second-factor/passkey/confirm",
        [400; 6],
        false,
    ),
    ("post", "/api/v1/me/second-factor/recovery-codes", [409; 6], false),
    ("patch", "/api/v1/me/second-factor/{id}", [404; 6], false),
    ("delete", "/api/v1/me/second-factor/{id}", [404; 6], false),
    ("get", "/api/v1/me/security-question", [404; 6], false),
    ("put", "/api/v1/me/security-question", [404; 6], false),
    ("get", "/api/v1/me/sessions", READ, false),
    ("delete", "/api/v1/me/sessions/{id}", [404; 6], false),
    ("post", "/api/v1/me/sessions/end-others", READ, false),
    ("post", "/api/v1/me/sessions/{id}/disown", [404; 6], false),
    ("get", "/api/v1/me/devices", READ, false),
    ("delete", "/api/v1/me/devices/{id}", [404; 6], false),
    ("get", "/api/v1/me/sign-ins", READ, false),
    ("post", "/api/v1/me/sign-ins/{id}/disown", [404; 6], false),
    ("get", "/api/v1/today", READ, false),
    ("get", "/api/v1/customers", READ, false),
    ("get", "/api/v1/search", READ, false),
    ("post", "/api/v1/customers", [201, 201, 201, 403, 403, 403], false),
    ("get", "/api/v1/customers/facets", READ, false),
    ("get", "/api/v1/customers/assignees", WRITE, false),
    ("get", "/api/v1/customers/{id}", READ, false),
    ("patch", "/api/v1/customers/{id}", WRITE, false),
    ("get", "/api/v1/customers/{id}/activities", READ, false),
    ("get", "/api/v1/customers/{id}/orders", READ, false),
    ("get", "/api/v1/customers/{id}/deals", READ, false),
    ("get", "/api/v1/pipelines", READ, false),
    ("get", "/api/v1/pipelines/{id}/board", READ, false),
    ("get", "/api/v1/deals", READ, false),
    ("get", "/api/v1/deals/{id}", READ, false),
    ("post", "/api/v1/deals/{id}/move", WRITE, false),
    ("get", "/api/v1/admin/users", ADMIN, false),
    (
        "post",
        "/api/v1/admin/users",
        [422, 403, 403, 403, 403, 403],
        false,
    ),
    ("get", "/api/v1/admin/users/{id}", ADMIN, false),
    ("patch", "/api/v1/admin/users/{id}", ADMIN, false),
    ("post", "/api/v1/admin/users/{id}/deactivate", ADMIN, false),
    ("post", "/api/v1/admin/users/{id}/activate", ADMIN, false),
    ("post", "/api/v1/admin/users/{id}/send-reset", ADMIN, false),
    ("post", "/api/v1/admin/users/{id}/end-sessions", ADMIN, false),
    (
        "post",
        "/api/v1/admin/users/{id}/require-new-password",
        ADMIN,
        false,
    ),
    (
        "post",
        "/api/v1/admin/users/{id}/reset-second-factor",
        ADMIN,
        false,
    ),
    (
        "post",
        "/api/v1/admin/users/{id}/resend-invitation",
        [409, 403, 403, 403, 403, 403],
        false,
    ),
    ("get", "/api/v1/admin/teams", ADMIN, false),
    ("get", "/api/v1/admin/requests", ADMIN, false),
    ("post", "/api/v1/admin/requests/{id}/answer", ADMIN, false),
];

#[test]
fn the_table_names_every_documented_route() {
    let document = portico_backend::http::openapi_document();
    let paths = document["paths"].as_object().unwrap();
    let documented: BTreeSet<_> = paths
        .iter()
        .flat_map(|(path, operations)| {
            operations
                .as_object()
                .unwrap()
                .keys()
                .map(move |method| (method.as_str(), path.as_str()))
        })
        .collect();
    let listed: BTreeSet<_> = TABLE.iter().map(|(method, path, ..)| (*method, *path)).collect();
    assert_eq!(documented, listed);
}

/// An account in use that no role of the table has, and a request about it.
async fn somebody_in_need(app: &TestApp) -> (String, String) {
    let ask = json!({"identifier": "EMP1004", "reason": "No telephone"});
    let asked = app.anon().post("/auth/reset/request-admin", &ask).await;
    assert_eq!(asked.status, 200);
    let admin = app.as_role(Role::Admin).await;
    let request = admin.get("/admin/requests").await.json()["items"][0].clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    (text(&request["user"]["id"]), text(&request["id"]))
}

/// An invitation to a team there is not.
fn nowhere() -> serde_json::Value {
    json!({
        "name": "Ada", "email": "ada@portico.example", "employee_number": "EMP2001", "role": "sales",
        "team": "01941f29-7c05-7933-9c24-929a00000000", "locale": "en",
    })
}

#[tokio::test]
async fn each_role_gets_what_the_table_says() {
    let app = TestApp::new().await;
    let (person, request) = somebody_in_need(&app).await;
    for (index, role) in Role::ALL.into_iter().enumerate() {
        let reader = app.as_role(role).await;
        let found = busy_column(&reader).await;
        let (pipeline, stage) = (&found["pipeline"]["id"], &found["column"]["stage_id"]);
        let deal = &found["column"]["deals"][0];
        let customer = reader.first_customer().await;
        for (method, template, statuses, _) in TABLE {
            // A client of its own for each route, for some of them end the session.
            let client = app.as_role(role).await;
            let kind = template.split('/').nth(3).unwrap();
            let id = match kind {
                "customers" => customer["id"].as_str().unwrap(),
                "pipelines" => pipeline.as_str().unwrap(),
                "admin" if template.contains("/requests/") => &request,
                "admin" => &person,
                _ => deal["id"].as_str().unwrap(),
            };
            let path = template.trim_start_matches("/api/v1").replace("{id}", id);
            let reply = match (method, path.as_str()) {
                ("get", "/deals") => {
                    let query = format!(
                        "/deals?pipeline={}&stage={}",
                        pipeline.as_str().unwrap(),
                        stage.as_str().unwrap()
                    );
                    client.get(&query).await
                }
                ("get", "/search") => client.get("/search?q=a").await,
                ("get", path) => client.get(path).await,
                ("delete", path) => client.write(Method::DELETE, path, &[], String::new()).await,
                (_, "/auth/sign-in") => client.sign_in("", "").await,
                (_, "/auth/sign-in/new-password") => client.set_new_password("x").await,
                (_, "/me/password") => {
                    let change = json!({"current": "", "new": "", "end_other_sessions": true});
                    client.post(path.as_str(), &change).await
                }
                ("put", path) => {
                    let question = json!({"question": "a", "answer": "b", "password": "c"});
                    client.put(path, &question).await
                }
                (_, "/admin/users") => client.post("/admin/users", &nowhere()).await,
                (_, path) if path.ends_with("/answer") && path.starts_with("/admin") => {
                    client.post(path, &json!({"decision": "decline"})).await
                }
                ("post", "/customers") => client.post(path.as_str(), &customer_input("New")).await,
                ("patch", path) if path.starts_with("/admin") => {
                    client
                        .patch(path, &json!({"email": "moved@portico.example"}))
                        .await
                }
                ("patch", path) if path.starts_with("/me/second-factor") => {
                    client.patch(path, &json!({"name": "Mine"})).await
                }
                ("patch", "/me") => client.patch("/me", &json!({})).await,
                ("patch", path) if path.starts_with("/customers") => {
                    let version = client.get(path).await.header("etag").to_owned();
                    client.patch_as(path, &version, &customer_input("Changed")).await
                }
                (_, path) if path.starts_with("/deals") => {
                    let version = client
                        .get(path.trim_end_matches("/move"))
                        .await
                        .header("etag")
                        .to_owned();
                    client
                        .post_with(path, &[("if-match", &version)], &json!({"stage_id": stage}))
                        .await
                }
                (_, path) => client.post(path, &json!({})).await,
            };
            assert_eq!(
                reply.status,
                statuses[index],
                "{method} {path} as {role:?}: {}",
                reply.text()
            );
        }
    }
}

#[tokio::test]
async fn without_a_token_only_public_routes_answer_cookie_or_not() {
    let app = TestApp::new().await;
    let mut cookie_only = app.as_role(Role::Admin).await;
    cookie_only.token = None;
    let mut forged = app.anon();
    forged.token = Some("A".repeat(43));
    for client in [app.anon(), cookie_only, forged] {
        for (method, template, _, public) in TABLE {
            if public {
                continue;
            }
            let path = template
                .trim_start_matches("/api/v1")
                .replace("{id}", "01941f29-7c05-7933-9c24-929a00000000");
            let method: Method = method.to_uppercase().parse().unwrap();
            let request = client
                .request(method, &path)
                .header("content-type", "application/json");
            let reply = client.send(request.body("{}".into()).unwrap()).await;
            reply.refused(401, "unauthenticated");
            assert_eq!(reply.header("www-authenticate"), "Bearer");
        }
    }
}

#[tokio::test]
async fn reading_changes_nothing() {
    let app = TestApp::new().await;
    let (person, request) = somebody_in_need(&app).await;
    let client = app.as_role(Role::Admin).await;
    let found = busy_column(&client).await;
    let customer = client.first_customer().await;
    let snapshot = async || {
        let mut rows = Vec::new();
        for table in [
            "users",
            "identifiers",
            "sessions",
            "refresh_tokens",
            "access_tokens",
            "sign_in_transactions",
            "factors",
            "recovery_codes",
            "known_devices",
            "password_history",
            "security_questions",
            "customers",
            "contacts",
            "deals",
            "activities",
            "orders",
            "recoveries",
            "messages",
            "outbox",
            "admin_requests",
            "throttles",
            "audit_events",
        ] {
            rows.push((table, app.rows(table).await));
        }
        rows
    };
    let before = snapshot().await;
    assert!(before.iter().filter(|(_, rows)| !rows.is_empty()).count() > 10);
    for (_, template, ..) in TABLE {
        let id = match template.split('/').nth(3).unwrap() {
            "customers" => &customer["id"],
            "pipelines" => &found["pipeline"]["id"],
            "deals" => &found["column"]["deals"][0]["id"],
            _ => &json!(if template.contains("/requests/") {
                &request
            } else {
                &person
            }),
        };
        let path = template
            .trim_start_matches("/api/v1")
            .replace("{id}", id.as_str().unwrap());
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            let request = client.request(method, &path).header("x-portico", "1");
            let reply = client
                .send(request.body(axum::body::Body::empty()).unwrap())
                .await;
            assert!(reply.status < 500, "{path}");
        }
    }
    assert_eq!(snapshot().await, before);
}

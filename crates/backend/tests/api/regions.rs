//! What the other addresses of the company may read: whether this one is ready, and nothing else.

use axum::body::Body;
use axum::http::Method;
use portico_contract::user::Role;
use serde_json::json;

use super::support::{Client, Reply, TestApp, captured};

const ASIA: &str = "https://asia.crm.example";
const EUROPE: &str = "https://eu.crm.example:8443";

/// A site with two regions, beside what is none.
async fn with_regions() -> (TestApp, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let config = json!({"regions": [
        {"name": "Asia", "url": format!("{ASIA}/")},
        {"name": {"default": "Europe", "translations": {"de": "Europa"}}, "url": EUROPE},
        {"name": "Script", "url": "javascript:alert(1)"},
        {"name": "Password", "url": "https://region-user:region-secret@evil.example"},
        {"name": "Policy", "url": "https://evil.example; script-src *"},
        {"name": "Any", "url": "*"},
        {"name": "Nothing", "url": "null"},
        {"name": "Plain", "url": "http://evil.example"},
    ]});
    std::fs::write(folder.path().join("index.html"), "<!doctype html>").unwrap();
    std::fs::write(folder.path().join("config.json"), config.to_string()).unwrap();
    (TestApp::with_spa(Some(folder.path().to_owned())).await, folder)
}

async fn from(client: &Client, method: Method, path: &str, origin: &str) -> Reply {
    let request = client.request(method, path).header("origin", origin);
    client.send(request.body(Body::empty()).unwrap()).await
}

fn shared(reply: &Reply) -> (&str, &str) {
    (
        reply.header("access-control-allow-origin"),
        reply.header("cross-origin-resource-policy"),
    )
}

#[tokio::test]
async fn a_region_may_read_whether_this_one_is_ready() {
    let (app, _folder) = with_regions().await;
    for origin in [ASIA, EUROPE] {
        let reply = from(&app.anon(), Method::GET, "/health", origin).await;
        assert_eq!(reply.status, 200);
        assert_eq!(shared(&reply), (origin, "cross-origin"));
        assert_eq!(reply.header("access-control-allow-credentials"), "");
        assert!(reply.header("vary").contains("Origin"));
        assert_eq!(reply.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn nobody_else_may() {
    let (app, _folder) = with_regions().await;
    for origin in [
        "null",
        "*",
        "",
        "https://evil.example",
        "http://evil.example",
        "javascript:alert(1)",
        "https://region-user:region-secret@evil.example",
        "http://asia.crm.example",
        "https://asia.crm.example/",
        "https://asia.crm.example:443",
        "https://asia.crm.example:8443",
        "https://ASIA.crm.example",
        "https://asia.crm.example.evil.example",
        "https://asia.crm.examplee",
        "https://asia.crm.exampl",
        "https://evilasia.crm.example",
        "https://evil.asia.crm.example",
        "https://crm.example",
        "https://eu.crm.example",
        "https://eu.crm.example:84430",
        "https://asia.crm.example, https://evil.example",
        "https://asia.crm.example https://eu.crm.example:8443",
    ] {
        let reply = from(&app.anon(), Method::GET, "/health", origin).await;
        assert_eq!(reply.status, 200, "{origin}");
        assert_eq!(shared(&reply), ("", "same-origin"), "{origin}");
        assert!(reply.header("vary").contains("Origin"), "{origin}");
    }
    assert_eq!(shared(&app.anon().get("/health").await), ("", "same-origin"));
}

#[tokio::test]
async fn a_region_may_read_nothing_else() {
    let (app, _folder) = with_regions().await;
    let (anon, client) = (app.anon(), app.as_role(Role::Sales).await);
    for (client, method, path) in [
        (&anon, Method::GET, "/auth/policy"),
        (&anon, Method::GET, "/openapi.json"),
        (&anon, Method::GET, "/me"),
        (&anon, Method::GET, "/nothing"),
        (&anon, Method::POST, "/auth/refresh"),
        (&anon, Method::OPTIONS, "/health"),
        (&anon, Method::POST, "/health"),
        (&anon, Method::GET, "/health?x=1"),
        (&client, Method::GET, "/me"),
        (&client, Method::GET, "/customers"),
    ] {
        let reply = from(client, method.clone(), path, ASIA).await;
        assert_eq!(shared(&reply), ("", "same-origin"), "{method} {path}");
    }
}

#[tokio::test]
async fn the_document_may_ask_the_regions_and_nobody_else() {
    let (app, _folder) = with_regions().await;
    let request = axum::http::Request::get("/login").header("origin", ASIA);
    let reply = app.anon().send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(shared(&reply), ("", "same-origin"));
    let policy = reply.header("content-security-policy");
    let connect = format!("connect-src 'self' {ASIA} {EUROPE}");
    assert!(policy.split("; ").any(|part| part == connect), "{policy}");
    assert!(policy.contains("manifest-src 'self'") && !policy.contains("evil"));
    assert_eq!(policy.matches("script-src").count(), 1);
}

#[tokio::test]
async fn what_is_no_region_is_told_without_its_address() {
    let (_app, _folder) = with_regions().await;
    let log = captured();
    assert!(
        log.lines()
            .any(|line| line.contains("region_refused") && line.contains("\"entry\":4"))
    );
    assert!(!log.contains("region-secret"));
}

#[tokio::test]
async fn a_site_without_regions_shares_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), "<!doctype html>").unwrap();
    for config in [
        None,
        Some("{}"),
        Some("{\"regions\": 7}"),
        Some("not JSON"),
        Some("{\"regions\": []}"),
    ] {
        if let Some(config) = config {
            std::fs::write(folder.path().join("config.json"), config).unwrap();
        }
        let app = TestApp::with_spa(Some(folder.path().to_owned())).await;
        for origin in [ASIA, "null"] {
            let reply = from(&app.anon(), Method::GET, "/health", origin).await;
            assert_eq!(shared(&reply), ("", "same-origin"));
        }
        let request = axum::http::Request::get("/login").body(Body::empty()).unwrap();
        let reply = app.anon().send(request).await;
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("connect-src 'self'; "), "{policy}");
    }
}

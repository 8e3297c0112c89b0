//! The front end's files.

use axum::body::Body;
use axum::http::Request;

use super::support::{Reply, TestApp};

async fn with_files() -> (TestApp, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let files: [(&str, &str); 9] = [
        ("index.html", "<!doctype html><title>Portico</title>"),
        ("app-0123456789abcdef.js", "export {}"),
        ("app-0123456789abcdef.js.br", "brotli"),
        ("app-0123456789abcdef_bg.wasm", "wasm"),
        ("boot.js", "0"),
        ("sw.js", "0"),
        ("build.json", "{}"),
        ("manifest.webmanifest", "{}"),
        (".secret", "no"),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    std::fs::create_dir(folder.path().join("assets")).unwrap();
    (TestApp::with_spa(Some(folder.path().to_owned())).await, folder)
}

async fn ask(app: &TestApp, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    let request = headers.iter().fold(
        Request::builder().method(method).uri(path),
        |request, (name, value)| request.header(*name, *value),
    );
    app.anon().send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn every_route_of_the_front_end_gets_the_document_with_its_headers() {
    let (app, _folder) = with_files().await;
    for path in [
        "/",
        "/index.html",
        "/login",
        "/customers/01941f29-7c05-7933-9c24-929a00000000",
        "/login?next=%2F",
        "/assets",
    ] {
        let reply = ask(
            &app,
            "GET",
            path,
            &[("if-modified-since", "Mon, 23 Nov 2099 00:00:00 GMT")],
        )
        .await;
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(reply.header("cache-control"), "no-store");
        let policy = reply.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types default",
            "report-uri /csp-report",
        ] {
            assert!(policy.split("; ").any(|found| found == part), "{part}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        for (name, value) in [
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
            ("cross-origin-resource-policy", "same-origin"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("origin-agent-cluster", "?1"),
            ("x-content-type-options", "nosniff"),
            ("reporting-endpoints", "csp=\"/csp-report\""),
        ] {
            assert_eq!(reply.header(name), value, "{path}");
        }
    }
}

#[tokio::test]
async fn files_have_their_types_and_lifetimes() {
    let (app, _folder) = with_files().await;
    for (path, kind, cache) in [
        (
            "/app-0123456789abcdef.js",
            "text/javascript; charset=utf-8",
            "max-age=31536000, immutable",
        ),
        (
            "/app-0123456789abcdef_bg.wasm",
            "application/wasm",
            "max-age=31536000, immutable",
        ),
        ("/boot.js", "text/javascript; charset=utf-8", "no-cache"),
    ] {
        let reply = ask(&app, "GET", path, &[]).await;
        assert_eq!(
            (
                reply.status,
                reply.header("content-type"),
                reply.header("cache-control")
            ),
            (200, kind, cache)
        );
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert!(!reply.header("strict-transport-security").is_empty());
    }
}

#[tokio::test]
async fn the_service_worker_is_asked_for_anew_each_time() {
    let (app, _folder) = with_files().await;
    let reply = ask(&app, "GET", "/sw.js", &[("service-worker", "script")]).await;
    assert_eq!(
        (
            reply.status,
            reply.header("content-type"),
            reply.header("cache-control")
        ),
        (200, "text/javascript; charset=utf-8", "no-cache")
    );
    // What the worker itself may do: fetch its own site's files, and nothing else.
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("connect-src 'self'"));
    assert!(!policy.contains("unsafe-inline"));
    assert_eq!(reply.header("cross-origin-embedder-policy"), "require-corp");
    assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    // Nothing widens its reach beyond what lies beside it.
    assert_eq!(reply.header("service-worker-allowed"), "");
    // A copy that is still good need not travel again.
    let since = [("if-modified-since", reply.header("last-modified"))];
    assert_eq!(ask(&app, "GET", "/sw.js", &since).await.status, 304);
}

#[tokio::test]
async fn what_tells_builds_apart_is_never_an_old_copy() {
    let (app, folder) = with_files().await;
    for (path, kind) in [
        ("/build.json", "application/json; charset=utf-8"),
        (
            "/manifest.webmanifest",
            "application/manifest+json; charset=utf-8",
        ),
    ] {
        let reply = ask(&app, "GET", path, &[]).await;
        assert_eq!((reply.status, reply.header("content-type")), (200, kind));
        assert_eq!(reply.header("cache-control"), "no-cache", "{path}");
    }
    for file in ["sw.js", "build.json"] {
        std::fs::remove_file(folder.path().join(file)).unwrap();
        // Never the page instead: a browser would take it for a script.
        let reply = ask(&app, "GET", &format!("/{file}"), &[]).await;
        reply.refused(404, "not_found");
    }
}

#[tokio::test]
async fn precompressed_siblings_are_used() {
    let (app, _folder) = with_files().await;
    let reply = ask(
        &app,
        "GET",
        "/app-0123456789abcdef.js",
        &[("accept-encoding", "br")],
    )
    .await;
    assert_eq!(
        (reply.header("content-encoding"), reply.text().as_str()),
        ("br", "brotli")
    );
    assert_eq!(reply.header("content-type"), "text/javascript; charset=utf-8");
}

#[tokio::test]
async fn what_is_not_there_is_not_the_front_end() {
    let (app, _folder) = with_files().await;
    for path in [
        "/missing.js",
        "/customers/a.css",
        "/.secret",
        "/.git/config",
        "/.well-known/openid-configuration",
        "/dev/nothing",
        "/api/v1/nothing",
        "/api",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/app.wasm.map",
    ] {
        ask(&app, "GET", path, &[]).await.refused(404, "not_found");
    }
    ask(&app, "POST", "/login", &[])
        .await
        .refused(405, "method_not_allowed");
}

#[tokio::test]
async fn password_managers_are_led_to_the_page_that_changes_the_password() {
    let (app, _folder) = with_files().await;
    let reply = ask(&app, "GET", "/.well-known/change-password", &[]).await;
    assert_eq!(reply.status, 302);
    assert_eq!(reply.header("location"), "/account/security");
    // What is asked to find out whether any address is answered there.
    ask(
        &app,
        "GET",
        "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200",
        &[],
    )
    .await
    .refused(404, "not_found");
}

#[tokio::test]
async fn every_answer_has_a_policy_and_is_what_it_says() {
    let (app, _folder) = with_files().await;
    let since = [("if-modified-since", "Mon, 23 Nov 2099 00:00:00 GMT")];
    for (method, path, headers, status) in [
        ("GET", "/", &[][..], 200),
        ("HEAD", "/login", &[], 200),
        ("GET", "/app-0123456789abcdef.js", &[], 200),
        ("GET", "/app-0123456789abcdef_bg.wasm", &since, 304),
        ("GET", "/sw.js", &[], 200),
        ("GET", "/config.json", &[], 200),
        ("GET", "/missing.js", &[], 404),
        ("POST", "/login", &[], 405),
        ("GET", "/api/v1/me", &[], 401),
        ("GET", "/api/v1/nothing", &[], 404),
    ] {
        let reply = ask(&app, method, path, headers).await;
        assert_eq!(reply.status, status, "{method} {path}");
        let policy: Vec<_> = reply.header("content-security-policy").split("; ").collect();
        for part in [
            "default-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(&part), "{method} {path}: {part}");
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("strict-transport-security", "max-age=63072000; includeSubDomains"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(reply.header(name), value, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn no_address_leads_to_another_one() {
    let (app, _folder) = with_files().await;
    for path in [
        "/assets",
        "/assets/",
        "//evil.example",
        "//evil.example/%2e%2e",
        "/%2f%2fevil.example",
        "/%5cevil.example",
        "/assets//evil.example/..",
        "/login?next=https://evil.example",
        "/.well-known/change-password/",
        "/.well-known//evil.example",
        "/api/v1/auth/policy/",
        "/api/v1",
    ] {
        let reply = ask(&app, "GET", path, &[]).await;
        assert!(!(300..400).contains(&reply.status), "{path}: {}", reply.status);
        for name in ["location", "refresh"] {
            assert_eq!(reply.header(name), "", "{path}");
        }
    }
}

#[tokio::test]
async fn the_configuration_is_the_file_or_the_default() {
    let (app, folder) = with_files().await;
    assert_eq!(
        ask(&app, "GET", "/config.json", &[]).await.json()["product_name"],
        "Portico"
    );
    std::fs::write(folder.path().join("config.json"), "{\"product_name\": \"Acme\"}").unwrap();
    let reply = ask(&app, "GET", "/config.json", &[]).await;
    assert_eq!(reply.json()["product_name"], "Acme");
    assert_eq!(reply.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn without_a_front_end_there_is_only_the_api() {
    let app = TestApp::new().await;
    ask(&app, "GET", "/", &[]).await.refused(404, "not_found");
}

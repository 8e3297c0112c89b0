//! Headers of the API's answers.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use axum::body::Body;
use axum::http::Method;
use portico_contract::user::Role;
use serde_json::json;

use super::support::TestApp;

#[tokio::test]
async fn every_answer_of_the_api_carries_the_security_headers() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let replies = [
        client.get("/me").await,
        client.get("/nothing").await,
        client.get("/customers?limit=x").await,
        app.anon().get("/me").await,
        client.post("/auth/sign-out", &json!({})).await,
    ];
    for reply in replies {
        assert_eq!(
            reply.header("content-security-policy"),
            "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
        );
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(
            reply.header("strict-transport-security"),
            "max-age=63072000; includeSubDomains"
        );
        assert_eq!(reply.header("referrer-policy"), "no-referrer");
        assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin");
        assert!(reply.header("vary").contains("Authorization"));
        assert_eq!(reply.header("access-control-allow-origin"), "");
        assert_eq!(reply.header("server"), "");
        if reply.status != 204 {
            assert!(reply.header("content-type").ends_with("; charset=utf-8"));
        }
    }
}

#[tokio::test]
async fn no_other_origin_is_let_in() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    for origin in [
        "https://evil.example",
        "null",
        "https://portico.example.evil.example",
        "https://evilportico.example",
        "http://portico.example",
    ] {
        for (method, path) in [("GET", "/me"), ("OPTIONS", "/me"), ("OPTIONS", "/auth/sign-in")] {
            let request = client
                .request(method.parse().unwrap(), path)
                .header("origin", origin)
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "authorization, x-portico");
            let reply = client.send(request.body(Body::empty()).unwrap()).await;
            let told = reply.headers.keys().map(axum::http::HeaderName::as_str);
            let allowed: Vec<_> = told.filter(|name| name.starts_with("access-control-")).collect();
            assert!(allowed.is_empty(), "{method} {path} for {origin}: {allowed:?}");
        }
    }
}

#[tokio::test]
async fn request_ids_are_ours() {
    let app = TestApp::new().await;
    let client = app.anon();
    let request = client
        .request(Method::GET, "/me")
        .header("x-request-id", "forged");
    let reply = client.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(reply.header("x-request-id").len(), 36);
    let other = client.get("/me").await;
    assert_ne!(other.header("x-request-id"), reply.header("x-request-id"));
}

#[tokio::test]
async fn unknown_methods_name_the_known_ones() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    for method in ["DELETE", "TRACE", "PATCH", "OPTIONS", "BREW"] {
        let request = client.request(method.parse().unwrap(), "/customers");
        let reply = client.send(request.body(Body::empty()).unwrap()).await;
        reply.refused(405, "method_not_allowed");
        assert!(reply.header("allow").contains("GET"), "{method}");
    }
}

#[tokio::test]
async fn long_answers_are_compressed_but_not_those_with_secrets() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    let get = |path: &str| {
        client
            .request(Method::GET, path)
            .header("accept-encoding", "br")
            .body(Body::empty())
            .unwrap()
    };
    assert_eq!(
        client.send(get("/customers")).await.header("content-encoding"),
        "br"
    );
    let headers = [("accept-encoding", "br, gzip")];
    let reply = client.post_with("/auth/refresh", &headers, &json!({})).await;
    assert_eq!((reply.status, reply.header("content-encoding")), (200, ""));
}

#[tokio::test]
async fn answers_tell_the_servers_time() {
    let app = TestApp::new().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(axum::serve(listener, app.router.clone()).into_future());
    let asked = tokio::task::spawn_blocking(move || raw_answer(address));
    let answer = asked.await.unwrap().to_ascii_lowercase();
    server.abort();
    // A device compares its clock with this one.
    let date = answer.lines().find_map(|line| line.strip_prefix("date: "));
    assert!(date.is_some_and(|date| date.ends_with(" gmt")), "{answer}");
}

/// What is written to the wire for `GET /health`: the server adds to what the application says.
fn raw_answer(address: SocketAddr) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = "GET /api/v1/health HTTP/1.1\r\nhost: portico.example\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

//! Reports of blocked content.

use axum::body::Body;
use axum::http::Request;

use super::support::{Reply, TestApp};

async fn report(app: &TestApp, body: String) -> Reply {
    let request = Request::post("/csp-report").header("content-type", "application/csp-report");
    app.anon().send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn reports_are_taken_in_both_forms() {
    let app = TestApp::new().await;
    for body in [
        "{\"csp-report\": {\"effective-directive\": \"script-src\", \"blocked-uri\": \"inline\"}}",
        "[{\"type\": \"csp-violation\", \"body\": {\"effectiveDirective\": \"img-src\"}}]",
        "{}",
    ] {
        assert_eq!(report(&app, body.to_owned()).await.status, 204);
    }
    report(&app, "not json".to_owned())
        .await
        .refused(400, "malformed_request");
    report(&app, "x".repeat(9000)).await.refused(413, "too_large");
}

#[tokio::test]
async fn a_flood_of_reports_is_cut_off() {
    let app = TestApp::new().await;
    for _ in 0..60 {
        assert_eq!(report(&app, "{}".to_owned()).await.status, 204);
    }
    report(&app, "{}".to_owned()).await.refused(429, "rate_limited");
}

//! The built front end: its files, and its page for every path that is one of its routes.

use std::path::Path;

use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use portico_contract::config::AppConfig;
use portico_contract::problem::ErrorCode;
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

use super::Shared;
use super::error::ApiFailure;
use crate::domain::failure::Failure;

/// Below these there are no pages.
const RESERVED: [&str; 3] = ["api", ".well-known", "dev"];

const CONFIG: &str = "/config.json";

/// Where password managers ask for the page on which a password is changed, and where that is.
const CHANGE_PASSWORD: (&str, &str) = ("/.well-known/change-password", "/account/security");

fn refused(code: ErrorCode) -> Response {
    ApiFailure(Failure::of(code)).into_response()
}

/// Whether the front end may have a page at `path`: not where other things live, nor where a file is meant.
fn is_page(path: &str) -> bool {
    let mut segments = path.trim_start_matches('/').split('/');
    let reserved = segments.next().is_some_and(|first| RESERVED.contains(&first));
    let last = path.rsplit('/').next().unwrap_or_default();
    !reserved && !last.contains('.')
}

/// Hidden files are nobody's business, whatever lies in the folder.
fn is_hidden(path: &str) -> bool {
    path.split('/')
        .any(|segment| segment.starts_with('.') || segment.starts_with("%2e") || segment.starts_with("%2E"))
}

async fn file(folder: &Path, request: Request) -> Option<Response> {
    let files = ServeDir::new(folder)
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false);
    let Ok(response) = files.oneshot(request).await;
    let found = response.status().is_success()
        || response.status() == StatusCode::NOT_MODIFIED
        || response.status() == StatusCode::RANGE_NOT_SATISFIABLE;
    found.then(|| response.map(Body::new))
}

async fn page(folder: &Path, mut request: Request) -> Option<Response> {
    *request.uri_mut() = Uri::from_static("/index.html");
    // The page is never stored, so there is nothing to compare with; and half a page is of no use.
    for name in [header::IF_MODIFIED_SINCE, header::IF_NONE_MATCH, header::RANGE] {
        request.headers_mut().remove(name);
    }
    let mut response = file(folder, request).await?;
    response.headers_mut().remove(header::LAST_MODIFIED);
    Some(response)
}

/// Answers what no route of the API does.
pub(super) async fn serve(State(app): State<Shared>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if app.spa.is_some() && path == CHANGE_PASSWORD.0 {
        return (StatusCode::FOUND, [(header::LOCATION, CHANGE_PASSWORD.1)]).into_response();
    }
    let Some(folder) = app
        .spa
        .as_deref()
        .filter(|_| !path.starts_with("/api/") && !is_hidden(&path))
    else {
        return refused(ErrorCode::NotFound);
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = refused(ErrorCode::MethodNotAllowed);
        response
            .headers_mut()
            .insert(header::ALLOW, header::HeaderValue::from_static("GET,HEAD"));
        return response;
    }
    let (parts, _) = request.into_parts();
    let again = || Request::from_parts(parts.clone(), Body::empty());
    let found = if path == "/" || path == "/index.html" {
        page(folder, again()).await
    } else if let Some(found) = file(folder, again()).await {
        Some(found)
    } else if path == CONFIG {
        Some(Json(AppConfig::default()).into_response())
    } else if is_page(&path) {
        page(folder, again()).await
    } else {
        None
    };
    found.unwrap_or_else(|| refused(ErrorCode::NotFound))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_from_files_and_services() {
        for path in ["/login", "/customers/0198", "/", "/developers"] {
            assert!(is_page(path), "{path}");
        }
        for path in [
            "/api/v1/nothing",
            "/.well-known/x",
            "/dev/outbox",
            "/app.js",
            "/customers/a.css",
            "/api",
        ] {
            assert!(!is_page(path), "{path}");
        }
    }

    #[test]
    fn hidden_files_stay_hidden() {
        for path in ["/.env", "/.git/config", "/%2egit/config", "/a/../b"] {
            assert!(is_hidden(path), "{path}");
        }
        assert!(!is_hidden("/portico-1.js"));
    }
}

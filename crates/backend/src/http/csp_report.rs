//! `/csp-report`: what browsers say they blocked.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use portico_contract::problem::ErrorCode;
use serde_json::Value;

use super::Shared;
use super::error::ApiFailure;
use crate::domain::clock::MINUTE;
use crate::domain::failure::Failure;

const BODY_LIMIT: usize = 8 * 1024;
const PER_MINUTE: u32 = 60;
/// One body may hold several reports.
const PER_BODY: usize = 10;
const MAX_TEXT: usize = 200;

/// How many reports came this minute. Approximate under races, which is enough to keep a log small.
#[derive(Default)]
pub(super) struct Limiter {
    minute: AtomicI64,
    count: AtomicU32,
}

impl Limiter {
    fn admit(&self, now: i64) -> bool {
        let minute = now / MINUTE;
        if self.minute.swap(minute, Ordering::Relaxed) != minute {
            self.count.store(0, Ordering::Relaxed);
        }
        self.count.fetch_add(1, Ordering::Relaxed) < PER_MINUTE
    }
}

/// A member of a report without query and fragment, which could hold anything.
fn member(report: &Value, names: [&str; 2]) -> String {
    let text = names
        .iter()
        .find_map(|name| report.get(name)?.as_str())
        .unwrap_or("-");
    let text = text.split(['?', '#']).next().unwrap_or("-");
    text.chars().take(MAX_TEXT).collect()
}

fn log(report: &Value) {
    let directive = member(report, ["effective-directive", "effectiveDirective"]);
    let blocked = member(report, ["blocked-uri", "blockedURL"]);
    let source = member(report, ["source-file", "sourceFile"]);
    tracing::warn!(event = "csp_violation", directive, blocked, source);
}

/// Takes reports in either of the forms browsers send.
pub(super) async fn receive_csp_report(
    State(app): State<Shared>,
    request: Request,
) -> Result<StatusCode, ApiFailure> {
    if !app.csp_reports.admit(app.clock.now()) {
        return Err(Failure::retry(ErrorCode::RateLimited, 60).into());
    }
    let body = to_bytes(request.into_body(), BODY_LIMIT)
        .await
        .map_err(|_| Failure::of(ErrorCode::TooLarge))?;
    let reports: Value =
        serde_json::from_slice(&body).map_err(|_| Failure::of(ErrorCode::MalformedRequest))?;
    match &reports {
        Value::Array(reports) => reports
            .iter()
            .take(PER_BODY)
            .filter_map(|report| report.get("body"))
            .for_each(log),
        single => single.get("csp-report").into_iter().for_each(log),
    }
    Ok(StatusCode::NO_CONTENT)
}

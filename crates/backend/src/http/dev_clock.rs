//! `/dev/clock`: lets tests of the whole application wait without waiting. It exists only with `--dev-clock`.

use axum::Json;
use axum::extract::State;
use portico_contract::problem::ErrorCode;
use serde::{Deserialize, Serialize};

use super::Shared;
use super::error::ApiFailure;
use super::extract::StrictJson;
use crate::domain::clock::{Clock as _, SECOND};
use crate::domain::failure::Failure;

/// No test waits longer than ten years.
const MOST: u32 = 10 * 366 * 24 * 60 * 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    advance_seconds: u32,
}

#[derive(Serialize)]
pub(super) struct Now {
    /// Milliseconds since the epoch.
    now: i64,
}

/// Moves the clock.
pub(super) async fn advance_clock(
    State(app): State<Shared>,
    StrictJson(Advance { advance_seconds }): StrictJson<Advance>,
) -> Result<Json<Now>, ApiFailure> {
    let clock = app.dev_clock.as_ref();
    let clock = clock.ok_or_else(|| Failure::of(ErrorCode::NotFound))?;
    if advance_seconds > MOST {
        return Err(Failure::of(ErrorCode::MalformedRequest).into());
    }
    clock.advance(i64::from(advance_seconds) * SECOND);
    Ok(Json(Now { now: clock.now() }))
}

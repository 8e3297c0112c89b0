//! What a write says about the record it was based on.

use portico_contract::problem::ErrorCode;

use super::failure::Failure;

/// What `If-Match` says; `None` inside when it names no version of ours and therefore matches nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SeenVersion(pub(crate) Option<u32>);

/// The version the person saw. Without one nothing is written.
pub(crate) fn version(seen: Option<SeenVersion>) -> Result<u32, Failure> {
    let seen = seen.ok_or_else(|| Failure::of(ErrorCode::PreconditionRequired))?;
    seen.0.ok_or_else(|| Failure::of(ErrorCode::VersionMismatch))
}

//! Randomness, injected so that tests can repeat it.

use super::failure::Failure;

/// A source of unpredictable bytes.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Failure>;
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Failure> {
        getrandom::fill(bytes).map_err(Failure::internal)
    }
}

/// A UUID of version 7 for `now`.
pub(crate) fn uuid_v7(random: &dyn Random, now: i64) -> Result<uuid::Uuid, Failure> {
    let mut bytes = [0; 10];
    random.fill(&mut bytes)?;
    let millis = u64::try_from(now).map_err(Failure::internal)?;
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
}

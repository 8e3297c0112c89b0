//! The seeded source of everything that varies.

use uuid::Uuid;

use crate::domain::clock::DAY;

/// Fixed, so that every machine makes the same data.
const SEED: u64 = 20_261_123;
/// Where the ids' clock starts: the first of January 2025. It is not the rows' own time, for ids must be the same
/// whatever day the data is made on.
const ID_EPOCH: u64 = 1_735_689_600_000;

/// A repeatable random source that also hands out ids.
pub(super) struct Dice {
    rng: fastrand::Rng,
    ids: u64,
}

impl Dice {
    pub(super) fn new() -> Self {
        Self {
            rng: fastrand::Rng::with_seed(SEED),
            ids: 0,
        }
    }

    /// The next id, of the shape of UUID version 7.
    pub(super) fn id(&mut self) -> Uuid {
        self.ids += 1;
        let mut bytes = [0; 10];
        self.rng.fill(&mut bytes);
        uuid::Builder::from_unix_timestamp_millis(ID_EPOCH + self.ids, &bytes).into_uuid()
    }

    /// One of `choices`, which is not empty.
    pub(super) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.rng.usize(..choices.len())]
    }

    /// A number from `low` up to and including `high`.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        self.rng.i64(low..=high)
    }

    /// A number below `bound`, which is not zero.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.rng.usize(..bound)
    }

    /// True in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: u8) -> bool {
        self.rng.u8(..100) < percent
    }

    /// `count` digits.
    pub(super) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.rng.u8(..10))).collect()
    }

    /// A number up to `high`, the small ones much more often.
    pub(super) fn skewed(&mut self, high: i64) -> i64 {
        let first = self.between(0, high);
        let second = self.between(0, high);
        first.min(second).min(self.between(0, high))
    }
}

/// The ISO date `days` after the day that begins at `midnight`.
pub(super) fn day(midnight: i64, days: i64) -> String {
    let moment =
        jiff::Timestamp::from_millisecond(midnight + days * DAY).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

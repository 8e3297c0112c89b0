//! Time, injected so that tests can move it.

use std::sync::atomic::{AtomicI64, Ordering};

use portico_contract::time::{Date, Timestamp};

use super::failure::Failure;

/// One second in the unit of [`Clock::now`].
pub const SECOND: i64 = 1000;
/// One minute in the unit of [`Clock::now`].
pub const MINUTE: i64 = 60 * SECOND;
/// One hour in the unit of [`Clock::now`].
pub const HOUR: i64 = 60 * MINUTE;
/// One day in the unit of [`Clock::now`].
pub const DAY: i64 = 24 * HOUR;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Milliseconds since the epoch, UTC.
    fn now(&self) -> i64;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> i64 {
        jiff::Timestamp::now().as_millisecond()
    }
}

/// The machine's clock, put forward by as much as it was told to: for tests of the whole application.
#[derive(Debug, Default)]
pub struct MovableClock(AtomicI64);

impl MovableClock {
    /// Puts it forward by `millis`.
    pub fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> i64 {
        SystemClock.now() + self.0.load(Ordering::SeqCst)
    }
}

/// `moment` as it travels.
pub(crate) fn timestamp(moment: i64) -> Result<Timestamp, Failure> {
    let text = jiff::Timestamp::from_millisecond(moment)
        .map_err(Failure::internal)?
        .to_string();
    Timestamp::try_from(text).map_err(Failure::internal)
}

/// A stored date as it travels.
pub(crate) fn date(text: String) -> Result<Date, Failure> {
    Date::try_from(text).map_err(Failure::internal)
}

/// The time zone `name` as it is written in the IANA database, if it is there; people's devices write some in another case.
pub(crate) fn time_zone(name: &str) -> Option<String> {
    let zone = jiff::tz::TimeZone::get(name).ok()?;
    zone.iana_name().map(str::to_owned)
}

/// The calendar day of `moment` in `time_zone`; in UTC where the zone is unknown, for a wrong setting must not
/// keep a person from working.
pub(crate) fn day_in(moment: i64, time_zone: &str) -> Result<String, Failure> {
    let zone = jiff::tz::TimeZone::get(time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let instant = jiff::Timestamp::from_millisecond(moment).map_err(Failure::internal)?;
    Ok(instant.to_zoned(zone).date().to_string())
}

/// `moment` as people read it, in `time_zone`, which is named beside it.
pub(crate) fn moment_in(moment: i64, time_zone: &str) -> Result<String, Failure> {
    let zone = jiff::tz::TimeZone::get(time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let instant = jiff::Timestamp::from_millisecond(moment).map_err(Failure::internal)?;
    let local = instant.to_zoned(zone);
    let name = local.time_zone().iana_name().unwrap_or("UTC").to_owned();
    Ok(format!("{} ({name})", local.strftime("%Y-%m-%d %H:%M")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_name_their_zone() {
        // 2026-11-22T23:30:00Z
        let moment = 1_795_390_200_000;
        let read = |zone| moment_in(moment, zone).unwrap();
        assert_eq!(read("Asia/Shanghai"), "2026-11-23 07:30 (Asia/Shanghai)");
        assert_eq!(read("Nowhere/Else"), "2026-11-22 23:30 (UTC)");
    }

    #[test]
    fn the_day_depends_on_the_zone() {
        // 2026-11-22T23:30:00Z
        let moment = 1_795_390_200_000;
        assert_eq!(day_in(moment, "UTC").unwrap(), "2026-11-22");
        assert_eq!(day_in(moment, "Asia/Shanghai").unwrap(), "2026-11-23");
        assert_eq!(day_in(moment, "Nowhere/Else").unwrap(), "2026-11-22");
    }

    #[test]
    fn zones_are_known_by_name() {
        assert_eq!(time_zone("Europe/Berlin").as_deref(), Some("Europe/Berlin"));
        assert_eq!(time_zone("asia/SHANGHAI").as_deref(), Some("Asia/Shanghai"));
        for unknown in ["Nowhere/Else", "", "../etc/passwd", "CET-1CEST", "+02:00"] {
            assert_eq!(time_zone(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn instants_travel_in_utc() {
        assert_eq!(
            timestamp(1_795_390_200_120).unwrap().as_str(),
            "2026-11-22T23:30:00.12Z"
        );
    }
}

//! How long a toast stays, not counting the time while somebody looks at it.

use std::time::Duration;

/// A countdown that can be held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Countdown {
    left_ms: f64,
    running_since: Option<f64>,
}

impl Countdown {
    /// One of `ms` milliseconds that does not run yet.
    pub(super) fn new(ms: u32) -> Self {
        Self {
            left_ms: f64::from(ms),
            running_since: None,
        }
    }

    /// Lets it run on from `now`. The answer is how long.
    pub(super) fn run(&mut self, now: f64) -> Duration {
        self.running_since.get_or_insert(now);
        Duration::from_secs_f64(self.left_ms / 1000.0)
    }

    /// Holds it at `now`.
    pub(super) fn hold(&mut self, now: f64) {
        if let Some(since) = self.running_since.take() {
            // A clock that was set back must not make it longer.
            self.left_ms -= (now - since).clamp(0.0, self.left_ms);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_time_that_runs_is_counted() {
        let mut countdown = Countdown::new(10_000);
        assert_eq!(countdown.run(1_000.0), Duration::from_secs(10));
        countdown.hold(4_000.0);
        countdown.hold(9_000.0);
        assert_eq!(countdown.run(60_000.0), Duration::from_secs(7));
    }

    #[test]
    fn a_clock_that_jumps_makes_it_neither_longer_nor_negative() {
        let mut countdown = Countdown::new(1_000);
        countdown.run(50_000.0);
        countdown.hold(10_000.0);
        assert_eq!(countdown.run(10_000.0), Duration::from_secs(1));
        countdown.hold(99_000.0);
        assert_eq!(countdown.run(99_000.0), Duration::ZERO);
    }
}

//! When a session ends: for want of activity, and in any case.

use portico_contract::user::SessionInfo;

const SECOND_MS: f64 = 1000.0;

/// The ends of a session by this device's clock. The backend tells how long it is until then, so that a clock that is
/// wrong does no harm; a clock that goes on while the device sleeps is what is needed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    idle_end_ms: f64,
    end_ms: f64,
}

/// What is left of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remaining {
    /// Seconds, rounded up; nothing when it is over.
    pub seconds: u32,
    /// Whether doing something makes it longer.
    pub extendable: bool,
}

impl Limits {
    /// What `info` means, received at `now_ms`.
    pub fn received(info: &SessionInfo, now_ms: f64) -> Self {
        let at = |seconds: u32| now_ms + f64::from(seconds) * SECOND_MS;
        Self {
            idle_end_ms: at(info.idle_expires_in),
            end_ms: at(info.expires_in),
        }
    }

    /// The same session after something was done in another tab: it now ends in `seconds` for want of activity.
    #[must_use]
    pub fn extended(self, seconds: u32, now_ms: f64) -> Self {
        Self {
            idle_end_ms: now_ms + f64::from(seconds) * SECOND_MS,
            ..self
        }
    }

    /// What is left at `now_ms`.
    pub fn remaining(self, now_ms: f64) -> Remaining {
        let end = self.idle_end_ms.min(self.end_ms);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a session lasts days at most, and what is past is clamped"
        )]
        let seconds = ((end - now_ms) / SECOND_MS).ceil().max(0.0) as u32;
        Remaining {
            seconds,
            extendable: self.idle_end_ms < self.end_ms,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(idle: u32, whole: u32) -> Limits {
        let info = serde_json::from_value(serde_json::json!({
            "id": "0192f0c1-2345-7abc-8def-0123456789ab",
            "expires_at": "2026-01-01T00:00:00Z",
            "expires_in": whole,
            "idle_expires_in": idle,
            "remembered": false,
        }))
        .unwrap();
        Limits::received(&info, 5_000.0)
    }

    #[test]
    fn the_nearer_end_counts() {
        let remaining = limits(90, 600).remaining(35_000.0);
        assert_eq!((remaining.seconds, remaining.extendable), (60, true));
        let remaining = limits(90, 90).remaining(35_000.0);
        assert_eq!((remaining.seconds, remaining.extendable), (60, false));
    }

    #[test]
    fn what_is_over_has_nothing_left() {
        assert_eq!(limits(90, 600).remaining(1e9).seconds, 0);
    }

    #[test]
    fn activity_elsewhere_does_not_move_the_last_end() {
        let limits = limits(90, 600).extended(900, 95_000.0);
        assert_eq!(
            limits.remaining(95_000.0),
            Remaining {
                seconds: 510,
                extendable: false
            }
        );
    }
}

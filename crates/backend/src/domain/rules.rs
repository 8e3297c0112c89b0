//! What the operator decides about signing in: limits of sessions, times, networks, maintenance.

use std::net::IpAddr;

use ipnet::IpNet;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use portico_contract::auth::SecondFactor;
use portico_contract::sent_code::CodeChannel;
use portico_contract::user::Role;

use super::clock::{DAY, HOUR, MINUTE, SECOND};

/// The rules of an installation.
#[derive(Clone, Debug)]
pub struct SignInRules {
    /// Milliseconds without activity after which a session ends.
    pub idle: i64,
    /// Milliseconds after which a session ends in any case.
    pub absolute: i64,
    /// Days a session lasts that was kept on purpose; absent where that is not offered.
    pub remember_days: Option<u32>,
    /// When people may sign in; at any time where it is absent. Administrators may always.
    pub hours: Option<SignInHours>,
    /// Where people may sign in from; from anywhere where it is empty.
    pub networks: Vec<IpNet>,
    /// When only administrators can work.
    pub maintenance: Option<Window>,
    /// Who must have a second factor.
    pub second_factor: SecondFactorRule,
    /// Days a browser may do without the second factor, if its owner says so; absent where that is not offered.
    pub trust_days: Option<u32>,
    /// Where codes may be sent as a second factor; nowhere unless the operator decides so.
    pub code_channels: Vec<CodeChannel>,
}

/// Who must have a second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecondFactorRule {
    /// Nobody; those who have one are asked for it.
    Optional,
    /// Those with one of these roles.
    Roles(Vec<Role>),
    /// Everybody.
    Required,
}

impl SecondFactorRule {
    /// Whether somebody with `role` must have one.
    pub(crate) fn is_required(&self, role: Role) -> bool {
        match self {
            Self::Optional => false,
            Self::Roles(roles) => roles.contains(&role),
            Self::Required => true,
        }
    }

    /// The rule as the policy tells it.
    pub(crate) const fn told(&self) -> SecondFactor {
        match self {
            Self::Optional => SecondFactor::Optional,
            Self::Roles(_) => SecondFactor::ByRole,
            Self::Required => SecondFactor::Required,
        }
    }
}

impl std::str::FromStr for SecondFactorRule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "optional" => Ok(Self::Optional),
            "required" => Ok(Self::Required),
            roles => roles
                .split(',')
                .map(|name| {
                    let role = Role::ALL.into_iter().find(|role| role.as_str() == name.trim());
                    role.ok_or_else(|| {
                        format!("{name:?} is neither `required` nor `optional` nor a role such as `admin`")
                    })
                })
                .collect::<Result<_, _>>()
                .map(Self::Roles),
        }
    }
}

impl Default for SignInRules {
    fn default() -> Self {
        Self {
            idle: 30 * MINUTE,
            absolute: 12 * HOUR,
            remember_days: None,
            hours: None,
            networks: Vec::new(),
            maintenance: None,
            second_factor: SecondFactorRule::Optional,
            trust_days: Some(30),
            code_channels: Vec::new(),
        }
    }
}

impl SignInRules {
    /// Whether anybody may sign in from `address`. An address that is not known is in no network.
    pub(crate) fn admits(&self, address: Option<IpAddr>) -> bool {
        let within = |address| self.networks.iter().any(|network| network.contains(&address));
        self.networks.is_empty() || address.is_some_and(within)
    }

    /// The maintenance that goes on at `now`.
    pub(crate) fn maintenance_at(&self, now: i64) -> Option<Window> {
        self.maintenance
            .filter(|window| window.from <= now && now < window.until)
    }

    /// The maintenance that goes on at `now` or is still to come.
    pub(crate) fn announced(&self, now: i64) -> Option<Window> {
        self.maintenance.filter(|window| now < window.until)
    }
}

/// A time from one instant to another, in milliseconds since the epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// When it begins.
    pub from: i64,
    /// When it is over.
    pub until: i64,
}

/// A span of each day in a time zone. It may go over midnight.
#[derive(Clone, Debug)]
pub struct SignInHours {
    from: Time,
    until: Time,
    zone: TimeZone,
}

impl SignInHours {
    fn includes(&self, time: Time) -> bool {
        if self.from <= self.until {
            self.from <= time && time < self.until
        } else {
            self.from <= time || time < self.until
        }
    }

    /// Seconds from `now` until people may sign in again; `None` while they may.
    pub(crate) fn closed_for(&self, now: i64) -> Option<u64> {
        let instant = jiff::Timestamp::from_millisecond(now).ok()?;
        let local = instant.to_zoned(self.zone.clone());
        if self.includes(local.time()) {
            return None;
        }
        let today = local.date();
        let opening = [Some(today), today.tomorrow().ok()]
            .into_iter()
            .flatten()
            .filter_map(|day| self.zone.to_zoned(day.to_datetime(self.from)).ok())
            .map(|opening| opening.timestamp().as_millisecond())
            .find(|opening| *opening > now);
        let wait = opening.map_or(DAY, |opening| opening - now);
        Some(u64::try_from((wait + SECOND - 1) / SECOND).unwrap_or(1))
    }
}

impl std::str::FromStr for SignInHours {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fault = || format!("{text:?} is not of the form 09:00-18:00@Europe/Berlin");
        let (span, zone) = text.split_once('@').ok_or_else(fault)?;
        let (from, until) = span.split_once('-').ok_or_else(fault)?;
        let time = |text: &str| text.trim().parse::<Time>().map_err(|_| fault());
        Ok(Self {
            from: time(from)?,
            until: time(until)?,
            zone: TimeZone::get(zone.trim()).map_err(|_| format!("there is no time zone {zone:?}"))?,
        })
    }
}

/// An instant as the command line takes it: RFC 3339.
pub(crate) fn parse_instant(text: &str) -> Result<i64, String> {
    text.parse::<jiff::Timestamp>()
        .map(jiff::Timestamp::as_millisecond)
        .map_err(|_| format!("{text:?} is not of the form 2026-12-01T20:00:00Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        parse_instant(text).unwrap()
    }

    #[test]
    fn the_document_says_how_long_sessions_last() {
        let document = include_str!("../../../../docs/SECURITY.md");
        let rules = SignInRules::default();
        let said = format!(
            "| limits | {} minutes without activity (`POST /auth/activity`, nothing else), {} hours in all;",
            rules.idle / MINUTE,
            rules.absolute / HOUR
        );
        assert!(document.contains(&said), "{said}");
        assert_eq!(rules.remember_days, None, "it is off by default");
    }

    #[test]
    fn hours_are_those_of_their_zone() {
        let hours: SignInHours = "09:00-18:00@Europe/Berlin".parse().unwrap();
        assert_eq!(hours.closed_for(at("2026-11-23T08:00:00Z")), None);
        assert_eq!(hours.closed_for(at("2026-11-23T07:59:30Z")), Some(30));
        assert_eq!(hours.closed_for(at("2026-11-23T17:00:00Z")), Some(15 * 3600));
        // The clocks go forward in between.
        assert_eq!(hours.closed_for(at("2026-03-28T17:00:00Z")), Some(14 * 3600));
    }

    #[test]
    fn hours_may_go_over_midnight() {
        let hours: SignInHours = "22:00-06:00@UTC".parse().unwrap();
        assert_eq!(hours.closed_for(at("2026-11-23T23:00:00Z")), None);
        assert_eq!(hours.closed_for(at("2026-11-23T05:59:59Z")), None);
        assert_eq!(hours.closed_for(at("2026-11-23T06:00:00Z")), Some(16 * 3600));
    }

    #[test]
    fn hours_are_read_strictly() {
        for text in [
            "09:00-18:00",
            "09:00@UTC",
            "9-x@UTC",
            "09:00-18:00@Nowhere/Else",
            "",
        ] {
            assert!(text.parse::<SignInHours>().is_err(), "{text}");
        }
    }

    #[test]
    fn networks_admit_whom_they_hold() {
        let rules = SignInRules {
            networks: vec!["10.0.0.0/8".parse().unwrap()],
            ..SignInRules::default()
        };
        assert!(rules.admits("10.1.2.3".parse().ok()));
        assert!(!rules.admits("192.0.2.1".parse().ok()));
        assert!(!rules.admits(None));
        assert!(SignInRules::default().admits(None));
    }

    #[test]
    fn maintenance_is_told_before_and_while_it_goes_on() {
        let window = Window { from: 10, until: 20 };
        let rules = SignInRules {
            maintenance: Some(window),
            ..SignInRules::default()
        };
        let seen: Vec<_> = [9, 10, 19, 20]
            .map(|now| {
                (
                    rules.announced(now).is_some(),
                    rules.maintenance_at(now).is_some(),
                )
            })
            .into();
        assert_eq!(seen, [(true, false), (true, true), (true, true), (false, false)]);
    }
}

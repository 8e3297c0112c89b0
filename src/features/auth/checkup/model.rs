//! What the checkup finds out, what it means, and what to do about it.

use crate::i18n::texts::help;
use crate::i18n::{Message, Text};
use crate::platform::http::Silence;

/// Seconds until a question is given up.
pub const PATIENCE_SECONDS: u32 = 10;

/// An answer that takes longer is called slow.
const SLOW_MILLIS: u32 = 1_500;

/// A clock that is further off than this is called wrong. Sign-in codes allow for about half a minute.
const CLOCK_TOLERANCE_MS: f64 = 120_000.0;

/// From here on people speak of hours.
const HOURS_FROM_MINUTES: u64 = 120;

/// What is known of something that has to be asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Known<T> {
    /// The answer is still awaited.
    #[default]
    Pending,
    /// There will be none.
    Never,
    /// This.
    Is(T),
}

/// How a question to a server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It answered, after so many milliseconds.
    Answers(u32),
    /// It answered with an error's status.
    Fails(u16),
    /// Something else answered.
    Stranger,
    /// There was no connection, or it broke at once.
    Refused,
    /// Nothing came.
    Silent,
}

impl Reach {
    /// The end of a question that brought `outcome`: a status and whether the body is what only the right server says.
    pub fn of(outcome: Result<(u16, bool), Silence>, millis: u32) -> Self {
        match outcome {
            Ok((200..=299, true)) => Self::Answers(millis),
            Ok((200..=499, _)) => Self::Stranger,
            Ok((status, _)) => Self::Fails(status),
            Err(Silence::TimedOut) => Self::Silent,
            Err(Silence::Unreachable) => Self::Refused,
        }
    }
}

/// All that the checkup has found out so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Whether the browser sees no network at all.
    pub offline: bool,
    /// Whether the page came by a way that cookies and workers are allowed on.
    pub secure: bool,
    /// Where the data connection leads, to tell IT.
    pub address: String,
    /// What the browser lacks.
    pub lacking: Vec<&'static str>,
    /// The site that this page came from.
    pub site: Known<Reach>,
    /// The API.
    pub server: Known<Reach>,
    /// Whether a cookie comes back.
    pub cookies: Known<bool>,
    /// Milliseconds that this device's clock is ahead of the server's.
    pub clock_ahead: Known<f64>,
    /// Whether the build that runs is the one that the site has.
    pub newest: Known<bool>,
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// The way to the site itself.
    Site,
    /// The way to the API.
    Server,
    /// HTTPS.
    Address,
    /// Cookies.
    Cookies,
    /// The clock.
    Clock,
    /// The build.
    Version,
    /// What the browser can do.
    Browser,
    /// Caps Lock.
    CapsLock,
}

impl Point {
    /// Its name.
    pub const fn title(self) -> Text {
        match self {
            Self::Site => help::POINT_SITE,
            Self::Server => help::POINT_SERVER,
            Self::Address => help::POINT_ADDRESS,
            Self::Cookies => help::POINT_COOKIES,
            Self::Clock => help::POINT_CLOCK,
            Self::Version => help::POINT_VERSION,
            Self::Browser => help::POINT_BROWSER,
            Self::CapsLock => help::POINT_CAPS_LOCK,
        }
    }
}

/// How a point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not known yet.
    Waiting,
    /// As it should be.
    Good,
    /// Cannot be known.
    Unknown,
    /// Signing in works, or may work, but something is not as it should be.
    Warning,
    /// Signing in will not work.
    Problem,
}

impl Verdict {
    /// The word for it.
    pub const fn word(self) -> Text {
        match self {
            Self::Waiting => help::VERDICT_WAITING,
            Self::Good => help::VERDICT_GOOD,
            Self::Unknown => help::VERDICT_UNKNOWN,
            Self::Warning => help::VERDICT_WARNING,
            Self::Problem => help::VERDICT_PROBLEM,
        }
    }

    /// Whether somebody has to do something.
    pub const fn needs_attention(self) -> bool {
        matches!(self, Self::Warning | Self::Problem)
    }
}

/// How one point is, and what to do about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What was looked at.
    pub point: Point,
    /// How it is.
    pub verdict: Verdict,
    /// What that means and what to do.
    pub advice: Message,
}

impl Finding {
    fn new(point: Point, (verdict, advice): (Verdict, Message)) -> Self {
        Self {
            point,
            verdict,
            advice,
        }
    }
}

/// Every point, in the order in which to look at them.
pub fn findings(facts: &Facts) -> Vec<Finding> {
    vec![
        Finding::new(Point::Site, site(facts)),
        Finding::new(Point::Server, server(facts)),
        Finding::new(Point::Address, address(facts.secure)),
        Finding::new(Point::Cookies, cookies(facts.cookies)),
        Finding::new(Point::Clock, clock(facts.clock_ahead)),
        Finding::new(Point::Version, version(facts)),
        Finding::new(Point::Browser, browser(&facts.lacking)),
    ]
}

/// Caps Lock, which is known only once a key was pressed.
pub fn caps_lock(on: Option<bool>) -> Finding {
    let how = match on {
        None => (Verdict::Unknown, help::CAPS_LOCK_UNKNOWN),
        Some(false) => (Verdict::Good, help::CAPS_LOCK_OFF),
        Some(true) => (Verdict::Warning, help::CAPS_LOCK_ON),
    };
    Finding::new(Point::CapsLock, (how.0, how.1.into()))
}

fn waiting() -> (Verdict, Message) {
    (Verdict::Waiting, help::WAITING.into())
}

fn trouble(reach: Reach) -> (Verdict, Message) {
    let advice = match reach {
        Reach::Refused => help::REFUSED.into(),
        Reach::Silent => help::silent(PATIENCE_SECONDS.to_string()),
        Reach::Fails(status) => help::fails(status.to_string()),
        Reach::Stranger | Reach::Answers(_) => help::STRANGER.into(),
    };
    (Verdict::Problem, advice)
}

fn site(facts: &Facts) -> (Verdict, Message) {
    match facts.site {
        _ if facts.offline => (Verdict::Problem, help::OFFLINE.into()),
        Known::Pending => waiting(),
        Known::Is(Reach::Answers(_)) => (Verdict::Good, help::SITE_GOOD.into()),
        Known::Is(reach) => trouble(reach),
        Known::Never => (Verdict::Unknown, help::NOT_HERE.into()),
    }
}

/// The data connection can be judged only beside the site's: what stops both is something else than what stops one.
fn server(facts: &Facts) -> (Verdict, Message) {
    let site_answers = match facts.site {
        Known::Is(Reach::Answers(_)) => true,
        Known::Is(_) | Known::Never => false,
        Known::Pending => return waiting(),
    };
    let address = facts.address.as_str();
    match facts.server {
        Known::Pending => waiting(),
        Known::Is(Reach::Answers(millis)) if millis < SLOW_MILLIS => {
            (Verdict::Good, help::server_good(millis.to_string()))
        }
        Known::Is(Reach::Answers(millis)) => (Verdict::Warning, help::server_slow(millis.to_string())),
        Known::Is(Reach::Refused) if site_answers => (Verdict::Problem, help::blocked(address)),
        Known::Is(Reach::Silent) if site_answers => (
            Verdict::Problem,
            help::swallowed(address, PATIENCE_SECONDS.to_string()),
        ),
        Known::Is(reach) if site_answers => trouble(reach),
        Known::Is(_) | Known::Never => (Verdict::Unknown, help::NEEDS_SITE.into()),
    }
}

fn address(secure: bool) -> (Verdict, Message) {
    if secure {
        (Verdict::Good, help::ADDRESS_GOOD.into())
    } else {
        (Verdict::Problem, help::ADDRESS_INSECURE.into())
    }
}

fn cookies(returned: Known<bool>) -> (Verdict, Message) {
    match returned {
        Known::Pending => waiting(),
        Known::Never => (Verdict::Unknown, help::NEEDS_SERVER.into()),
        Known::Is(true) => (Verdict::Good, help::COOKIES_GOOD.into()),
        Known::Is(false) => (Verdict::Problem, help::COOKIES_BLOCKED.into()),
    }
}

fn clock(ahead: Known<f64>) -> (Verdict, Message) {
    match ahead {
        Known::Pending => waiting(),
        Known::Never => (Verdict::Unknown, help::NEEDS_SITE.into()),
        Known::Is(ahead) if ahead.abs() < CLOCK_TOLERANCE_MS => (Verdict::Good, help::CLOCK_GOOD.into()),
        Known::Is(ahead) => {
            let minutes = whole_minutes(ahead);
            let hours = minutes.saturating_add(30) / 60;
            let advice = match (ahead > 0.0, minutes < HOURS_FROM_MINUTES) {
                (true, true) => help::clock_fast_minutes(minutes),
                (false, true) => help::clock_slow_minutes(minutes),
                (true, false) => help::clock_fast_hours(hours),
                (false, false) => help::clock_slow_hours(hours),
            };
            (Verdict::Warning, advice)
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rounded size; a clock that is off by more than fits is off by the most that fits"
)]
fn whole_minutes(millis: f64) -> u64 {
    (millis.abs() / 60_000.0).round() as u64
}

fn version(facts: &Facts) -> (Verdict, Message) {
    match facts.newest {
        Known::Pending => waiting(),
        Known::Is(true) => (Verdict::Good, help::VERSION_GOOD.into()),
        Known::Is(false) => (Verdict::Warning, help::VERSION_OLD.into()),
        Known::Never if matches!(facts.site, Known::Is(Reach::Answers(_))) => {
            (Verdict::Unknown, help::NOT_HERE.into())
        }
        Known::Never => (Verdict::Unknown, help::NEEDS_SITE.into()),
    }
}

fn browser(lacking: &[&str]) -> (Verdict, Message) {
    if lacking.is_empty() {
        (Verdict::Good, help::BROWSER_GOOD.into())
    } else {
        (Verdict::Warning, help::browser_lacks(lacking.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE_MS: f64 = 60_000.0;

    fn well() -> Facts {
        Facts {
            secure: true,
            address: "https://crm.example/api/v1".to_owned(),
            site: Known::Is(Reach::Answers(20)),
            server: Known::Is(Reach::Answers(30)),
            cookies: Known::Is(true),
            clock_ahead: Known::Is(900.0),
            newest: Known::Is(true),
            ..Facts::default()
        }
    }

    fn found(facts: &Facts, point: Point) -> (Verdict, Message) {
        let finding = findings(facts).into_iter().find(|it| it.point == point);
        let finding = finding.expect("every point is looked at");
        (finding.verdict, finding.advice)
    }

    fn server_beside(site: Reach, server: Reach) -> (Verdict, Message) {
        let facts = Facts {
            site: Known::Is(site),
            server: Known::Is(server),
            ..well()
        };
        found(&facts, Point::Server)
    }

    #[test]
    fn where_all_is_well_nothing_needs_attention() {
        assert!(findings(&well()).iter().all(|it| it.verdict == Verdict::Good));
        assert!(!caps_lock(Some(false)).verdict.needs_attention());
    }

    #[test]
    fn what_was_not_answered_yet_waits() {
        let facts = Facts {
            secure: true,
            ..Facts::default()
        };
        let waiting = findings(&facts)
            .iter()
            .filter(|it| it.verdict == Verdict::Waiting)
            .count();
        assert_eq!(waiting, 5);
    }

    #[test]
    fn an_answer_is_told_from_an_error_a_stranger_a_refusal_and_silence() {
        for (outcome, reach) in [
            (Ok((200, true)), Reach::Answers(7)),
            (Ok((200, false)), Reach::Stranger),
            (Ok((404, false)), Reach::Stranger),
            (Ok((302, true)), Reach::Stranger),
            (Ok((502, false)), Reach::Fails(502)),
            (Ok((503, true)), Reach::Fails(503)),
            (Err(Silence::Unreachable), Reach::Refused),
            (Err(Silence::TimedOut), Reach::Silent),
        ] {
            assert_eq!(Reach::of(outcome, 7), reach, "{outcome:?}");
        }
    }

    #[test]
    fn what_stops_only_the_data_connection_is_a_block() {
        let (good, address) = (Reach::Answers(5), "https://crm.example/api/v1");
        assert_eq!(
            server_beside(good, Reach::Refused),
            (Verdict::Problem, help::blocked(address))
        );
        assert_eq!(
            server_beside(good, Reach::Silent),
            (Verdict::Problem, help::swallowed(address, "10"))
        );
        assert_eq!(
            server_beside(good, Reach::Fails(502)),
            (Verdict::Problem, help::fails("502"))
        );
        assert_eq!(
            server_beside(good, Reach::Stranger),
            (Verdict::Problem, help::STRANGER.into())
        );
    }

    #[test]
    fn what_stops_the_site_is_told_once() {
        let facts = Facts {
            site: Known::Is(Reach::Refused),
            server: Known::Is(Reach::Refused),
            ..well()
        };
        assert_eq!(
            found(&facts, Point::Site),
            (Verdict::Problem, help::REFUSED.into())
        );
        assert_eq!(
            found(&facts, Point::Server),
            (Verdict::Unknown, help::NEEDS_SITE.into())
        );
        let offline = Facts {
            offline: true,
            ..facts
        };
        assert_eq!(
            found(&offline, Point::Site),
            (Verdict::Problem, help::OFFLINE.into())
        );
    }

    #[test]
    fn a_slow_answer_is_a_warning_with_its_time() {
        let good = Reach::Answers(5);
        assert_eq!(
            server_beside(good, Reach::Answers(1_499)),
            (Verdict::Good, help::server_good("1499"))
        );
        assert_eq!(
            server_beside(good, Reach::Answers(1_500)),
            (Verdict::Warning, help::server_slow("1500"))
        );
    }

    #[test]
    fn a_clock_is_wrong_from_two_minutes_on_either_side() {
        for (ahead, expected) in [
            (1.99 * MINUTE_MS, (Verdict::Good, help::CLOCK_GOOD.into())),
            (-1.99 * MINUTE_MS, (Verdict::Good, help::CLOCK_GOOD.into())),
            (2.0 * MINUTE_MS, (Verdict::Warning, help::clock_fast_minutes(2))),
            (-5.2 * MINUTE_MS, (Verdict::Warning, help::clock_slow_minutes(5))),
            (170.0 * MINUTE_MS, (Verdict::Warning, help::clock_fast_hours(3))),
            (
                -60.0 * 24.0 * MINUTE_MS,
                (Verdict::Warning, help::clock_slow_hours(24)),
            ),
        ] {
            let facts = Facts {
                clock_ahead: Known::Is(ahead),
                ..well()
            };
            assert_eq!(found(&facts, Point::Clock), expected, "{ahead}");
        }
        assert_eq!(whole_minutes(f64::INFINITY), u64::MAX);
    }

    #[test]
    fn the_rest_is_judged_by_itself() {
        let facts = Facts {
            secure: false,
            cookies: Known::Is(false),
            newest: Known::Is(false),
            lacking: vec!["Worker", "localStorage"],
            ..well()
        };
        assert_eq!(
            found(&facts, Point::Address),
            (Verdict::Problem, help::ADDRESS_INSECURE.into())
        );
        assert_eq!(
            found(&facts, Point::Cookies),
            (Verdict::Problem, help::COOKIES_BLOCKED.into())
        );
        assert_eq!(
            found(&facts, Point::Version),
            (Verdict::Warning, help::VERSION_OLD.into())
        );
        assert_eq!(
            found(&facts, Point::Browser),
            (Verdict::Warning, help::browser_lacks("Worker, localStorage"))
        );
        assert!(caps_lock(Some(true)).verdict.needs_attention());
        assert_eq!(caps_lock(None).verdict, Verdict::Unknown);
    }

    #[test]
    fn what_cannot_be_asked_is_no_fault() {
        let facts = Facts {
            cookies: Known::Never,
            clock_ahead: Known::Never,
            newest: Known::Never,
            ..well()
        };
        for point in [Point::Cookies, Point::Clock, Point::Version] {
            assert_eq!(found(&facts, point).0, Verdict::Unknown);
        }
    }
}

//! How many passed and how many failed, gathered from what the runners say.

use std::fmt;
use std::ops::AddAssign;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process::Heard;

/// The outcome of some checks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: u64,
    pub(super) failed: u64,
}

impl Counts {
    /// One check that failed.
    pub(super) fn failure() -> Self {
        Self { passed: 0, failed: 1 }
    }

    /// From the closing lines of `cargo test`, one for each test binary.
    pub(super) fn of_cargo(heard: &Heard) -> Self {
        let mut counts = Self::default();
        for line in heard.text.lines() {
            let Some((_, result)) = line.split_once("test result: ") else {
                continue;
            };
            counts.passed += before(result, " passed");
            counts.failed += before(result, " failed");
        }
        counts.settled(heard.success)
    }

    /// From a `JUnit` report: the sums of its suites.
    pub(super) fn of_junit(report: &str, success: bool) -> Self {
        let mut counts = Self::default();
        for suite in report.split("<testsuite ").skip(1) {
            let head = suite.split('>').next().unwrap_or_default();
            let number = |name: &str| attribute(head, name).unwrap_or_default();
            let failed = number("failures") + number("errors");
            counts.failed += failed;
            counts.passed += number("tests").saturating_sub(failed + number("skipped"));
        }
        counts.settled(success)
    }

    /// From Playwright's JSON report. A test that passes only when it is repeated has failed.
    pub(super) fn of_playwright(report: &str, success: bool) -> Result<Self> {
        let report: Value = serde_json::from_str(report).context("Playwright's report")?;
        let number = |name: &str| report["stats"][name].as_u64().unwrap_or_default();
        let counts = Self {
            passed: number("expected"),
            failed: number("unexpected") + number("flaky"),
        };
        Ok(counts.settled(success))
    }

    /// A runner that failed without counting a failure (nothing compiled, say), or that ran nothing at all, has failed.
    fn settled(mut self, success: bool) -> Self {
        if self.failed == 0 && (!success || self.passed == 0) {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The number right before `word`.
fn before(text: &str, word: &str) -> u64 {
    let number = text
        .split_once(word)
        .and_then(|(head, _)| head.rsplit(' ').next());
    number.and_then(|number| number.parse().ok()).unwrap_or_default()
}

fn attribute(head: &str, name: &str) -> Option<u64> {
    let (_, rest) = head.split_once(&format!("{name}=\""))?;
    rest.split('"').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str, success: bool) -> Heard {
        Heard {
            success,
            text: text.to_owned(),
        }
    }

    #[test]
    fn cargo_counts_are_summed_over_binaries() {
        let text = "test result: ok. 3 passed; 0 failed; 1 ignored\n\
                    test result: FAILED. 10 passed; 2 failed; 0 ignored\n";
        assert_eq!(
            Counts::of_cargo(&heard(text, false)),
            Counts {
                passed: 13,
                failed: 2
            }
        );
    }

    #[test]
    fn what_did_not_run_has_failed() {
        let passed = "test result: ok. 3 passed; 0 failed; 0 ignored\n";
        assert_eq!(
            Counts::of_cargo(&heard("error: could not compile", false)),
            Counts::failure()
        );
        assert_eq!(
            Counts::of_cargo(&heard("test result: ok. 0 passed; 0 failed", true)),
            Counts::failure()
        );
        assert_eq!(
            Counts::of_cargo(&heard(passed, false)),
            Counts { passed: 3, failed: 1 }
        );
    }

    #[test]
    fn reports_are_read() {
        let junit = r#"<testsuites errors="9"><testsuite name="a" errors="1" failures="2" skipped="1" tests="10"></testsuite></testsuites>"#;
        assert_eq!(Counts::of_junit(junit, false), Counts { passed: 6, failed: 3 });
        let playwright = r#"{"stats": {"expected": 5, "unexpected": 1, "flaky": 1, "skipped": 2}}"#;
        let counts = Counts::of_playwright(playwright, false).expect("a report");
        assert_eq!(counts.to_string(), "5 passed, 2 failed");
    }
}

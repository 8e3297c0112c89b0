//! The checkup in words that can be sent on: what was found and on what, without a name or anything typed.

use std::fmt::Write as _;

use super::model::{Finding, Verdict};
use crate::i18n::I18n;
use crate::i18n::texts::help;

/// The report: names and values of the device, then a paragraph for each of `findings`.
pub fn report(i18n: I18n, device: &[(&'static str, String)], findings: &[Finding]) -> String {
    let mut text = i18n.text(help::REPORT);
    text.push('\n');
    for (name, value) in device {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{name}: {value}");
    }
    for finding in findings {
        let word = i18n.text(finding.verdict.word());
        let title = i18n.text(finding.point.title());
        let _ = write!(text, "\n{} {title}: {word}", mark(finding.verdict));
        let _ = write!(text, "\n   {}", i18n.message(&finding.advice));
    }
    text.push('\n');
    text
}

/// Finds the lines that matter in a long text.
const fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Good => "[+]",
        Verdict::Waiting | Verdict::Unknown => "[?]",
        Verdict::Warning => "[!]",
        Verdict::Problem => "[X]",
    }
}

//! Proof that a request was checked: only a [`Validated`] value can be sent by the browser or handed to a service.

use crate::problem::{FieldProblem, FieldRule};

/// A value whose rules hold. It can only be made by [`Validate::validate`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validated<T>(T);

impl<T> Validated<T> {
    /// The value, to be taken apart.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> std::ops::Deref for Validated<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A request that has rules beyond its types.
pub trait Validate: Sized {
    /// Brings the value into its canonical form (trimmed, say) and adds what is wrong to `problems`.
    fn check(&mut self, problems: &mut FieldProblems);

    /// The checked value, or every field that is wrong.
    fn validate(mut self) -> Result<Validated<Self>, FieldProblems> {
        let mut problems = FieldProblems::default();
        self.check(&mut problems);
        if problems.is_empty() {
            Ok(Validated(self))
        } else {
            Err(problems)
        }
    }
}

/// The fields of a request that are wrong, at most one problem a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldProblems(Vec<FieldProblem>);

impl FieldProblems {
    /// Notes that `field` breaks `rule`. The first problem of a field stays.
    pub fn add(&mut self, field: &str, rule: FieldRule, limit: Option<u32>) {
        if self.get(field).is_none() {
            self.0.push(FieldProblem {
                field: field.to_owned(),
                rule,
                limit,
            });
        }
    }

    /// The problem of `field`.
    pub fn get(&self, field: &str) -> Option<&FieldProblem> {
        self.0.iter().find(|problem| problem.field == field)
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems in the order they were found.
    pub fn into_vec(self) -> Vec<FieldProblem> {
        self.0
    }

    /// `text` must hold between one and `max` code points.
    pub fn check_text(&mut self, field: &str, text: &str, max: u32) {
        if text.is_empty() {
            self.add(field, FieldRule::Required, None);
        } else if code_points(text) > max {
            self.add(field, FieldRule::TooLong, Some(max));
        }
    }

    /// Trims `text`, a line somebody typed. It must hold at most `max` code points and no control characters.
    pub fn check_line(&mut self, field: &str, text: &mut String, max: u32) {
        self.check_typed(field, text, max, char::is_control);
    }

    /// The same for a line that must not be empty.
    pub fn check_required_line(&mut self, field: &str, text: &mut String, max: u32) {
        self.check_line(field, text, max);
        if text.is_empty() {
            self.add(field, FieldRule::Required, None);
        }
    }

    /// Trims `text`, several lines somebody typed. It must hold at most `max` code points and no control characters but
    /// line feeds and tabs. Such a text is to be shown as it is; it must not become part of a header or of a line.
    pub fn check_lines(&mut self, field: &str, text: &mut String, max: u32) {
        self.check_typed(field, text, max, |c| c.is_control() && !matches!(c, '\n' | '\t'));
    }

    /// The same for lines that must not all be empty.
    pub fn check_required_lines(&mut self, field: &str, text: &mut String, max: u32) {
        self.check_lines(field, text, max);
        if text.is_empty() {
            self.add(field, FieldRule::Required, None);
        }
    }

    fn check_typed(&mut self, field: &str, text: &mut String, max: u32, refused: impl Fn(char) -> bool) {
        *text = text.trim().to_owned();
        if code_points(text) > max {
            self.add(field, FieldRule::TooLong, Some(max));
        } else if text.chars().any(refused) {
            self.add(field, FieldRule::Malformed, None);
        }
    }
}

impl From<Vec<FieldProblem>> for FieldProblems {
    fn from(problems: Vec<FieldProblem>) -> Self {
        Self(problems)
    }
}

/// The length of `text` as people and NIST 800-63B count it: in Unicode code points.
pub fn code_points(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Check = fn(&mut FieldProblems, &str, &mut String, u32);

    /// What `check` makes of `text`, of which ten code points may be: the text, or what is wrong with it.
    fn checked(check: Check, text: &str) -> Result<String, FieldRule> {
        let (mut problems, mut text) = (FieldProblems::default(), text.to_owned());
        check(&mut problems, "field", &mut text, 10);
        match problems.get("field") {
            Some(problem) => Err(problem.rule),
            None => Ok(text),
        }
    }

    #[test]
    fn a_line_has_no_breaks_and_a_text_has() {
        for (typed, trimmed) in [("a\nb", "a\nb"), ("\n\ta\n\tb \n\n", "a\n\tb")] {
            assert_eq!(
                checked(FieldProblems::check_line, typed),
                Err(FieldRule::Malformed)
            );
            assert_eq!(checked(FieldProblems::check_lines, typed).as_deref(), Ok(trimmed));
        }
    }

    #[test]
    fn what_steers_a_terminal_or_ends_a_header_is_in_no_text() {
        for hostile in [
            "a\r\nb",
            "a\rb",
            "a\0b",
            "a\u{1b}[2Jb",
            "a\u{8}b",
            "a\u{b}b",
            "a\u{c}b",
            "a\u{7f}b",
            "a\u{85}b",
            "a\u{9b}b",
        ] {
            for check in [FieldProblems::check_lines, FieldProblems::check_required_lines] {
                assert_eq!(checked(check, hostile), Err(FieldRule::Malformed), "{hostile:?}");
            }
        }
    }

    #[test]
    fn lines_are_counted_in_code_points_and_with_their_breaks() {
        assert_eq!(
            checked(FieldProblems::check_lines, "莱茵河畔\n李四张三客").as_deref(),
            Ok("莱茵河畔\n李四张三客")
        );
        assert_eq!(
            checked(FieldProblems::check_lines, "莱茵河畔\n\n李四张三客"),
            Err(FieldRule::TooLong)
        );
    }

    #[test]
    fn breaks_alone_are_nothing() {
        assert_eq!(checked(FieldProblems::check_lines, " \n\t\n").as_deref(), Ok(""));
        assert_eq!(
            checked(FieldProblems::check_required_lines, " \n\t\n"),
            Err(FieldRule::Required)
        );
    }
}

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
        *text = text.trim().to_owned();
        if code_points(text) > max {
            self.add(field, FieldRule::TooLong, Some(max));
        } else if text.chars().any(char::is_control) {
            self.add(field, FieldRule::Malformed, None);
        }
    }

    /// The same for a line that must not be empty.
    pub fn check_required_line(&mut self, field: &str, text: &mut String, max: u32) {
        self.check_line(field, text, max);
        if text.is_empty() {
            self.add(field, FieldRule::Required, None);
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

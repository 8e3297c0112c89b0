//! What is wrong with the fields of a step, in words.

use leptos::prelude::*;
use portico_contract::problem::FieldProblem;
use portico_contract::validate::FieldProblems;

use crate::api::{Submission, explain_field};
use crate::i18n::{Text, use_i18n};
use crate::ui::FieldError;

/// What is wrong by the contract as it stands (`found`), or else by the backend as it was sent.
pub fn wrong(
    submission: Submission,
    found: impl Fn() -> FieldProblems + Send + Sync + 'static,
    label: impl Fn(&str) -> Text + Send + Sync + 'static,
) -> Signal<Vec<FieldError>> {
    let i18n = use_i18n();
    Signal::derive(move || {
        let own = found().into_vec();
        let all = if own.is_empty() {
            submission.problems().into_vec()
        } else {
            own
        };
        let error = |problem: FieldProblem| FieldError {
            label: i18n.text(label(&problem.field)),
            text: i18n.message(&explain_field(problem.rule, problem.limit)),
            field: problem.field,
        };
        all.into_iter().map(error).collect()
    })
}

//! What is wrong with the fields of an account, in words.

use portico_contract::problem::{FieldProblem, FieldRule};

use crate::api::explain_field;
use crate::i18n::texts::admin as words;
use crate::i18n::{I18n, Text};
use crate::ui::FieldError;

/// What is wrong, in the order of `fields` and in words. Of two problems with one field the own one comes first.
pub fn errors(
    i18n: I18n,
    fields: &[&str],
    own: Vec<FieldProblem>,
    refused: Vec<FieldProblem>,
) -> Vec<FieldError> {
    let all: Vec<FieldProblem> = own.into_iter().chain(refused).collect();
    let error = |field: &&str| {
        let problem = all.iter().find(|problem| problem.field == *field)?;
        let text = match problem.rule {
            FieldRule::Taken => words::FIELD_TAKEN.into(),
            rule => explain_field(rule, problem.limit),
        };
        Some(FieldError {
            field: problem.field.clone(),
            label: i18n.text(label(field)),
            text: i18n.message(&text),
        })
    };
    fields.iter().filter_map(error).collect()
}

fn label(field: &str) -> Text {
    match field {
        "email" => words::FIELD_EMAIL,
        "employee_number" => words::COLUMN_NUMBER,
        "username" => words::FIELD_USERNAME,
        "phone" => words::FIELD_PHONE,
        "role" => words::COLUMN_ROLE,
        "team" => words::FIELD_TEAM,
        "note" => words::FIELD_NOTE,
        "locale" => words::FIELD_INVITATION_LANGUAGE,
        _ => words::FIELD_NAME,
    }
}

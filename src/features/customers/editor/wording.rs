//! Fields and what is wrong with them, in words.

use portico_contract::problem::FieldProblem;

use super::super::model::{channel_of, channel_text, kind_of, kind_text, status_of, status_text};
use super::super::typed::{FIELDS, Typed};
use crate::api::explain_field;
use crate::i18n::texts::customers as words;
use crate::i18n::{I18n, Message};
use crate::ui::FieldError;

/// What is wrong, in the order of the fields and in words. Of two problems with one field the own one comes first.
pub(super) fn errors(i18n: I18n, own: Vec<FieldProblem>, refused: Vec<FieldProblem>) -> Vec<FieldError> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    for problem in own.into_iter().chain(refused) {
        if problems.iter().all(|known| known.field != problem.field) {
            problems.push(problem);
        }
    }
    problems.sort_by_key(|problem| {
        let field = problem.field.split('.').next().unwrap_or_default();
        FIELDS.iter().position(|name| *name == field)
    });
    let error = |problem: FieldProblem| FieldError {
        label: label(i18n, &problem.field),
        text: i18n.message(&explain_field(problem.rule, problem.limit)),
        field: problem.field,
    };
    problems.into_iter().map(error).collect()
}

/// What a person knows `field` by.
pub(super) fn label(i18n: I18n, field: &str) -> String {
    let text = match field {
        "name" => words::FIELD_NAME,
        "kind" => words::FIELD_KIND,
        "status" => words::COLUMN_STATUS,
        "industry" => words::FACT_INDUSTRY,
        "employees" => words::FACT_EMPLOYEES,
        "website" => words::FACT_WEBSITE,
        "street" => words::FIELD_STREET,
        "postal_code" => words::FIELD_POSTAL_CODE,
        "city" => words::FIELD_CITY,
        "country" => words::FIELD_COUNTRY,
        "owner_id" => words::FACT_OWNER,
        "language" => words::FACT_LANGUAGE,
        "channel" => words::FACT_CHANNEL,
        "tags" => words::FACT_TAGS,
        _ => return i18n.message(&custom_label(field)),
    };
    i18n.text(text)
}

/// The label of `custom_fields.2.name` and the like.
fn custom_label(field: &str) -> Message {
    let mut parts = field.split('.').skip(1);
    let number = parts.next().and_then(|index| index.parse::<usize>().ok());
    let Some(number) = number.map(|index| (index + 1).to_string()) else {
        return words::SECTION_CUSTOM.into();
    };
    if parts.next() == Some("name") {
        words::field_custom_name(number)
    } else {
        words::field_custom_value(number)
    }
}

/// What `typed` says in `field`, as a person reads it.
pub(super) fn in_words(i18n: I18n, field: &str, typed: &Typed, owner: impl Fn(&str) -> String) -> String {
    match field {
        "name" => typed.name.clone(),
        "kind" => kind_of(&typed.kind).map_or_else(String::new, |it| i18n.text(kind_text(it))),
        "status" => status_of(&typed.status).map_or_else(String::new, |it| i18n.text(status_text(it))),
        "industry" => typed.industry.clone(),
        "employees" => typed.employees.value().map(i64::to_string).unwrap_or_default(),
        "website" => typed.website.clone(),
        "street" => typed.street.clone(),
        "postal_code" => typed.postal_code.clone(),
        "city" => typed.city.clone(),
        "country" => typed.country.clone(),
        "owner_id" => owner(&typed.owner_id),
        "language" => typed.language.clone(),
        "channel" => channel_of(&typed.channel).map_or_else(String::new, |it| i18n.text(channel_text(it))),
        "tags" => typed.tags.join(" · "),
        _ => {
            let fields = typed.custom_fields.iter();
            let lines = fields.map(|field| format!("{}: {}", field.name, field.value));
            lines.collect::<Vec<_>>().join(" · ")
        }
    }
}

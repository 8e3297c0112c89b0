//! Parts of the account's pages.

mod password_form;
mod question_form;

pub(super) use password_form::{CHANGED, PasswordForm};
pub(super) use question_form::QuestionForm;

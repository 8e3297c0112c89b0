//! Parts of the account's pages.

mod add_app;
mod add_message;
mod add_passkey;
mod password_form;
mod question_form;
mod rename_dialog;
mod two_step;

pub(super) use password_form::{CHANGED, PasswordForm};
pub(super) use question_form::QuestionForm;
pub(super) use two_step::TwoStep;

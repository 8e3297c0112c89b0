//! Parts of the administration's pages.

mod address_dialog;
mod answer_dialog;
mod details;
mod invite_form;
mod row;
mod row_menu;
mod sections;
mod table;
mod toolbar;

pub use address_dialog::AddressDialog;
pub use answer_dialog::AnswerDialog;
pub use details::Details;
pub use invite_form::InviteForm;
pub use sections::{Section, Sections};
pub use table::UserTable;
pub use toolbar::Toolbar;

//! The frame around every page behind the sign-in.

mod account_menu;
mod guard;
mod navigation;
mod notices;
mod search_button;
mod shell;
mod sidebar;
mod updates;

pub use guard::Guard;
pub use shell::Shell;

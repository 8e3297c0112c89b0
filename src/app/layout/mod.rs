//! The frame around every page behind the sign-in.

mod account_menu;
mod navigation;
mod notices;
mod shell;

pub use shell::Shell;

//! One's own account.

mod components;
mod pages;
mod password;
mod question;

pub use pages::SecurityPage;

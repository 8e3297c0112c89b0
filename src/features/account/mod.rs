//! One's own account.

mod pages;
mod password;

pub use pages::SecurityPage;

//! One's own account.

mod components;
mod pages;
mod password;
mod question;
mod sign_ins;

pub use pages::{SecurityPage, SignInsPage};

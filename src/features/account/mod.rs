//! One's own account.

mod components;
mod enrolment;
mod pages;
mod password;
mod question;
mod renaming;
mod second_factor;

pub use pages::SecurityPage;

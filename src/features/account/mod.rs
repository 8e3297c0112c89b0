//! One's own account.

mod components;
mod enrolment;
mod message_enrolment;
mod pages;
mod passkey_enrolment;
mod password;
mod question;
mod renaming;
mod second_factor;
mod sign_ins;

pub use pages::{SecurityPage, SignInsPage};

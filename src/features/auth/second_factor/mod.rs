//! The second step of a sign-in: showing the second factor, asking for a new one, enrolling one. Its page is lazy; the
//! form alone is also part of the way back into a session that has ended.

mod challenge;
mod codes;
mod enrol;
mod enrolling;
mod enrolling_message;
mod enrolling_passkey;
mod entry;
mod form;
mod help;
mod looking;
mod model;
mod page;
mod passkey;
mod sent_code;
mod showing;
mod start_over;
mod status;
mod tries;
mod way;

pub use form::{AnotherMethod, Sending, ShowingForm};
pub use page::SecondFactorPage;
pub use sent_code::{about, fill_in};
pub use showing::Showing;

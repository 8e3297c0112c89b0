//! How easily a password would be guessed.
//!
//! [`estimate`] answers for one candidate and what is known about the person. It is `zxcvbn`, and beside it what that does
//! not know: the person's own names and numbers in the forms people give them, Chinese birthdays and numbers that are
//! read as phrases, columns of the keyboard. The backend judges with it, and a worker in the browser judges with the same
//! code, so that what people see while they type is what they are told when they send it.
//!
//! Nothing here keeps, prints or sends a candidate.

mod advice;
mod context;
#[cfg(feature = "estimator")]
mod cover;
#[cfg(feature = "estimator")]
mod estimate;
#[cfg(feature = "estimator")]
mod pieces;
mod talk;
#[cfg(feature = "estimator")]
mod words;

pub use advice::{Advice, Estimate};
pub use context::Context;
#[cfg(feature = "estimator")]
pub use estimate::{MAX_JUDGED, estimate};
pub use talk::{Answer, Question};

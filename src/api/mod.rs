//! Talking to the backend: one client, one file a resource. Nothing else in the application sends a request to the API.

pub mod admin;
pub mod auth;
pub mod client;
pub mod customers;
pub mod deals;
pub mod devices;
mod error;
mod grant;
pub mod listing;
pub mod me;
pub mod own_factors;
pub mod passkeys;
pub mod passwords;
pub mod probe;
pub mod query;
pub mod recovery;
pub mod search;
pub mod second_factor;
pub mod sent_codes;
mod submission;
pub mod today;

pub use client::{Client, use_client};
pub use error::{ApiError, explain_field};
pub use submission::{Sent, Submission};

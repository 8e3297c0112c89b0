//! Rules and services. They take the clock, the random source and the repositories as parameters and know neither
//! the web framework nor the database.

pub(crate) mod access;
pub(crate) mod administration;
pub(crate) mod audit;
pub(crate) mod auth;
pub(crate) mod board;
pub mod clock;
pub(crate) mod cursor;
pub(crate) mod customer_changes;
pub(crate) mod customers;
pub(crate) mod deals;
pub(crate) mod devices;
pub mod failure;
pub(crate) mod finder;
pub(crate) mod instance;
pub(crate) mod letters;
pub(crate) mod masking;
pub mod new_passwords;
pub(crate) mod notices;
pub mod origin;
pub mod passwords;
pub(crate) mod post;
pub(crate) mod precondition;
pub mod random;
pub(crate) mod recovery;
pub mod rules;
pub(crate) mod search;
pub mod second_factor;
pub mod site;
pub(crate) mod throttle;
pub(crate) mod today;
pub(crate) mod tokens;
pub(crate) mod users;

//! The composition root: contexts, routes, shell. The only module that may name two features.

mod crash;
mod layout;
mod not_found;
mod providers;
mod router;
pub mod routes;
mod start;

pub use start::start;

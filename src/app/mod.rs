//! The composition root: contexts, routes, shell. The only module that may name two features.

mod crash;
#[cfg(feature = "gallery")]
mod gallery;
mod inside;
mod language;
mod layout;
mod not_found;
mod palette;
mod providers;
mod router;
pub mod routes;
mod shortcuts;
mod start;

pub use start::start;

//! The embedded CRM backend: the API of `portico-contract` on SQLite or PostgreSQL, and the built front end.
//!
//! `http` decodes, calls a service and encodes; `domain` holds the services and their rules; `store` is the only
//! place that knows SQL; `outlets` are the ways out, by SMTP and HTTP.

pub mod cli;
pub mod domain;
pub mod http;
mod logging;
mod messages;
pub mod outlets;
mod serve;
pub mod store;

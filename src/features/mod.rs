//! The screens, one folder a capability. No feature knows another; `app` puts them together.

pub mod account;
pub mod admin;
pub mod auth;
pub mod customers;
pub mod pipeline;
pub mod today;

//! Customers: finding one and seeing all there is to know.

mod components;
mod model;
mod pages;
mod state;

pub use pages::{CustomerPage, CustomersPage};

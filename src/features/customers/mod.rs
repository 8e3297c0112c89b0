//! Customers: finding one, seeing all there is to know, entering and changing it.

mod components;
mod editor;
mod model;
mod pages;
mod state;
mod typed;

pub use pages::{CustomerPage, CustomersPage, EditCustomerPage, NewCustomerPage};

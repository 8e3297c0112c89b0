//! The pages of customers.

mod list;
mod record;

pub use list::CustomersPage;
pub use record::CustomerPage;

//! The pages of customers.

mod create;
mod edit;
mod list;
mod record;

pub use create::NewCustomerPage;
pub use edit::EditCustomerPage;
pub use list::CustomersPage;
pub use record::CustomerPage;

//! Parts used only by the customer pages.

mod contacts;
mod deals;
mod facts;
mod form;
mod orders;
mod paged;
mod row;
mod status_badge;
mod table;
mod timeline;
mod toolbar;

pub use contacts::Contacts;
pub use deals::Deals;
pub use facts::CustomerFacts;
pub use form::CustomerForm;
pub use orders::Orders;
pub use status_badge::StatusBadge;
pub use table::CustomerTable;
pub use timeline::CustomerTimeline;
pub use toolbar::Toolbar;

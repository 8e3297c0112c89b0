//! The pages of the account.

mod security;

pub use security::SecurityPage;

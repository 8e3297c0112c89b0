//! The pages of the account.

mod security;
mod sign_ins;

pub use security::SecurityPage;
pub use sign_ins::SignInsPage;

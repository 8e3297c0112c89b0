//! Signing in with a passkey, beside the password. It comes after the page itself (`super::soon`).

mod model;
mod state;
mod view;

pub use view::PasskeySignIn;

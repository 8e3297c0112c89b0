//! Signing in.

mod checkup;
mod components;
mod model;
mod pages;
mod state;

pub use pages::SignInPage;

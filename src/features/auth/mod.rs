//! Signing in.

mod checkup;
mod components;
mod model;
mod pages;
mod recovery;
mod state;

pub use components::{MaintenanceNotice, SessionWatch};
pub use pages::SignInPage;
pub use recovery::{ForgotPasswordPage, NewPasswordPage, ResetPasswordPage, WelcomePage};

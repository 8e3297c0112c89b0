//! Signing in.

mod checkup;
mod components;
mod later;
mod model;
mod pages;
mod recovery;
mod regions;
mod state;
mod step_up;

pub use components::{MaintenanceNotice, SessionWatch};
pub use pages::SignInPage;
pub use recovery::{ForgotPasswordPage, NewPasswordPage, ResetPasswordPage, WelcomePage};

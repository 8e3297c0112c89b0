//! Signing in.

mod checkup;
mod components;
mod door;
mod later;
mod methods;
mod model;
mod pages;
mod passkey;
mod recovery;
mod regions;
mod second_factor;
mod soon;
mod state;
mod step_up;

pub use components::{MaintenanceNotice, SessionWatch};
pub use pages::SignInPage;
pub use recovery::{ForgotPasswordPage, NewPasswordPage, ResetPasswordPage, WelcomePage};
pub use second_factor::SecondFactorPage;

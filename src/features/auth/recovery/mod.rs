//! The pages before the sign-in on which a password is chosen: reset, invitation, a sign-in that waits for a new one.
//! Lazy all of them: nobody loads them with the sign-in.

mod administrator;
mod answer;
mod ask;
mod code;
mod forced;
mod forgot;
mod model;
mod other_user;
mod reset;
mod setting;
mod way;
mod welcome;
mod whom;

pub use forced::NewPasswordPage;
pub use forgot::ForgotPasswordPage;
pub use reset::ResetPasswordPage;
pub use welcome::WelcomePage;

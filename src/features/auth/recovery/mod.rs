//! The pages before the sign-in on which a password is chosen: reset, invitation, a sign-in that waits for a new one.
//! Lazy all of them: nobody loads them with the sign-in.

mod ask;
mod forced;
mod forgot;
mod frame;
mod model;
mod other_user;
mod over;
mod reset;
mod setting;
mod welcome;

pub use forced::NewPasswordPage;
pub use forgot::ForgotPasswordPage;
pub use reset::ResetPasswordPage;
pub use welcome::WelcomePage;

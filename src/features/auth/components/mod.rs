//! Parts used only by the sign-in pages.

mod help;
mod preferences;
mod session_watch;

pub use help::Help;
pub use preferences::Preferences;
pub use session_watch::SessionWatch;

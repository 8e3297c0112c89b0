//! Parts used only by the sign-in pages.

mod help;
mod preferences;

pub use help::Help;
pub use preferences::Preferences;

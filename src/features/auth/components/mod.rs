//! Parts used only by the sign-in pages.

mod countdown;
mod factor_code;
mod help;
mod maintenance;
mod preferences;
mod session_watch;
mod step_up;

pub use countdown::Countdown;
pub use factor_code::{CODE, FactorCode};
pub use help::Help;
pub use maintenance::MaintenanceNotice;
pub use preferences::Preferences;
pub use session_watch::SessionWatch;
pub use step_up::StepUpQuestion;

//! Shortcuts of the keyboard: what they are, the listening for them, and the sheet that shows them.

mod model;
mod sheet;
mod state;

pub use model::{PALETTE_KEYS, SHEET_KEYS, Shortcut, keys_to};
pub use sheet::ShortcutSheet;
pub use state::{Shortcuts, use_shortcuts};

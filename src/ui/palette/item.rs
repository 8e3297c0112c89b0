//! What a palette offers.

use crate::ui::icon::IconName;
use crate::ui::key_hint::Keys;

/// Things of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteGroup {
    /// What they are.
    pub label: String,
    /// The things, the best first.
    pub items: Vec<PaletteItem>,
    /// They are the answer to what is typed now. If not, that answer is on its way, and Enter waits for it.
    pub settled: bool,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteItem {
    /// Tells it from all others; without spaces.
    pub key: String,
    /// Its name.
    pub label: String,
    /// What tells it from others of the same name.
    pub detail: Option<String>,
    /// Shows what kind of thing it is.
    pub icon: IconName,
    /// The keys that do the same.
    pub keys: Option<Keys>,
}

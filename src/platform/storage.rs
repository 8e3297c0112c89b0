//! What this device remembers. Choices only: never a token, a name or an address.
//!
//! A browser may refuse storage; then nothing is remembered and nothing breaks.

/// Everything that may be stored. A new entry needs a look at `docs/SECURITY.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// The language chosen.
    Locale,
    /// Light or dark, if chosen.
    Theme,
    /// That single characters are no shortcuts, if chosen.
    Shortcuts,
    /// That the sidebar is folded, if it is.
    Sidebar,
    /// A sign-out that has yet to reach the backend. It says nothing of whom.
    SignOutPending,
    /// Which columns of the customer list are shown, and how wide: names of columns, nothing of a customer.
    CustomerColumns,
    /// That this device has chosen its region: not which.
    Region,
}

impl Key {
    const fn name(self) -> &'static str {
        match self {
            Self::Locale => "portico.locale",
            Self::Theme => "portico.theme",
            Self::Shortcuts => "portico.shortcuts",
            Self::Sidebar => "portico.sidebar",
            Self::SignOutPending => "portico.sign-out-pending",
            Self::CustomerColumns => "portico.customer-columns",
            Self::Region => "portico.region",
        }
    }
}

fn area() -> Option<web_sys::Storage> {
    super::window().local_storage().ok().flatten()
}

/// Whether the browser lets this site store anything.
pub fn is_usable() -> bool {
    area().is_some()
}

/// What is stored under `key`.
pub fn get(key: Key) -> Option<String> {
    area()?.get_item(key.name()).ok().flatten()
}

/// Stores `value` under `key`.
pub fn set(key: Key, value: &str) {
    if let Some(area) = area() {
        // A full or forbidden storage is not worth a word: the choice then lasts as long as the page.
        let _ = area.set_item(key.name(), value);
    }
}

/// Forgets `key`.
pub fn remove(key: Key) {
    if let Some(area) = area() {
        let _ = area.remove_item(key.name());
    }
}

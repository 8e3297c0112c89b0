//! What this tab remembers until it is closed, over a reload and a crash. Ciphertext only: see `docs/SECURITY.md`.

use web_sys::Storage;

/// Everything in it starts with this.
const PREFIX: &str = "portico.draft.";

fn area() -> Option<Storage> {
    super::window().session_storage().ok().flatten()
}

/// What is stored under `name`.
pub fn get(name: &str) -> Option<String> {
    area()?.get_item(&format!("{PREFIX}{name}")).ok().flatten()
}

/// Stores `value` under `name`.
pub fn set(name: &str, value: &str) {
    if let Some(area) = area() {
        // A full or forbidden storage keeps nothing; the page still has it.
        let _ = area.set_item(&format!("{PREFIX}{name}"), value);
    }
}

/// Forgets what is stored under `name`.
pub fn remove(name: &str) {
    if let Some(area) = area() {
        let _ = area.remove_item(&format!("{PREFIX}{name}"));
    }
}

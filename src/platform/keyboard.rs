//! Keys, as far as what a browser sends under their name can be trusted.

use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

/// What an input method answers with instead of the key that it took for itself.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// A key that was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// Its name, or the letter it makes.
    pub key: String,
    /// Ctrl, or ⌘ on a Mac, was held.
    pub command: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held.
    pub shift: bool,
    /// It is held down and repeats itself.
    pub repeated: bool,
}

/// The key of `event`. None for what a browser sends under the name `keydown` when it fills a field in, which has no
/// key and would stop the program if asked for it; and none for a key that belongs to an input method, whose Escape
/// leaves the candidates and not the dialog, and whose Enter takes one.
pub fn pressed(event: &KeyboardEvent) -> Option<Press> {
    let event: &Event = event.as_ref();
    let event = event.dyn_ref::<KeyboardEvent>()?;
    if event.is_composing() || event.key_code() == TAKEN_BY_INPUT_METHOD {
        return None;
    }
    Some(Press {
        key: event.key(),
        command: event.ctrl_key() || event.meta_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
        repeated: event.repeat(),
    })
}

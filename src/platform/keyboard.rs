//! Keys, as far as what a browser sends under their name can be trusted.

use leptos::prelude::{ReadSignal, Set, StoredValue, on_cleanup, signal, window_event_listener_untyped};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, KeyboardEvent};

/// What an input method answers with instead of the key that it took for itself.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// A key that was pressed.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key that is held or not, and all sixteen combinations exist"
)]
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

/// Whether the keyboard has ⌘ where others have Ctrl.
pub fn has_command_key() -> bool {
    let platform = super::window().navigator().platform().unwrap_or_default();
    platform.starts_with("Mac") || platform.starts_with("iP")
}

/// Follows Caps Lock. No browser tells it before a key is pressed.
pub fn caps_lock() -> ReadSignal<Option<bool>> {
    let (on, set_on) = signal(None);
    for name in [KEYDOWN, "keyup"] {
        let handle = window_event_listener_untyped(name, move |event| {
            // What a browser sends when it fills a field in has the name and no keys.
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                set_on.set(Some(event.get_modifier_state("CapsLock")));
            }
        });
        on_cleanup(move || handle.remove());
    }
    on
}

/// Calls `heard` for Escape before anything of the page hears of it, and nothing else then does, until the current
/// owner is cleaned up: for what lies above everything.
pub fn on_escape_before_others(heard: impl Fn() + 'static) {
    let listener = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        if pressed(&event).is_some_and(|press| press.key == "Escape") {
            event.prevent_default();
            event.stop_propagation();
            heard();
        }
    });
    // Listening does not fail.
    let _ = super::window().add_event_listener_with_callback_and_bool(
        KEYDOWN,
        listener.as_ref().unchecked_ref(),
        true,
    );
    // Belongs to the owner, which drops it.
    StoredValue::new_local(Capture(listener));
}

const KEYDOWN: &str = "keydown";

struct Capture(Closure<dyn FnMut(KeyboardEvent)>);

impl Drop for Capture {
    fn drop(&mut self) {
        let _ = super::window().remove_event_listener_with_callback_and_bool(
            KEYDOWN,
            self.0.as_ref().unchecked_ref(),
            true,
        );
    }
}

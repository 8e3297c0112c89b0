//! Which shortcuts are on, and listening for them.

use leptos::ev;
use leptos::prelude::*;

use super::model::{Sequence, Shortcut};
use crate::platform::{clock, document, keyboard, storage};

/// As it is stored that single characters do nothing.
const OFF: &str = "off";

/// What has keys of its own, though it does not take text.
const OWN_KEYS: &str = "[role=menu], [role=listbox]";

/// The shortcuts of this device. Cheap to copy; in a context.
#[derive(Clone, Copy)]
pub struct Shortcuts {
    /// Whether single characters act (WCAG 2.1.4).
    pub characters: RwSignal<bool>,
    /// Whether the sheet is open.
    pub sheet: RwSignal<bool>,
}

impl Shortcuts {
    /// As this device remembers.
    pub fn new() -> Self {
        let off = storage::get(storage::Key::Shortcuts).is_some_and(|stored| stored == OFF);
        Self {
            characters: RwSignal::new(!off),
            sheet: RwSignal::new(false),
        }
    }

    /// Remembers whether single characters act.
    pub fn remember(on: bool) {
        if on {
            storage::remove(storage::Key::Shortcuts);
        } else {
            storage::set(storage::Key::Shortcuts, OFF);
        }
    }

    /// Calls `run` with every shortcut that is pressed, until the current owner is cleaned up. Not while somebody types,
    /// and not while a dialog or a menu is open: their keys are theirs.
    pub fn listen(self, run: impl Fn(Shortcut) + 'static) {
        let sequence = StoredValue::new(Sequence::default());
        let listener = window_event_listener(ev::keydown, move |event| {
            let taken = event.default_prevented()
                || document::typing()
                || document::inside(&event, OWN_KEYS)
                || document::is_dialog_open();
            let Some(press) = keyboard::pressed(&event).filter(|_| !taken) else {
                sequence.set_value(Sequence::default());
                return;
            };
            let mut pressed = sequence.get_value();
            let shortcut = pressed.press(&press, clock::now_ms(), self.characters.get_untracked());
            sequence.set_value(pressed);
            if let Some(shortcut) = shortcut {
                // Neither typed into the field that is about to have the focus, nor done by the browser.
                event.prevent_default();
                run(shortcut);
            }
        });
        on_cleanup(move || listener.remove());
    }
}

/// The shortcuts, from context.
pub fn use_shortcuts() -> Shortcuts {
    expect_context()
}

//! Keys, as they are written on the keyboard before the person.

use leptos::prelude::*;

use crate::i18n::texts::parts;
use crate::i18n::{I18n, t, use_i18n};
use crate::platform::keyboard;

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyCap {
    /// ⌘ on a Mac, Ctrl elsewhere.
    Command,
    /// Shift.
    Shift,
    /// Escape.
    Escape,
    /// The space bar.
    Space,
    /// Enter.
    Enter,
    /// The four arrows.
    Arrows,
    /// A function key, by its number.
    Function(u8),
    /// What the key writes.
    Character(char),
}

impl KeyCap {
    fn words(self, i18n: I18n) -> String {
        match self {
            Self::Command if keyboard::has_command_key() => "⌘".to_owned(),
            Self::Command => i18n.text(parts::KEY_CONTROL),
            Self::Shift => i18n.text(parts::KEY_SHIFT),
            Self::Escape => "Esc".to_owned(),
            Self::Space => i18n.text(parts::KEY_SPACE),
            Self::Enter => i18n.text(parts::KEY_ENTER),
            Self::Arrows => i18n.text(parts::KEY_ARROWS),
            Self::Function(number) => format!("F{number}"),
            Self::Character(character) => character.to_uppercase().to_string(),
        }
    }
}

/// Keys that do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// All at once.
    Together(&'static [KeyCap]),
    /// One after the other.
    InTurn(&'static [KeyCap]),
}

/// The keys to press.
#[component]
pub fn KeyHint(
    /// Which.
    keys: Keys,
) -> impl IntoView {
    let i18n = use_i18n();
    let (caps, then) = match keys {
        Keys::Together(caps) => (caps, None),
        Keys::InTurn(caps) => (caps, Some(t(parts::KEY_THEN))),
    };
    let caps = caps.iter().enumerate().map(|(index, cap)| {
        let between = then
            .filter(|_| index > 0)
            .map(|then| view! { <span class="key-hint__then">{move || then.get()}</span> });
        view! { {between} <kbd class="key-hint__key">{move || cap.words(i18n)}</kbd> }
    });
    view! { <span class="key-hint">{caps.collect_view()}</span> }
}

//! Light or dark.

use leptos::prelude::*;

use crate::i18n::Text;
use crate::i18n::texts::common;
use crate::platform::{document, storage};

/// A choice of theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the device says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl ThemeChoice {
    /// Every choice, in the order a menu shows them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The choice as a select or a menu carries it.
    pub const fn value(self) -> &'static str {
        match self.name() {
            Some(name) => name,
            None => "system",
        }
    }

    /// The choice that `value` stands for.
    pub fn from_value(value: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|choice| choice.value() == value)
            .unwrap_or_default()
    }

    /// The word for it.
    pub const fn text(self) -> Text {
        match self {
            Self::System => common::THEME_SYSTEM,
            Self::Light => common::THEME_LIGHT,
            Self::Dark => common::THEME_DARK,
        }
    }

    /// As it is stored and as the style sheets know it.
    const fn name(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// The theme in use. Cheap to copy; in a context.
#[derive(Clone, Copy)]
pub struct Theme(RwSignal<ThemeChoice>);

impl Theme {
    /// The theme this device remembers.
    pub fn new() -> Self {
        let stored = storage::get(storage::Key::Theme);
        let known = ThemeChoice::ALL
            .into_iter()
            .find(|choice| choice.name() == stored.as_deref());
        let choice = known.unwrap_or_default();
        document::set_theme(choice.name());
        Self(RwSignal::new(choice))
    }

    /// The choice, tracked.
    pub fn get(self) -> ThemeChoice {
        self.0.get()
    }

    /// Changes the theme and remembers it on this device.
    pub fn set(self, choice: ThemeChoice) {
        self.0.set(choice);
        document::set_theme(choice.name());
        match choice.name() {
            Some(name) => storage::set(storage::Key::Theme, name),
            None => storage::remove(storage::Key::Theme),
        }
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self::new()
    }
}

/// The theme, from context.
pub fn use_theme() -> Theme {
    expect_context()
}

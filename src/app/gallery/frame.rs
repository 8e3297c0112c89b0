//! What stands around each part: its name, and the states of a field.

use leptos::prelude::*;

/// A part under its name, one of its states beside the other.
pub(super) fn part(name: &'static str, states: Vec<AnyView>) -> AnyView {
    view! {
        <section id=name style:display="grid" style:gap="0.75rem">
            <h2>{name}</h2>
            <div
                style:display="grid"
                style:gap="1rem"
                style:align-items="start"
                style:grid-template-columns="repeat(auto-fill, minmax(min(16rem, 100%), 1fr))"
            >
                {states}
            </div>
        </section>
    }
    .into_any()
}

/// A part that needs a line of its own for each state.
pub(super) fn wide(name: &'static str, states: Vec<AnyView>) -> AnyView {
    view! {
        <section id=name style:display="grid" style:gap="0.75rem">
            <h2>{name}</h2>
            <div style:display="grid" style:gap="1rem" style:grid-template-columns="minmax(0, 1fr)">
                {states}
            </div>
        </section>
    }
    .into_any()
}

/// What may be the matter with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Empty,
    Filled,
    Hint,
    Error,
    Disabled,
}

impl State {
    const ALL: [Self; 5] = [Self::Empty, Self::Filled, Self::Hint, Self::Error, Self::Disabled];

    /// The field's label: its state.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Empty => "Empty",
            Self::Filled => "Filled in",
            Self::Hint => "With a hint",
            Self::Error => "With an error",
            Self::Disabled => "Disabled",
        }
    }

    /// A name for the field, made of the part's.
    pub(super) fn name(self, part: &str) -> String {
        format!("{part}-{self:?}").to_lowercase()
    }

    pub(super) fn hint(self) -> Option<String> {
        let has_hint = matches!(self, Self::Hint | Self::Error);
        has_hint.then(|| "As it stands in the contract".to_owned())
    }

    pub(super) fn error(self) -> Option<String> {
        (self == Self::Error).then(|| "This cannot be used here.".to_owned())
    }

    pub(super) fn is_disabled(self) -> bool {
        self == Self::Disabled
    }

    /// An asterisk is a state, too.
    pub(super) fn is_required(self) -> bool {
        self == Self::Error
    }

    /// `value`, unless the field is empty.
    pub(super) fn filled<T: Default>(self, value: T) -> T {
        if self == Self::Empty { T::default() } else { value }
    }
}

/// A field in every state.
pub(super) fn field(name: &'static str, draw: impl Fn(State) -> AnyView) -> AnyView {
    part(name, State::ALL.map(draw).into())
}

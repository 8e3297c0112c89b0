//! What a field holds whose text has to be understood first.

use serde::{Deserialize, Serialize};

/// What is filled in. Text that is not understood is kept, so that a person can correct it and a form can refuse to be
/// sent without it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry<T> {
    /// Nothing.
    #[default]
    Empty,
    /// Something that is understood.
    Value(T),
    /// Text that does not say what is meant, as it was typed.
    Unclear(String),
}

impl<T> Entry<T> {
    /// What is understood.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Empty | Self::Unclear(_) => None,
        }
    }

    /// Whether nothing is filled in.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// Whether something is filled in that is not understood.
    pub fn is_unclear(&self) -> bool {
        matches!(self, Self::Unclear(_))
    }
}

impl<T> From<Option<T>> for Entry<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Self::Value)
    }
}

//! What a colour means. A tone never stands alone: a word or an icon goes with it.

/// The meaning of a part's colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// No meaning of its own.
    #[default]
    Neutral,
    /// Belongs to what the screen is about.
    Accent,
    /// Good to know.
    Info,
    /// Went well.
    Success,
    /// Needs a look.
    Warning,
    /// Went wrong, or cannot be taken back.
    Danger,
}

impl Tone {
    /// The value of `data-tone`, by which the style sheets choose.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }
}

//! What a menu offers.

use std::fmt;
use std::sync::Arc;

use crate::ui::icon::IconName;

/// What choosing does. Shared rather than an arena's callback, so that a menu outlives the row it was made for.
pub(super) type Run = Arc<dyn Fn() + Send + Sync>;

/// One entry of a menu.
#[derive(Clone, Debug)]
pub enum MenuEntry {
    /// Does something or leads somewhere.
    Item(MenuItem),
    /// One of several, of which one is chosen now.
    Choices {
        /// What is chosen.
        label: String,
        /// What there is to choose from.
        choices: Vec<MenuChoice>,
    },
    /// Words that cannot be chosen.
    Heading(String),
    /// A line.
    Separator,
}

impl MenuEntry {
    /// Does `run`.
    pub fn action(label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Self {
        Self::Item(MenuItem::new(label.into(), Target::Action(Arc::new(run))))
    }

    /// Leads to `href`.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Item(MenuItem::new(label.into(), Target::Link(href.into())))
    }

    /// One of `choices`.
    pub fn choices(label: impl Into<String>, choices: Vec<MenuChoice>) -> Self {
        Self::Choices {
            label: label.into(),
            choices,
        }
    }

    /// Words that cannot be chosen.
    pub fn heading(text: impl Into<String>) -> Self {
        Self::Heading(text.into())
    }

    /// With an icon before the words. Items only.
    #[must_use]
    pub fn with_icon(self, icon: IconName) -> Self {
        self.changed(|item| item.icon = Some(icon))
    }

    /// Cannot be taken back. Items only.
    #[must_use]
    pub fn dangerous(self) -> Self {
        self.changed(|item| item.dangerous = true)
    }

    /// Cannot be chosen, and says why. Items only.
    #[must_use]
    pub fn refused(self, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        self.changed(|item| item.refused = Some(reason))
    }

    fn changed(mut self, change: impl FnOnce(&mut MenuItem)) -> Self {
        if let Self::Item(item) = &mut self {
            change(item);
        }
        self
    }

    /// The words of everything in it that takes the focus.
    pub(super) fn labels(&self) -> Vec<String> {
        match self {
            Self::Item(item) => vec![item.label.clone()],
            Self::Choices { choices, .. } => choices.iter().map(|choice| choice.label.clone()).collect(),
            Self::Heading(_) | Self::Separator => Vec::new(),
        }
    }
}

/// What an item leads to.
#[derive(Clone)]
pub(super) enum Target {
    Action(Run),
    Link(String),
}

/// An item that does something or leads somewhere.
#[derive(Clone)]
pub struct MenuItem {
    pub(super) label: String,
    pub(super) target: Target,
    pub(super) icon: Option<IconName>,
    pub(super) dangerous: bool,
    pub(super) refused: Option<String>,
}

impl MenuItem {
    fn new(label: String, target: Target) -> Self {
        Self {
            label,
            target,
            icon: None,
            dangerous: false,
            refused: None,
        }
    }
}

impl fmt::Debug for MenuItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MenuItem")
            .field("label", &self.label)
            .finish_non_exhaustive()
    }
}

/// One of several, of which one is chosen now.
#[derive(Clone)]
pub struct MenuChoice {
    pub(super) label: String,
    pub(super) checked: bool,
    pub(super) refused: Option<String>,
    pub(super) run: Run,
}

impl MenuChoice {
    /// A choice that does `run`.
    pub fn new(label: impl Into<String>, checked: bool, run: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            label: label.into(),
            checked,
            refused: None,
            run: Arc::new(run),
        }
    }

    /// Cannot be chosen, and says why.
    #[must_use]
    pub fn refused(mut self, reason: impl Into<String>) -> Self {
        self.refused = Some(reason.into());
        self
    }
}

impl fmt::Debug for MenuChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MenuChoice")
            .field("label", &self.label)
            .field("checked", &self.checked)
            .finish_non_exhaustive()
    }
}

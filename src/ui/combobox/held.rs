//! What a combobox holds: the value, and the text while a person is at it.

use leptos::prelude::*;

use crate::ui::listbox::is_same;

/// What can be chosen: a value and its words.
pub(super) type Offer = (String, String);

/// Text that is being typed, over the value it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    text: String,
    over: String,
}

/// The value and how it is shown.
#[derive(Clone, Copy)]
pub(super) struct Held {
    pub(super) value: RwSignal<String>,
    pub(super) options: Signal<Vec<Offer>>,
    /// The words of a value that is not among the options.
    pub(super) words: MaybeProp<String>,
    /// What was chosen last: its words stay known when other options come.
    pub(super) chosen: RwSignal<Option<Offer>>,
    pub(super) draft: RwSignal<Option<Draft>>,
    /// Any text is a value.
    pub(super) free: bool,
}

impl Held {
    /// What is being typed. A draft over another value was overtaken: the value came from elsewhere.
    pub(super) fn typed(self) -> Option<String> {
        self.draft.with(|draft| {
            let draft = draft.as_ref()?;
            self.value
                .with(|value| *value == draft.over)
                .then(|| draft.text.clone())
        })
    }

    /// What the control shows.
    pub(super) fn text(self) -> String {
        self.typed().unwrap_or_else(|| self.words_of_value())
    }

    fn words_of_value(self) -> String {
        let value = self.value.get();
        if value.is_empty() {
            return value;
        }
        let of = |options: &[Offer]| {
            let found = options.iter().find(|option| option.0 == value);
            found.map(|option| option.1.clone())
        };
        self.options
            .with(|options| of(options))
            .or_else(|| self.chosen.with(|chosen| of(chosen.as_slice())))
            .or_else(|| self.words.get())
            .unwrap_or(value)
    }

    /// The person typed `text`.
    pub(super) fn type_in(self, text: String) {
        if self.free {
            let value = self.exact(&text).map_or_else(|| text.clone(), |option| option.0);
            self.set(value);
        }
        let over = self.value.get_untracked();
        self.draft.set(Some(Draft { text, over }));
    }

    /// The person chose `option`.
    pub(super) fn choose(self, option: Offer) {
        self.set(option.0.clone());
        self.chosen.set(Some(option));
        self.draft.set(None);
    }

    /// Makes a value of what was typed, or goes back to the value there is. Nothing typed is no value.
    pub(super) fn settle(self) {
        let Some(text) = untrack(|| self.typed()) else {
            return self.draft.set(None);
        };
        match self.exact(&text) {
            Some(option) => return self.choose(option),
            None if self.free || text.trim().is_empty() => self.set(text.trim().to_owned()),
            None => {}
        }
        self.draft.set(None);
    }

    /// Goes back to the value there was before typing. Whether that changed anything.
    pub(super) fn forget(self) -> bool {
        let is_typed = !self.free && untrack(|| self.typed()).is_some();
        if is_typed {
            self.draft.set(None);
        }
        is_typed
    }

    /// The option that is called `text`.
    fn exact(self, text: &str) -> Option<Offer> {
        if text.trim().is_empty() {
            return None;
        }
        self.options.with_untracked(|options| {
            let found = options.iter().find(|option| is_same(&option.1, text));
            found.cloned()
        })
    }

    fn set(self, value: String) {
        if self.value.with_untracked(|before| *before != value) {
            self.value.set(value);
        }
    }
}

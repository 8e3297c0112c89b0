//! Which of the offers Enter means.

use leptos::prelude::*;

use super::item::PaletteGroup;
use crate::ui::roving::{Step, step};

/// The offer that Enter means. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    groups: Memo<Vec<PaletteGroup>>,
    pending: Signal<bool>,
    /// Where the person went by arrow or pointer.
    gone_to: RwSignal<Option<String>>,
    /// Enter was pressed before its answer was there.
    awaited: RwSignal<bool>,
    active: Memo<Option<String>>,
}

impl Choice {
    /// A choice among `groups`. While `pending` there may be more, or others.
    pub(super) fn new(
        groups: Memo<Vec<PaletteGroup>>,
        pending: Signal<bool>,
        on_choose: Callback<String>,
    ) -> Self {
        let gone_to = RwSignal::new(None::<String>);
        let active = Memo::new(move |_| {
            groups.with(|groups| {
                let gone_to = gone_to.get().filter(|key| keys(groups).any(|known| known == key));
                gone_to.or_else(|| keys(groups).next().cloned())
            })
        });
        let choice = Self {
            groups,
            pending,
            gone_to,
            awaited: RwSignal::new(false),
            active,
        };
        // The answer comes from outside of the signals that Enter could read: it is waited for here.
        Effect::new(move |_| {
            if !choice.awaited.get() {
                return;
            }
            if let Some(key) = choice.settled() {
                choice.awaited.set(false);
                on_choose.run(key);
            } else if !pending.get() {
                choice.awaited.set(false);
            }
        });
        choice
    }

    /// The key of the offer that Enter means now.
    pub(super) fn active(self) -> Option<String> {
        self.active.get()
    }

    /// Whether that is the offer with `key`.
    pub(super) fn is_active(self, key: &str) -> bool {
        self.active
            .with(|active| active.as_deref().is_some_and(|active| active == key))
    }

    /// Goes on by arrow.
    pub(super) fn go(self, towards: Step) {
        let active = self.active.get_untracked();
        let next = self.groups.with_untracked(|groups| {
            let all: Vec<&String> = keys(groups).collect();
            let now = active.and_then(|active| all.iter().position(|key| **key == active));
            step(towards, now, all.len()).map(|next| all[next].clone())
        });
        if next.is_some() {
            self.gone_to.set(next);
        }
    }

    /// Goes to the offer with `key`.
    pub(super) fn point(self, key: &str) {
        if !self
            .active
            .with_untracked(|active| active.as_deref() == Some(key))
        {
            self.gone_to.set(Some(key.to_owned()));
        }
    }

    /// Something else was typed: the best offer is meant again.
    pub(super) fn restart(self) {
        self.gone_to.set(None);
        self.awaited.set(false);
    }

    /// Enter. What the person saw and went to is chosen at once; the first of what is about to be replaced is not.
    pub(super) fn enter(self, on_choose: Callback<String>) {
        let seen = self.gone_to.with_untracked(Option::is_some);
        let key = if seen {
            self.active.get_untracked()
        } else {
            untrack(move || self.settled())
        };
        match key {
            Some(key) => on_choose.run(key),
            None => self.awaited.set(self.pending.get_untracked()),
        }
    }

    /// The active offer, if it is here to stay.
    fn settled(self) -> Option<String> {
        let active = self.active.get()?;
        self.groups.with(|groups| {
            let group = groups
                .iter()
                .find(|group| group.items.iter().any(|item| item.key == active));
            group.is_some_and(|group| group.settled).then_some(active)
        })
    }
}

fn keys(groups: &[PaletteGroup]) -> impl Iterator<Item = &String> {
    groups.iter().flat_map(|group| &group.items).map(|item| &item.key)
}

//! What a field for tags holds, and what it says when that changes.

use leptos::prelude::*;

use super::tags::{Limits, Refusal, add, finished, tags_in};
use crate::i18n::texts::{common, parts};
use crate::i18n::{I18n, Message, use_i18n};
use crate::ui::announcer::Announcer;

/// The tags and the text of the next one.
#[derive(Clone, Copy)]
pub(super) struct Held {
    i18n: I18n,
    announcer: Announcer,
    pub(super) tags: RwSignal<Vec<String>>,
    limits: Limits,
    pub(super) text: RwSignal<String>,
    /// The last tag is the one that Backspace takes away.
    pub(super) marked: RwSignal<bool>,
    /// Why what was written last was not added.
    refusal: RwSignal<Option<Refusal>>,
}

impl Held {
    /// What a field for `tags` starts with.
    pub(super) fn new(announcer: Announcer, tags: RwSignal<Vec<String>>, limits: Limits) -> Self {
        Self {
            i18n: use_i18n(),
            announcer,
            tags,
            limits,
            text: RwSignal::new(String::new()),
            marked: RwSignal::new(false),
            refusal: RwSignal::new(None),
        }
    }

    /// The person typed `text`; all up to the last comma is added.
    pub(super) fn type_in(self, text: String) {
        self.marked.set(false);
        if let Some((before, rest)) = finished(&text) {
            self.add_and_keep(before, rest);
        } else {
            self.refusal.set(None);
            self.text.set(text);
        }
    }

    /// Adds what was typed. Whether there was anything.
    pub(super) fn add_typed(self) -> bool {
        let text = self.text.get_untracked();
        let is_something = !text.trim().is_empty();
        if is_something {
            self.add_and_keep(&text, "");
        }
        is_something
    }

    /// Adds the tags in `text`. What cannot be added stays in the field before `rest`, save for what is there already.
    pub(super) fn add_and_keep(self, text: &str, rest: &str) {
        let mut tags = self.tags.get_untracked();
        let (mut added, mut kept, mut refusal) = (Vec::new(), Vec::new(), None);
        for tag in tags_in(text) {
            match add(&mut tags, tag.clone(), self.limits) {
                Ok(()) => added.push(tag),
                Err(why) => {
                    if !matches!(why, Refusal::Twice(_)) {
                        kept.push(tag);
                    }
                    refusal.get_or_insert(why);
                }
            }
        }
        self.say_added(&added, refusal.as_ref());
        if !added.is_empty() {
            self.tags.set(tags);
        }
        kept.extend((!rest.is_empty()).then(|| rest.to_owned()));
        self.text.set(kept.join(", "));
        self.refusal.set(refusal);
        self.marked.set(false);
    }

    fn say_added(self, added: &[String], refusal: Option<&Refusal>) {
        let done = (!added.is_empty()).then(|| self.i18n.message(&parts::tags_added(added.join(", "))));
        // Said once, not at every letter that is typed behind it.
        let is_new = self.refusal.with_untracked(|before| before.as_ref() != refusal);
        let refused = refusal.filter(|_| is_new).map(|refusal| self.reason(refusal));
        let words: Vec<String> = done.into_iter().chain(refused).collect();
        if !words.is_empty() {
            self.announcer.announce(words.join(" "));
        }
    }

    /// Why what was written last was not added, in words.
    pub(super) fn refused(self) -> Option<String> {
        self.refusal
            .with(|refusal| refusal.as_ref().map(|refusal| self.reason(refusal)))
    }

    fn reason(self, refusal: &Refusal) -> String {
        let words: Message = match refusal {
            Refusal::Twice(tag) => parts::tag_twice(tag.clone()),
            Refusal::Full(limit) => common::field_too_many(limit.to_string()),
            Refusal::TooLong(limit) => common::field_too_long(limit.to_string()),
        };
        self.i18n.message(&words)
    }

    /// Takes `tag` away.
    pub(super) fn remove(self, tag: &str) {
        self.marked.set(false);
        self.refusal.set(None);
        self.tags.update(|tags| tags.retain(|other| other != tag));
        let words = parts::tag_removed(tag.to_owned());
        self.announcer.announce(self.i18n.message(&words));
    }

    /// Marks the last tag, or takes away the one that is marked. Whether there was one.
    pub(super) fn go_back(self) -> bool {
        let Some(last) = self.tags.with_untracked(|tags| tags.last().cloned()) else {
            return false;
        };
        if self.marked.get_untracked() {
            self.remove(&last);
        } else {
            self.marked.set(true);
            self.announcer
                .announce(self.i18n.message(&parts::tag_marked(last)));
        }
        true
    }
}

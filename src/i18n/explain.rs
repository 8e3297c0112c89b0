//! What a failure says to the person: what happened, what to do, and a number to quote.

use super::I18n;
use super::message::Message;
use super::texts::common;

/// A failure in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What happened.
    pub title: Message,
    /// What to do about it.
    pub hint: Message,
    /// Names the request in the backend's log.
    pub reference: Option<String>,
    /// Whether trying again may help.
    pub retry: bool,
}

impl Explanation {
    /// What happened and what to do, one after the other, as the language puts them.
    pub fn in_a_line(&self, i18n: I18n) -> String {
        let line = common::title_and_hint(i18n.message(&self.hint), i18n.message(&self.title));
        i18n.message(&line)
    }
}

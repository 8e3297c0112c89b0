//! What a failure says to the person: what happened, what to do, and a number to quote.

use super::message::Message;

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

//! What somebody typed and has not sent yet. It is kept on the device, so that a session that ends, a reload or a crash
//! takes nothing away.
//!
//! It is kept for this tab only and encrypted with a key that the backend gives to its owner at each sign-in and that is
//! held in memory: on the device there is nothing to read, and nobody else who signs in gets to see it.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::api::{Client, use_client};
use crate::platform::{clock, crypto, leaving, tab_storage, task};

/// Milliseconds of quiet after which what was typed is kept.
const PAUSE_MS: u32 = 300;

/// The draft of one form. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Draft {
    /// Names the form and the record it is about. Neither a name nor an address: it is stored as it is.
    name: StoredValue<String>,
    client: Client,
    turn: StoredValue<u32>,
    /// What was kept is looked up first, and changes are kept afterwards.
    ready: RwSignal<bool>,
}

impl Draft {
    /// The draft of the form `name`.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: StoredValue::new(name.into()),
            client: use_client(),
            turn: StoredValue::new(0),
            ready: RwSignal::new(false),
        }
    }

    /// What was kept, once. What cannot be read is forgotten: it is somebody else's or of another version.
    pub async fn kept<T: DeserializeOwned>(self) -> Option<T> {
        let name = self.name.try_get_value()?;
        let kept = match (tab_storage::get(&name), self.client.draft_key()) {
            (Some(sealed), Some(key)) => crypto::open(key.reveal(), &name, &sealed).await,
            _ => None,
        };
        let kept = kept.and_then(|text| serde_json::from_str(&text).ok());
        if kept.is_none() {
            tab_storage::remove(&name);
        }
        self.ready.try_set(true);
        kept
    }

    /// Keeps what `unsent` says from now on, whenever it changes, and nothing as long as it says nothing. Closing the
    /// page with something unsent lets the browser ask.
    pub fn follow<T>(self, unsent: impl Fn() -> Option<T> + Copy + 'static)
    where
        T: Serialize + 'static,
    {
        leaving::ask_before(move || untrack(unsent).is_some());
        Effect::new(move |_| {
            if !self.ready.get() {
                return;
            }
            let text = unsent().and_then(|unsent| serde_json::to_string(&unsent).ok());
            match text {
                Some(text) => self.keep(text),
                None => self.forget(),
            }
        });
    }

    /// Keeps `text` unless something newer comes within a moment.
    fn keep(self, text: String) {
        let turn = self.next_turn();
        // The key as it is now: a session that ends in the next moment takes it away.
        let (Some(name), Some(key)) = (self.name.try_get_value(), self.client.draft_key()) else {
            return;
        };
        // Not given up with the screen: the last letters before somebody leaves count as well.
        let is_newest = move || self.turn.try_get_value().is_none_or(|newest| newest == turn);
        task::detached(async move {
            clock::sleep(PAUSE_MS).await;
            if !is_newest() {
                return;
            }
            let sealed = crypto::seal(key.reveal(), &name, &text).await;
            if let Some(sealed) = sealed.filter(|_| is_newest()) {
                tab_storage::set(&name, &sealed);
            }
        });
    }

    /// Forgets it: it was sent, or is not wanted any more.
    pub fn forget(self) {
        self.next_turn();
        if let Some(name) = self.name.try_get_value() {
            tab_storage::remove(&name);
        }
    }

    fn next_turn(self) -> u32 {
        let next = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        next.unwrap_or_default()
    }
}

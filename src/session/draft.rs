//! What somebody typed and has not sent yet. It is kept on the device, so that a session that ends, a reload or a crash
//! takes nothing away.
//!
//! It is kept for this tab only and encrypted with a key that the backend gives to its owner at each sign-in and that is
//! held in memory: on the device there is nothing to read, and nobody else who signs in gets to see it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;
use portico_contract::auth::DraftKey;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::api::{Client, use_client};
use crate::platform::{clock, crypto, leaving, tab_storage, task};

/// Milliseconds of quiet after which what was typed is kept.
const PAUSE_MS: u32 = 300;

/// The place on the device where one form's draft is kept. It outlives the screen.
#[derive(Clone, Debug)]
pub struct DraftPlace {
    /// Names the form and the record it is about. Neither a name nor an address: it is stored as it is.
    name: Arc<str>,
    /// Counts what was kept or forgotten: only the newest is written.
    turn: Arc<AtomicU32>,
}

impl DraftPlace {
    /// Forgets what is kept: it was sent, or is not wanted any more.
    pub fn forget(&self) {
        self.next_turn();
        tab_storage::remove(&self.name);
    }

    /// Keeps `text` under `key` unless something newer comes within a moment.
    fn keep(self, key: DraftKey, text: String) {
        let turn = self.next_turn();
        let is_newest = move |turns: &AtomicU32| turns.load(Ordering::Relaxed) == turn;
        // Not given up with the screen: the last letters before somebody leaves count as well.
        task::detached(async move {
            clock::sleep(PAUSE_MS).await;
            if !is_newest(&self.turn) {
                return;
            }
            let sealed = crypto::seal(key.reveal(), &self.name, &text).await;
            if let Some(sealed) = sealed.filter(|_| is_newest(&self.turn)) {
                tab_storage::set(&self.name, &sealed);
            }
        });
    }

    fn next_turn(&self) -> u32 {
        self.turn.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
    }
}

/// The draft of one form. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Draft {
    place: StoredValue<DraftPlace>,
    client: Client,
    /// What was kept is looked up first, and changes are kept afterwards.
    ready: RwSignal<bool>,
}

impl Draft {
    /// The draft of the form `name`.
    pub fn new(name: &str) -> Self {
        let place = DraftPlace {
            name: name.into(),
            turn: Arc::default(),
        };
        Self {
            place: StoredValue::new(place),
            client: use_client(),
            ready: RwSignal::new(false),
        }
    }

    /// Where it is kept, for what goes on when the screen is left.
    pub fn place(self) -> DraftPlace {
        self.place.get_value()
    }

    /// What was kept, once. What cannot be read is forgotten: it is somebody else's or of another version.
    pub async fn kept<T: DeserializeOwned>(self) -> Option<T> {
        let name = self.place.try_get_value()?.name;
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
            // The key as it is now: a session that ends in the next moment takes it away.
            match (text, self.client.draft_key()) {
                (Some(text), Some(key)) => self.place().keep(key, text),
                (Some(_), None) => {}
                (None, _) => self.place().forget(),
            }
        });
    }
}

//! What every page behind the sign-in needs beside its own code and texts: the style sheet that the sign-in does without.

use leptos::prelude::*;

use crate::platform::{clock, style_sheet, task};

/// Milliseconds between tries to load it.
const RETRY_MS: u32 = 2_000;

/// Whether the pages behind the sign-in can be shown as they are meant. Cheap to copy; in a context.
#[derive(Clone, Copy, Debug)]
pub struct Inside {
    asked: StoredValue<bool>,
    ready: RwSignal<bool>,
}

impl Inside {
    /// Nothing is loaded yet.
    pub fn new() -> Self {
        Self {
            asked: StoredValue::new(false),
            ready: RwSignal::new(false),
        }
    }

    /// Loads it, however often that takes, if nobody has asked for it yet.
    pub fn load(self) {
        if self.asked.get_value() {
            return;
        }
        self.asked.set_value(true);
        task::detached(async move {
            while !style_sheet::load().await {
                clock::sleep(RETRY_MS).await;
            }
            self.ready.try_set(true);
        });
    }

    /// Whether it is there, tracked.
    pub fn is_ready(self) -> bool {
        self.ready.get()
    }
}

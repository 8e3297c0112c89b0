//! What the backend says of itself before anybody is signed in.

use leptos::prelude::*;
use portico_contract::auth::Maintenance;

use crate::api::auth::FirstWords;
use crate::api::{Client, auth};
use crate::platform::{clock, task};

/// Milliseconds between questions to a backend that does not answer.
const RETRY_MS: u32 = 10_000;

/// The backend's first words. Cheap to copy; in a context.
#[derive(Clone, Copy)]
pub struct Policy(RwSignal<FirstWords>);

impl Policy {
    /// Asks the backend, until it says.
    pub fn ask(client: Client) -> Self {
        let words = RwSignal::new(FirstWords::default());
        task::detached(async move {
            loop {
                match auth::first_words(client).await {
                    Ok(answer) => return words.set(answer),
                    Err(error) if error.is_transient() => clock::sleep(RETRY_MS).await,
                    Err(_) => return,
                }
            }
        });
        Self(words)
    }

    /// Whether the data is invented, which everybody must be told; tracked, as all of it. No until it is known.
    pub fn is_demo(self) -> bool {
        self.0.with(|words| words.demo)
    }

    /// Whether one may stay signed in when the browser is closed.
    pub fn may_remember(self) -> bool {
        self.0.with(|words| words.remember_days.is_some())
    }

    /// When the backend will be, or is, looked after.
    pub fn maintenance(self) -> Option<Maintenance> {
        self.0.with(|words| words.maintenance.clone())
    }
}

/// The backend's first words, from context.
pub fn use_policy() -> Policy {
    expect_context()
}

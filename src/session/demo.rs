//! Whether the data is invented, which everybody must be told.

use leptos::prelude::*;

use crate::api::{Client, auth};
use crate::platform::{clock, task};

/// Milliseconds between questions to a backend that does not answer.
const RETRY_MS: u32 = 10_000;

/// Whether the backend runs with demonstration data. Cheap to copy; in a context.
#[derive(Clone, Copy)]
pub struct Demo(RwSignal<bool>);

impl Demo {
    /// Asks the backend, until it says.
    pub fn ask(client: Client) -> Self {
        let demo = RwSignal::new(false);
        task::detached(async move {
            loop {
                match auth::is_demo(client).await {
                    Ok(answer) => return demo.set(answer),
                    Err(error) if error.is_transient() => clock::sleep(RETRY_MS).await,
                    Err(_) => return,
                }
            }
        });
        Self(demo)
    }

    /// The answer, tracked; no until it is known.
    pub fn get(self) -> bool {
        self.0.get()
    }
}

/// The answer, from context.
pub fn use_demo() -> Demo {
    expect_context()
}

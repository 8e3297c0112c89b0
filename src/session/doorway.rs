//! What the pages before the sign-in tell each other, so that nobody is asked for the same twice. In memory only: it
//! stands neither in the address nor on the device.

use leptos::prelude::*;
use portico_contract::auth::PasswordChange;

/// What is known of the person who is coming in. Cheap to copy; in a context.
#[derive(Clone, Copy, Debug)]
pub struct Doorway {
    /// What was typed as identifier, on whichever page.
    pub identifier: RwSignal<String>,
    /// The sign-in waits for a new password.
    pub password_change: RwSignal<Option<PasswordChange>>,
}

impl Doorway {
    /// Nobody is there yet. Call once, in `app/providers.rs`.
    #[expect(
        clippy::new_without_default,
        reason = "it is made once and belongs to the owner that makes it"
    )]
    pub fn new() -> Self {
        Self {
            identifier: RwSignal::new(String::new()),
            password_change: RwSignal::new(None),
        }
    }
}

/// From context.
pub fn use_doorway() -> Doorway {
    expect_context()
}

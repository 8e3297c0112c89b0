//! What the pages before the sign-in tell each other, so that nobody is asked for the same twice. In memory only: it
//! stands neither in the address nor on the device.

use leptos::prelude::*;

use super::step::PendingStep;

/// What is known of the person who is coming in. Cheap to copy; in a context.
#[derive(Clone, Copy, Debug)]
pub struct Doorway {
    /// What was typed as identifier, on whichever page.
    pub identifier: RwSignal<String>,
    /// What the sign-in waits for, if one is under way.
    pub step: RwSignal<Option<PendingStep>>,
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
            step: RwSignal::new(None),
        }
    }

    /// Takes over what a sign-in waits for now. Whoever is in leaves nothing behind.
    pub fn take(self, pending: Option<PendingStep>) {
        if pending.is_none() {
            self.identifier.set(String::new());
        }
        self.step.set(pending);
    }

    /// Lets go of what the sign-in waits for, if `is_meant` says that it is that.
    pub fn let_go(self, is_meant: impl FnOnce(&PendingStep) -> bool) {
        let is_held = self
            .step
            .with_untracked(|step| step.as_ref().is_some_and(is_meant));
        if is_held {
            self.step.set(None);
        }
    }
}

/// From context.
pub fn use_doorway() -> Doorway {
    expect_context()
}

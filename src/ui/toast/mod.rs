//! Short messages about what was just done, with a way to take it back.

mod countdown;
mod region;

pub use region::ToastRegion;

use std::fmt;

use leptos::prelude::*;

use super::tone::Tone;

/// How long a toast without and with an action stays.
const STAY_MS: u32 = 5_000;
const STAY_WITH_ACTION_MS: u32 = 10_000;
/// More than these would cover the screen; the oldest makes room.
const MOST: usize = 4;

/// A message.
#[derive(Clone)]
pub struct Toast {
    text: String,
    tone: Tone,
    action: Option<(String, Callback<()>)>,
    ms: u32,
}

impl Toast {
    /// One that says `text`.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            tone,
            action: None,
            ms: STAY_MS,
        }
    }

    /// With a button `label` that does `run` and takes the toast away. It stays for ten seconds. If the screen that
    /// made `run` is gone by then, the button only takes the toast away.
    #[must_use]
    pub fn action(mut self, label: impl Into<String>, run: Callback<()>) -> Self {
        self.action = Some((label.into(), run));
        self.ms = STAY_WITH_ACTION_MS;
        self
    }

    /// Stays for `ms` milliseconds of not being looked at.
    #[must_use]
    pub fn staying(mut self, ms: u32) -> Self {
        self.ms = ms;
        self
    }
}

impl fmt::Debug for Toast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the text: it may hold a customer's name.
        f.debug_struct("Toast")
            .field("tone", &self.tone)
            .field("ms", &self.ms)
            .finish_non_exhaustive()
    }
}

/// The toasts that are shown. Cheap to copy; one for the frame, in context. What is shown after the frame has gone is not
/// seen: a write may end when its person has left.
#[derive(Clone, Copy, Debug)]
pub struct Toasts {
    shown: RwSignal<Vec<(u64, Toast)>>,
    next: StoredValue<u64>,
}

impl Toasts {
    /// None yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made once and belongs to the owner that makes it"
    )]
    pub fn new() -> Self {
        Self {
            shown: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
        }
    }

    /// Shows `toast`. The answer names it for [`Toasts::dismiss`].
    pub fn show(self, toast: Toast) -> u64 {
        let id = self.next.try_get_value().unwrap_or_default();
        self.next.try_set_value(id + 1);
        let _ = self.shown.try_update(|shown| {
            shown.push((id, toast));
            let surplus = shown.len().saturating_sub(MOST);
            shown.drain(..surplus);
        });
        id
    }

    /// Takes the toast away, if it is still there.
    pub fn dismiss(self, id: u64) {
        let _ = self
            .shown
            .try_update(|shown| shown.retain(|(shown, _)| *shown != id));
    }
}

/// The toasts, from context.
pub fn use_toasts() -> Toasts {
    expect_context()
}

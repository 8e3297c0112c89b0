//! Words for screen readers only: the result of a search, a moved card, a new page.

use leptos::prelude::*;

/// Says things to screen readers. Cheap to copy; one for the front door and one for the frame, in context.
#[derive(Clone, Copy, Debug)]
pub struct Announcer {
    said: RwSignal<(usize, String)>,
}

impl Announcer {
    /// A new one that has said nothing yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made once and belongs to the owner that makes it"
    )]
    pub fn new() -> Self {
        Self {
            said: RwSignal::new((0, String::new())),
        }
    }

    /// Says `text` when the screen reader is free.
    pub fn announce(self, text: impl Into<String>) {
        let text = text.into();
        // Lost only together with the frame.
        let _ = self.said.try_update(|said| *said = (said.0 + 1, text));
    }

    /// What place `index` of the two says now. They take turns: a region that gets the same words twice stays silent.
    fn said_in(self, index: usize) -> String {
        self.said.with(|(count, text)| {
            if count % 2 == index {
                text.clone()
            } else {
                String::new()
            }
        })
    }
}

/// The announcer, from context.
pub fn use_announcer() -> Announcer {
    expect_context()
}

/// Where the announcer of the context speaks. Once in the page, and from its start: a region that appears with its words is not read.
#[component]
pub fn LiveRegion() -> impl IntoView {
    let announcer = use_announcer();
    view! {
        <div class="visually-hidden">
            <p aria-live="polite" aria-atomic="true">{move || announcer.said_in(0)}</p>
            <p aria-live="polite" aria-atomic="true">{move || announcer.said_in(1)}</p>
        </div>
    }
}

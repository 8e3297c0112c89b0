//! Words of a part for screen readers, said inside of the part: what lies outside of an open dialog is not read.

use leptos::context::Provider;
use leptos::prelude::*;

use super::announcer::{Announcer, LiveRegion};
use crate::platform::{clock, task};

/// Milliseconds that words must stay the same before they are said: nobody wants to hear a count at every key.
const CALM_MS: u32 = 600;

/// Where `announcer` speaks.
#[component]
pub(super) fn Spoken(announcer: Announcer) -> impl IntoView {
    view! { <Provider value=announcer><LiveRegion/></Provider> }
}

/// Says each change of `words` once it has settled.
pub(super) fn say_settled(announcer: Announcer, words: impl Fn() -> Option<String> + Send + Sync + 'static) {
    let words = Memo::new(move |_| words());
    Effect::new(move |before: Option<Option<String>>| {
        let now = words.get();
        // What is there from the start is read with the part itself.
        if let Some(words) = now.clone()
            && before.is_some()
        {
            // The next run of the effect, and the end of the part, drop it.
            task::scoped(async move {
                clock::sleep(CALM_MS).await;
                announcer.announce(words);
            });
        }
        now
    });
}

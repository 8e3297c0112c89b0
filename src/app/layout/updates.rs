//! Whether the site has a newer build than the one that runs.

use leptos::prelude::*;

use crate::platform::{build, clock, network, task};

/// Milliseconds between looks: a page may stay open for days.
const PAUSE_MS: u32 = 30 * 60 * 1_000;

/// Becomes true once a newer build is found: on arrival, whenever the page is looked at again, and from time to time.
/// Nothing else happens: when to load the page anew is for the person to say.
pub fn newer_build() -> RwSignal<bool> {
    let found = RwSignal::new(false);
    let Some(running) = build::running() else {
        return found;
    };
    let running = StoredValue::new(running);
    network::on_wake(move |_| task::detached(look(running, found)));
    task::scoped(async move {
        loop {
            look(running, found).await;
            clock::sleep(PAUSE_MS).await;
        }
    });
    found
}

/// Looks once, unless there is nothing left to find. A site that does not answer has no newer build.
async fn look(running: StoredValue<String>, found: RwSignal<bool>) {
    if found.try_get_untracked() != Some(false) {
        return;
    }
    if let Ok(Some(published)) = build::published().await
        && running.try_with_value(|running| *running != published) == Some(true)
    {
        found.try_set(true);
    }
}

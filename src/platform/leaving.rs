//! Leaving the page: closing it, reloading it, going to another site.

use leptos::prelude::*;

/// Lets the browser ask before the page is left as long as `would_lose` says so, until the owner is cleaned up. The words
/// are the browser's own.
pub fn ask_before(would_lose: impl Fn() -> bool + 'static) {
    let handle = window_event_listener(leptos::ev::beforeunload, move |event| {
        if would_lose() {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

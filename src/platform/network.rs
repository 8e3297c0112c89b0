//! Whether there is a network, as far as the browser knows, and the moments when a page comes back to life.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Follows the browser's opinion of the network. It is right about "offline" and only hopeful about "online".
pub fn online() -> ReadSignal<bool> {
    let (online, set_online) = signal(is_online());
    for (event, value) in [("online", true), ("offline", false)] {
        on_window(event, move |_| set_online.set(value));
    }
    online
}

/// Calls `woken` when the page is shown again after having been hidden, frozen or kept for Back; the flag says whether
/// it was kept for Back, when it may have slept through anything.
pub fn on_wake(woken: impl Fn(bool) + Clone + 'static) {
    let shown = woken.clone();
    on_window("pageshow", move |event| {
        let persisted = event
            .dyn_ref::<web_sys::PageTransitionEvent>()
            .is_some_and(web_sys::PageTransitionEvent::persisted);
        if persisted {
            shown(true);
        }
    });
    on_window("visibilitychange", move |_| {
        let visible = super::window()
            .document()
            .is_some_and(|d| d.visibility_state() == web_sys::VisibilityState::Visible);
        if visible {
            woken(false);
        }
    });
}

/// Whether there is a network right now, in the browser's opinion.
pub fn is_online() -> bool {
    super::window().navigator().on_line()
}

/// Listens on the window until the owner is cleaned up.
pub(super) fn on_window(event: &'static str, heard: impl Fn(web_sys::Event) + 'static) {
    let handle = window_event_listener_untyped(event, heard);
    on_cleanup(move || handle.remove());
}

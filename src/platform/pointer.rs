//! Mouse, finger and pen.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, PointerEvent};

/// Whether `event` comes from a mouse. A finger scrolls and zooms too, and a pen does what a finger does.
pub fn is_mouse(event: &PointerEvent) -> bool {
    event.pointer_type() == "mouse"
}

/// Lets `element` hear all that the pointer `id` does, wherever it goes, until it is let go of.
pub fn capture(element: &HtmlElement, id: i32) {
    // Refused only if the pointer has gone in the meantime; then there is nothing to hear.
    let _ = element.set_pointer_capture(id);
}

/// Keeps the browser from doing its own with `event`, where it still lets itself be kept from it.
pub fn keep(event: &Event) {
    if event.cancelable() {
        event.prevent_default();
    }
}

/// The element that listens to `event`.
pub fn listener(event: &Event) -> Option<HtmlElement> {
    event.current_target()?.dyn_into().ok()
}

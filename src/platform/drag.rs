//! Dragging with the mouse.

use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element};

/// Starts a move. Nothing of the record goes into the drag's data: another program could read it there.
pub fn start(event: &DragEvent) {
    if let Some(transfer) = event.data_transfer() {
        transfer.set_effect_allowed("move");
        // Firefox starts no drag without data.
        let _ = transfer.set_data("text/plain", "");
    }
}

/// Accepts the drag here.
pub fn accept(event: &DragEvent) {
    event.prevent_default();
    if let Some(transfer) = event.data_transfer() {
        transfer.set_drop_effect("move");
    }
}

/// Whether the pointer is in the lower half of the element that listens.
pub fn below_middle(event: &DragEvent) -> bool {
    let element = event
        .current_target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| {
        let rect = element.get_bounding_client_rect();
        f64::from(event.client_y()) > rect.top() + rect.height() / 2.0
    })
}

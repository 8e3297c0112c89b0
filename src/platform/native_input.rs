//! What an input knows that its markup does not say.

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event, HtmlInputElement, InputEvent};

/// Puts `text` into `input` unless it holds it already: setting the same text again would take away what is filled in
/// halfway, such as a date without its year.
pub fn set_text(input: &HtmlInputElement, text: &str) {
    if input.value() != text {
        input.set_value(text);
    }
}

/// Whether something is filled in that `input` itself cannot make sense of.
pub fn is_halfway(input: &HtmlInputElement) -> bool {
    input.validity().bad_input()
}

/// Whether the cursor stands before the first letter, with nothing selected.
pub fn at_start(input: &HtmlInputElement) -> bool {
    let place = |place: Result<Option<u32>, _>| place.ok().flatten();
    place(input.selection_start()) == Some(0) && place(input.selection_end()) == Some(0)
}

/// Selects all that is filled in, so that typing replaces it.
pub fn select_all(input: &HtmlInputElement) {
    input.select();
}

/// Whether `event` comes while an input method is still at work: what is filled in is not what will be.
pub fn is_composing(event: &Event) -> bool {
    event
        .dyn_ref::<InputEvent>()
        .is_some_and(InputEvent::is_composing)
}

/// The text that `event` pastes.
pub fn pasted(event: &ClipboardEvent) -> Option<String> {
    event.clipboard_data()?.get_data("text/plain").ok()
}

//! What an input knows that its markup does not say.

use web_sys::HtmlInputElement;

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

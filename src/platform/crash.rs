//! What happens when the program itself fails. WebAssembly cannot go on after a panic, so the hook shows the screen that
//! `app/crash.rs` keeps ready in the page; it works without the program.

/// Shows the element with `id` when the program panics, hides the application, and writes the place (never the message,
/// which may hold personal data) to the console.
pub fn on_panic_show(id: &'static str) {
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location().map_or_else(String::new, ToString::to_string);
        web_sys::console::error_1(&format!("Portico stopped at {place}").into());
        let Some(document) = web_sys::window().and_then(|window| window.document()) else {
            return;
        };
        if let Some(screen) = document.get_element_by_id(id) {
            let _ = screen.remove_attribute("hidden");
        }
        if let Some(root) = document.document_element() {
            let _ = root.set_attribute("data-crashed", "");
        }
    }));
}

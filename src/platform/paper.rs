//! Paper.

/// Lets the browser print the page.
pub fn print() {
    // A browser that cannot print, or was told not to, says so by itself or not at all.
    let _ = super::window().print();
}

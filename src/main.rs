//! Starts Portico in the page.

fn main() {
    portico::app::start();
}

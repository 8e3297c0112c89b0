//! Whether somebody is there.

use super::network::on_window;

/// What only a person does.
const SIGNS: [&str; 3] = ["pointerdown", "keydown", "wheel"];

/// Calls `noticed` whenever a person does something in this page, until the owner is cleaned up.
pub fn on_activity(noticed: impl Fn() + Clone + 'static) {
    for sign in SIGNS {
        let noticed = noticed.clone();
        on_window(sign, move |_| noticed());
    }
}

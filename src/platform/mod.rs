//! The browser: the only module that calls `web_sys` and `js_sys` directly. Everything else asks for what it means
//! (the stored theme, the time, a lock), not for how the browser provides it.

pub mod activity;
mod base64url;
pub mod broadcast;
pub mod browser;
pub mod build;
pub mod clipboard;
pub mod clock;
pub mod crash;
pub mod crypto;
pub mod dialog;
pub mod document;
pub mod download;
pub mod early_form;
pub mod http;
pub mod intl;
pub mod keyboard;
pub mod leaving;
pub mod location;
pub mod lock;
pub mod native_input;
pub mod network;
pub mod paper;
pub mod passkeys;
pub mod pointer;
pub mod service_worker;
pub mod storage;
pub mod strength;
pub mod style_sheet;
pub mod tab_storage;
pub mod task;
pub mod viewport;
pub mod web_otp;

use web_sys::Window;

#[expect(
    clippy::expect_used,
    reason = "the application runs in a window or not at all"
)]
fn window() -> Window {
    web_sys::window().expect("a window")
}

//! The service worker `public/sw.js`, which keeps the application's files on the device.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::{build, clock, task};

/// One of the few addresses that the gate for scripts (`public/tt.js`) lets through.
const SCRIPT: &str = "/sw.js";

/// Milliseconds after the first screen in which everything else comes first.
const PATIENCE_MS: u32 = 2_000;

/// Starts the service worker once the browser has nothing better to do. Not in development, where files have no names
/// that last, and not for somebody who wants data saved.
pub fn register_when_idle() {
    let navigator = super::window().navigator();
    let named = |object: &JsValue, name: &str| Reflect::get(object, &JsValue::from_str(name)).ok();
    let saves_data = named(&navigator, "connection")
        .and_then(|connection| named(&connection, "saveData"))
        .is_some_and(|saves| saves.is_truthy());
    // Missing without HTTPS.
    let exists = named(&navigator, "serviceWorker").is_some_and(|container| container.is_object());
    if !exists || saves_data || build::running().is_none() {
        return;
    }
    task::detached(async move {
        clock::sleep(PATIENCE_MS).await;
        clock::idle().await;
        // Without it everything works but a start without a network.
        let _ = JsFuture::from(navigator.service_worker().register(SCRIPT)).await;
    });
}

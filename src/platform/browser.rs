//! The browser as such: what it can do and how it describes itself.

use js_sys::{Date, Reflect};
use wasm_bindgen::JsValue;

use super::{intl, storage};

/// What of the things that Portico uses this browser lacks, or keeps from this page.
pub fn lacking() -> Vec<&'static str> {
    let window = super::window();
    let navigator: JsValue = window.navigator().into();
    let has = |object: &JsValue, name: &str| {
        Reflect::get(object, &JsValue::from_str(name)).is_ok_and(|found| found.is_truthy())
    };
    let mut lacking: Vec<&'static str> = ["Worker", "BroadcastChannel", "AbortController", "WebAssembly"]
        .into_iter()
        .filter(|name| !has(&window, name))
        .collect();
    let of_navigator = ["locks", "serviceWorker", "clipboard"];
    lacking.extend(of_navigator.into_iter().filter(|name| !has(&navigator, name)));
    if !storage::is_usable() {
        lacking.push("localStorage");
    }
    lacking
}

/// Whether the browser keeps cookies, as far as can be seen from here.
pub fn keeps_cookies() -> bool {
    let navigator: JsValue = super::window().navigator().into();
    // One that does not say so is believed to.
    let says_so = Reflect::get(&navigator, &JsValue::from_str("cookieEnabled"))
        .is_ok_and(|it| it.as_bool() != Some(false));
    // Chromium goes on saying so for a site whose cookies it blocks, but then lets it store nothing else either.
    says_so && super::storage::is_usable()
}

/// How the browser describes itself to every site.
pub fn description() -> Vec<(&'static str, String)> {
    let window = super::window();
    let size = |length: Result<JsValue, JsValue>| length.ok().and_then(|it| it.as_f64()).unwrap_or_default();
    vec![
        ("browser", user_agent()),
        ("languages", super::location::languages().join(", ")),
        (
            "window",
            format!("{} x {}", size(window.inner_width()), size(window.inner_height())),
        ),
        ("time zone", intl::time_zone()),
    ]
}

/// What the browser says it is, which is long and could be anything.
pub fn user_agent() -> String {
    super::window().navigator().user_agent().unwrap_or_default()
}

/// The time by this device, as IT reads it.
pub fn time() -> String {
    Date::new_0().to_iso_string().into()
}

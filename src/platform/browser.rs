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
    let navigator = window.navigator();
    let size = |length: Result<JsValue, JsValue>| length.ok().and_then(|it| it.as_f64()).unwrap_or_default();
    vec![
        ("browser", navigator.user_agent().unwrap_or_default()),
        ("languages", super::location::languages().join(", ")),
        (
            "window",
            format!("{} x {}", size(window.inner_width()), size(window.inner_height())),
        ),
        ("time zone", intl::time_zone()),
    ]
}

/// Browsers with what gives them away, those first that also claim to be another.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 6] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

/// This browser and its system in two words people know, which are the same in every language; as far as they are known.
pub fn name() -> String {
    name_of(&super::window().navigator().user_agent().unwrap_or_default())
}

fn name_of(user_agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        let known = names.iter().find(|(sign, _)| user_agent.contains(sign));
        known.map(|(_, name)| *name)
    };
    let words: Vec<_> = [find(&BROWSERS), find(&SYSTEMS)].into_iter().flatten().collect();
    words.join(", ")
}

/// The time by this device, as IT reads it.
pub fn time() -> String {
    Date::new_0().to_iso_string().into()
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn a_browser_goes_by_names_people_know() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0 Safari/537.36 Edg/150.0";
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1";
        assert_eq!(name_of(edge), "Edge, Windows");
        assert_eq!(name_of(iphone), "Safari, iPhone");
        assert_eq!(name_of("something else"), "");
    }
}

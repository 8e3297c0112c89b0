//! Where the browser is and what it prefers.

use leptos::prelude::*;

/// Path, query and fragment of the page.
pub fn current() -> String {
    let location = super::window().location();
    let part = |result: Result<String, wasm_bindgen::JsValue>| result.unwrap_or_default();
    format!(
        "{}{}{}",
        part(location.pathname()),
        part(location.search()),
        part(location.hash())
    )
}

/// Where the site is: scheme, host and port.
pub fn origin() -> String {
    super::window().location().origin().unwrap_or_default()
}

/// Where the site is, as a person reads it: host and port.
pub fn host() -> String {
    super::window().location().host().unwrap_or_default()
}

/// Whether nobody on the way could read along: HTTPS, or this very device.
pub fn is_secure() -> bool {
    super::window().is_secure_context()
}

/// The value of `name` in the page's query.
pub fn query(name: &str) -> Option<String> {
    let search = super::window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// The languages the browser asks for, most wanted first.
pub fn languages() -> Vec<String> {
    super::window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect()
}

/// Notes `text` with this entry of the history, for whoever comes back to it. Never anything of a customer.
pub fn note(text: &str) {
    if let Ok(history) = super::window().history() {
        // A browser refuses to be told too often; then the last note stays.
        let _ = history.replace_state(&text.into(), "");
    }
}

/// What was noted with this entry of the history.
pub fn noted() -> Option<String> {
    super::window().history().ok()?.state().ok()?.as_string()
}

/// What a link brings in its fragment as `name`: the link by which the page was opened, and each one that is followed
/// while it is open, which the browser does not load anew for. See [`take_from_fragment`].
pub fn brought_by_link(name: &'static str) -> ReadSignal<Option<String>> {
    let (brought, set_brought) = signal(take_from_fragment(name));
    super::network::on_window("hashchange", move |_| {
        if let Some(value) = take_from_fragment(name) {
            set_brought.set(Some(value));
        }
    });
    brought
}

/// The value of `name` in the page's fragment, which is taken out of the address and of this entry of the history: a
/// secret that came in by a link stays in memory only.
pub fn take_from_fragment(name: &str) -> Option<String> {
    let location = super::window().location();
    let fragment = location.hash().ok()?;
    let value = web_sys::UrlSearchParams::new_with_str(fragment.strip_prefix('#')?)
        .ok()?
        .get(name)?;
    let bare = format!("{}{}", location.pathname().ok()?, location.search().ok()?);
    let history = super::window().history().ok()?;
    let state = history.state().unwrap_or_default();
    // A browser that refuses keeps it; it is used all the same.
    let _ = history.replace_state_with_url(&state, "", Some(&bare));
    Some(value)
}

/// Leaves the application for the page at `url`.
pub fn leave_for(url: &str) {
    // A browser that refuses stays where it is.
    let _ = super::window().location().assign(url);
}

/// Loads the page anew.
pub fn reload() {
    // There is nothing to do about a browser that refuses to reload.
    let _ = super::window().location().reload();
}

/// `?name=value&…` of `pairs`, encoded; nothing when there are none.
pub fn encode_query(pairs: &[(String, String)]) -> String {
    let Ok(query) = web_sys::UrlSearchParams::new() else {
        return String::new();
    };
    for (name, value) in pairs {
        query.append(name, value);
    }
    if pairs.is_empty() {
        String::new()
    } else {
        format!("?{}", String::from(query.to_string()))
    }
}

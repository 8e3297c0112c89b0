//! What only one place may do: touch the browser, start tasks, listen to messages; and nobody: make markup out of text.

use crate::sources::{self, Source, assert_none, words};

/// What listens to messages: to other tabs of the application, and to the worker it has started.
const CHANNELS: [&str; 2] = ["platform/broadcast.rs", "platform/strength.rs"];

#[test]
fn the_browser_is_touched_in_one_place() {
    let violations: Vec<String> = sources::rust().iter().flat_map(violations).collect();
    assert_none(&violations);
}

fn violations(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    if !source.path.starts_with("platform/") {
        for word in ["window()", "document()", "js_sys"] {
            found.extend(words(&source.text, word).map(|_| format!("{word} belongs into src/platform")));
        }
        let foreign = web_types(&source.text)
            .into_iter()
            .filter(|name| !is_event_or_element(name));
        found.extend(foreign.map(|name| format!("web_sys::{name} belongs into src/platform")));
    }
    if source.path != "platform/task.rs" && source.text.contains("spawn_local") {
        found.push("tasks are started by src/platform/task.rs".to_owned());
    }
    let hears = ["\"message\"", "ev::message", "set_onmessage"];
    if !CHANNELS.contains(&&*source.path) && hears.iter().any(|way| source.text.contains(way)) {
        found.push("other windows are not listened to".to_owned());
    }
    if source.text.contains("inner_html") || source.text.contains("set_outer_html") {
        found.push("nothing makes markup out of text".to_owned());
    }
    found
        .into_iter()
        .map(|what| format!("src/{}: {what}", source.path))
        .collect()
}

/// Handlers are given these; they are names of types, not a way to reach the page.
fn is_event_or_element(name: &str) -> bool {
    name.ends_with("Event") || (name.starts_with("Html") && name.ends_with("Element"))
}

/// The names taken from `web_sys`, in groups too.
fn web_types(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for at in words(code, "web_sys") {
        let rest = code[at + "web_sys".len()..].trim_start_matches("::").trim_start();
        let (list, is_group) = rest.strip_prefix('{').map_or((rest, false), |list| (list, true));
        let end = list.find(|letter: char| {
            !(letter.is_alphanumeric() || letter == '_' || is_group && ", \n".contains(letter))
        });
        let list = &list[..end.unwrap_or(list.len())];
        names.extend(
            list.split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned),
        );
    }
    names
}

#[cfg(test)]
mod samples {
    use super::*;

    fn refused(path: &str, text: &str) -> usize {
        violations(&Source {
            path: path.to_owned(),
            text: text.to_owned(),
        })
        .len()
    }

    #[test]
    fn reaching_for_the_browser_is_refused() {
        assert_ne!(refused("ui/dialog.rs", "let x = window().location();"), 0);
        assert_ne!(refused("ui/dialog.rs", "leptos::prelude::document().body()"), 0);
        assert_ne!(refused("api/client.rs", "web_sys::console::log_0();"), 0);
        assert_ne!(
            refused("app/mod.rs", "use web_sys::{HtmlInputElement, Storage};"),
            0
        );
        assert_ne!(refused("i18n/mod.rs", "js_sys::Date::now()"), 0);
    }

    #[test]
    fn events_and_the_platform_pass() {
        assert_eq!(
            refused(
                "ui/dialog.rs",
                "use web_sys::{HtmlDialogElement,\n    KeyboardEvent};"
            ),
            0
        );
        assert_eq!(refused("platform/storage.rs", "window().local_storage()"), 0);
    }

    #[test]
    fn listening_to_other_windows_is_refused() {
        assert_ne!(refused("platform/events.rs", "listen(\"message\", heard)"), 0);
        assert_ne!(
            refused("app/mod.rs", "window_event_listener(ev::message, heard)"),
            0
        );
        assert_eq!(refused("platform/broadcast.rs", "channel.set_onmessage(None)"), 0);
    }

    #[test]
    fn loose_tasks_and_raw_markup_are_refused_everywhere() {
        assert_ne!(refused("platform/lock.rs", "spawn_local(async {})"), 0);
        assert_eq!(refused("platform/task.rs", "spawn_local_scoped(async {})"), 0);
        assert_ne!(refused("platform/dom.rs", "<p inner_html=text/>"), 0);
    }
}

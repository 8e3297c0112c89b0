//! The style sheet of everything behind the sign-in, which the sign-in does not wait for.

use js_sys::{Function, Promise};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use super::build;

/// The id of the element that loads it.
const ID: &str = "inside";

/// Adds the style sheet to the page, if it is not there yet, and waits until it is in force. Whether it is: what could
/// not be loaded can be asked for again.
pub async fn load() -> bool {
    let document = super::window().document();
    let Some(document) = document else { return false };
    if let Some(link) = document.get_element_by_id(ID) {
        return is_in_force(&link) || arrived(&link).await;
    }
    let (Ok(link), Some(head)) = (document.create_element("link"), document.head()) else {
        return false;
    };
    let folder = build::running()
        .map(|build| format!("/assets/{build}"))
        .unwrap_or_default();
    for (name, value) in [
        ("id", ID),
        ("rel", "stylesheet"),
        ("href", &format!("{folder}/inside.css")),
    ] {
        // Setting an attribute with a proper name does not fail.
        let _ = link.set_attribute(name, value);
    }
    let _ = head.append_child(&link);
    arrived(&link).await
}

/// Whether the browser has made a style sheet of it.
fn is_in_force(link: &Element) -> bool {
    js_sys::Reflect::get(link, &"sheet".into()).is_ok_and(|sheet| !sheet.is_null())
}

/// Waits for the end of loading. An element that failed is taken away again.
async fn arrived(link: &Element) -> bool {
    let end = Promise::new(&mut |resolve: Function, _| {
        for event in ["load", "error"] {
            // Listening does not fail.
            let _ = link.add_event_listener_with_callback(event, &resolve);
        }
    });
    let _ = JsFuture::from(end).await;
    let is_in_force = is_in_force(link);
    if !is_in_force {
        link.remove();
    }
    is_in_force
}

//! Files that the application itself makes and hands over to be kept.

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::{clock, task};

/// Milliseconds for which a file can still be fetched: some browsers ask first whether it is wanted.
const KEPT_MS: u32 = 40_000;

/// Hands `text` to the browser as a file called `name`. It exists in memory only, under an address that is forgotten
/// soon, and that nothing in the page holds.
pub fn text(name: &str, text: &str) {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/plain;charset=utf-8");
    let content = Array::of1(&text.into());
    let Ok(file) = Blob::new_with_str_sequence_and_options(&content, &kind) else {
        return;
    };
    let Ok(address) = Url::create_object_url_with_blob(&file) else {
        return;
    };
    let link = super::window()
        .document()
        .and_then(|document| document.create_element("a").ok());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    task::detached(async move {
        clock::sleep(KEPT_MS).await;
        // An address that is forgotten already is no fault.
        let _ = Url::revoke_object_url(&address);
    });
}

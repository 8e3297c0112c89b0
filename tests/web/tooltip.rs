use leptos::prelude::*;
use portico::ui::{Button, Dialog, Tooltip};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, attribute, focus_by_keyboard, focused, press, send, settle, until};

const OPEN: &str = ".tooltip__bubble:popover-open";

fn page() -> Page {
    Page::show(|| {
        view! {
            <Tooltip text="Nobody else sees it"><Button label="Note"/></Tooltip>
            <button id="elsewhere">"Elsewhere"</button>
        }
    })
}

fn point(page: &Page, what: &str, kind: &str) {
    let pointer = [("pointerType", kind.into())];
    send(&page.one(".tooltip"), "PointerEvent", what, &pointer);
}

#[wasm_bindgen_test]
async fn it_describes_its_control_whether_it_shows_or_not() {
    let page = page();
    until("it describes", || page.has("[aria-describedby]")).await;
    let id = attribute(&page.one(".button"), "aria-describedby").unwrap();
    let bubble = page.one(&format!("#{id}[role=tooltip]"));
    assert_eq!(bubble.text_content().as_deref(), Some("Nobody else sees it"));
    assert!(!page.has(OPEN));
}

#[wasm_bindgen_test]
async fn it_shows_at_once_by_keyboard_and_goes_with_the_focus() {
    let page = page();
    focus_by_keyboard(&page.one(".button"));
    page.appears(OPEN).await;
    page.one("#elsewhere").focus().unwrap();
    page.vanishes(OPEN).await;
}

#[wasm_bindgen_test]
async fn it_shows_when_the_pointer_rests_and_a_press_sends_it_away() {
    let page = page();
    point(&page, "pointerenter", "mouse");
    settle().await;
    assert!(!page.has(OPEN), "passing over something is not looking at it");
    page.appears(OPEN).await;
    point(&page, "pointerdown", "mouse");
    page.vanishes(OPEN).await;
}

#[wasm_bindgen_test]
async fn the_pointer_may_go_onto_it() {
    let page = page();
    point(&page, "pointerenter", "mouse");
    page.appears(OPEN).await;
    point(&page, "pointerleave", "mouse");
    settle().await;
    assert!(page.has(OPEN), "there is time to get there");
    point(&page, "pointerleave", "mouse");
    page.vanishes(OPEN).await;
}

#[wasm_bindgen_test]
async fn a_finger_does_not_call_it() {
    let page = page();
    point(&page, "pointerenter", "touch");
    // Longer than a mouse would have to rest.
    for _ in 0..40 {
        settle().await;
    }
    assert!(!page.has(OPEN));
}

#[wasm_bindgen_test]
async fn escape_sends_it_away_and_nothing_else() {
    let open = RwSignal::new(true);
    let page = Page::show(move || {
        view! {
            <Dialog open title="Note" on_close=move |()| open.set(false)>
                <Tooltip text="Nobody else sees it"><button id="inside">"Save"</button></Tooltip>
            </Dialog>
        }
    });
    page.appears("dialog:modal").await;
    focus_by_keyboard(&page.one("#inside"));
    page.appears(OPEN).await;
    assert!(!press("Escape"));
    page.vanishes(OPEN).await;
    assert!(page.has("dialog:modal"), "the dialog was not meant");
    assert_eq!(focused().id(), "inside");
    press("Escape");
    page.vanishes("dialog").await;
}

#[wasm_bindgen_test]
async fn what_repeats_a_name_is_for_the_eye_only() {
    let page = Page::show(|| {
        view! { <Tooltip text="Customers" repeats_name=true><a href="#x">"Customers"</a></Tooltip> }
    });
    settle().await;
    assert!(!page.has("[aria-describedby]"));
    assert!(page.has(".tooltip__bubble[aria-hidden=true]"));
}

#[wasm_bindgen_test]
async fn it_shows_only_where_it_is_needed() {
    let needed = RwSignal::new(false);
    let page = Page::show(move || {
        view! { <Tooltip text="Customers" enabled=needed><button id="b">"Icon"</button></Tooltip> }
    });
    focus_by_keyboard(&page.one("#b"));
    settle().await;
    assert!(!page.has(OPEN));
    needed.set(true);
    page.appears(OPEN).await;
}

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::prelude::*;
use portico::ui::{Button, ButtonKind, IconButton, IconName};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, attribute, has_focus, settle};

#[wasm_bindgen_test]
async fn a_pending_button_says_so_keeps_the_focus_and_takes_no_second_press() {
    let pending = RwSignal::new(false);
    let presses = RwSignal::new(0);
    let sent = RwSignal::new(0);
    let page = Page::show(move || {
        view! {
            <form on:submit=move |event| { event.prevent_default(); sent.update(|n| *n += 1); }>
                <Button label="Send" kind=ButtonKind::Submit pending on_click=move |()| {
                    presses.update(|n| *n += 1);
                    pending.set(true);
                }/>
            </form>
        }
    });
    let button = page.one("button");
    button.focus().unwrap();
    button.click();
    page.appears("button[aria-busy=true][aria-disabled=true]").await;
    assert!(has_focus(&button), "a waiting button must not drop the focus");
    button.click();
    settle().await;
    assert_eq!((presses.get_untracked(), sent.get_untracked()), (1, 1));
    pending.set(false);
    page.vanishes("[aria-busy]").await;
    assert!(!page.has(".button__spinner"));
}

#[wasm_bindgen_test]
async fn a_disabled_button_cannot_be_pressed() {
    let presses = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&presses);
    let page = Page::show(move || {
        view! { <Button label="Go" disabled=true on_click=move |()| { counted.fetch_add(1, Ordering::Relaxed); }/> }
    });
    page.one("button:disabled").click();
    settle().await;
    assert_eq!(presses.load(Ordering::Relaxed), 0);
}

#[wasm_bindgen_test]
async fn an_icon_button_is_named_by_its_tip_and_says_whether_it_is_pressed() {
    let pressed = RwSignal::new(false);
    let page = Page::show(move || {
        view! {
            <IconButton
                label="Filter"
                icon=IconName::Filter
                pressed=pressed
                on_click=move |()| pressed.update(|pressed| *pressed = !*pressed)
            />
        }
    });
    let button = page.one("button");
    assert_eq!(button.text_content().as_deref(), Some("Filter"));
    assert_eq!(
        attribute(&page.one("svg"), "aria-hidden").as_deref(),
        Some("true")
    );
    assert_eq!(attribute(&button, "aria-pressed").as_deref(), Some("false"));
    button.click();
    page.appears("[aria-pressed=true]").await;
}

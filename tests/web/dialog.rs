use leptos::prelude::*;
use portico::ui::{Button, ConfirmDialog, Dialog, DialogActions, Sheet};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::page::{Page, attribute, focused, has_focus, press, send, settle, until};

/// A button that opens a dialog with a field and two buttons. `dirty` says that closing it would lose something.
fn page(open: RwSignal<bool>, dirty: RwSignal<bool>) -> Page {
    Page::show(move || {
        view! {
            <h1 tabindex="-1">"Page"</h1>
            <button id="opener" on:click=move |_| open.set(true)>"Open"</button>
            <Dialog open title="New customer" description="Only the name is needed." dirty on_close=move |()| open.set(false)>
                <input id="name"/>
                <DialogActions>
                    <Button label="Cancel" on_click=move |()| open.set(false)/>
                    <Button label="Save"/>
                </DialogActions>
            </Dialog>
        }
    })
}

async fn opened(page: &Page) -> HtmlElement {
    let opener = page.one("#opener");
    opener.focus().unwrap();
    opener.click();
    page.appears("dialog:modal").await;
    until("the field has the focus", || has_focus(&page.one("#name"))).await;
    opener
}

fn words_of(page: &Page, id: &str) -> String {
    page.one(&format!("#{id}")).text_content().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn it_is_named_and_described_and_its_first_field_has_the_focus() {
    let page = page(RwSignal::new(false), RwSignal::new(false));
    assert!(!page.has("dialog"), "a closed dialog is not in the page");
    opened(&page).await;
    let dialog = page.one("dialog");
    assert_eq!(
        words_of(&page, &attribute(&dialog, "aria-labelledby").unwrap()),
        "New customer"
    );
    let description = attribute(&dialog, "aria-describedby").unwrap();
    assert_eq!(words_of(&page, &description), "Only the name is needed.");
}

#[wasm_bindgen_test]
async fn escape_closes_it_and_the_focus_goes_back() {
    let page = page(RwSignal::new(false), RwSignal::new(false));
    let opener = opened(&page).await;
    assert!(!press("Escape"), "the browser must not close it by itself");
    page.vanishes("dialog").await;
    until("the opener has the focus", || has_focus(&opener)).await;
}

#[wasm_bindgen_test]
async fn an_escape_of_an_input_method_is_not_for_it() {
    let page = page(RwSignal::new(false), RwSignal::new(false));
    opened(&page).await;
    let composing = [("key", "Escape".into()), ("isComposing", true.into())];
    send(&focused(), "KeyboardEvent", "keydown", &composing);
    settle().await;
    assert!(page.has("dialog:modal"));
}

#[wasm_bindgen_test]
async fn a_filled_in_field_does_not_stop_the_program() {
    let page = page(RwSignal::new(false), RwSignal::new(false));
    opened(&page).await;
    send(&focused(), "Event", "keydown", &[]);
    settle().await;
    assert!(page.has("dialog:modal"));
}

#[wasm_bindgen_test]
async fn a_press_beside_it_closes_it_and_one_that_only_ends_there_does_not() {
    let page = page(RwSignal::new(false), RwSignal::new(false));
    opened(&page).await;
    let (dialog, field) = (page.one("dialog"), page.one("#name"));
    send(&field, "PointerEvent", "pointerdown", &[]);
    send(&dialog, "MouseEvent", "click", &[]);
    settle().await;
    assert!(page.has("dialog:modal"));
    send(&dialog, "PointerEvent", "pointerdown", &[]);
    send(&dialog, "MouseEvent", "click", &[]);
    page.vanishes("dialog").await;
}

#[wasm_bindgen_test]
async fn what_was_typed_is_not_lost_without_a_question() {
    let page = page(RwSignal::new(false), RwSignal::new(true));
    opened(&page).await;
    press("Escape");
    page.appears("[role=alertdialog]:modal").await;
    until("the way back has the focus", || {
        focused().text_content().as_deref()
            == page.all("[role=alertdialog] button")[0].text_content().as_deref()
            && focused().closest("[role=alertdialog]").unwrap().is_some()
    })
    .await;
    press("Escape");
    page.vanishes("[role=alertdialog]").await;
    assert!(page.has("dialog:modal"), "only the question was left");
    assert!(has_focus(&page.one("#name")));
    press("Escape");
    page.appears("[role=alertdialog]:modal").await;
    page.all("[role=alertdialog] button")[1].click();
    page.vanishes("dialog").await;
    until("the opener has the focus", || has_focus(&page.one("#opener"))).await;
}

#[wasm_bindgen_test]
async fn a_browser_that_closes_it_without_asking_is_not_obeyed() {
    let page = page(RwSignal::new(false), RwSignal::new(true));
    opened(&page).await;
    let dialog: web_sys::HtmlDialogElement = wasm_bindgen::JsCast::unchecked_into(page.one("dialog"));
    dialog.close();
    page.appears("[role=alertdialog]:modal").await;
    assert!(dialog.open());
}

#[wasm_bindgen_test]
async fn without_an_opener_the_focus_goes_to_the_heading() {
    let open = RwSignal::new(false);
    let page = page(open, RwSignal::new(false));
    let opener = opened(&page).await;
    opener.remove();
    open.set(false);
    page.vanishes("dialog").await;
    until("the heading has the focus", || has_focus(&page.one("h1"))).await;
}

#[wasm_bindgen_test]
async fn a_question_starts_on_the_way_back_and_runs_once() {
    let open = RwSignal::new(true);
    let done = RwSignal::new(0);
    let page = Page::show(move || {
        view! {
            <ConfirmDialog
                open
                title="Remove it?"
                text="It cannot be brought back."
                confirm="Remove"
                cancel="Keep"
                dangerous=true
                on_confirm=move |()| { done.update(|n| *n += 1); open.set(false); }
                on_close=move |()| open.set(false)
            />
        }
    });
    page.appears("[role=alertdialog]:modal").await;
    until("the way back", || {
        focused().text_content().as_deref() == Some("Keep")
    })
    .await;
    page.one("[data-variant=danger]").click();
    page.vanishes("dialog").await;
    assert_eq!(done.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_sheet_without_fields_starts_at_its_heading() {
    let open = RwSignal::new(true);
    let page = Page::show(move || {
        view! { <Sheet open title="History" on_close=move |()| open.set(false)><p>"Nothing yet"</p></Sheet> }
    });
    page.appears("dialog[data-shape=sheet]:modal").await;
    until("the heading", || has_focus(&page.one("h2"))).await;
    page.one(".icon-button").click();
    page.vanishes("dialog").await;
}

use leptos::prelude::*;
use portico::ui::{Menu, MenuChoice, MenuEntry};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::page::{Page, attribute, focused, has_focus, press, settle, until};

/// A menu with two items, a refused one and two choices; `done` has what was chosen.
fn menu(done: RwSignal<Vec<&'static str>>) -> Page {
    let did = move |what| move || done.update(|done| done.push(what));
    let entries = Signal::derive(move || {
        vec![
            MenuEntry::heading("Deal"),
            MenuEntry::action("Move", did("move")),
            MenuEntry::action("Remove", did("remove")).refused("Only its owner may"),
            MenuEntry::Separator,
            MenuEntry::choices(
                "Theme",
                vec![
                    MenuChoice::new("Light", true, did("light")),
                    MenuChoice::new("Dark", false, did("dark")),
                ],
            ),
            MenuEntry::link("Security", "#security"),
        ]
    });
    Page::show(move || {
        view! {
            <Menu label="More" entries/>
            <a id="elsewhere" href="#elsewhere">"Elsewhere"</a>
        }
    })
}

fn button(page: &Page) -> HtmlElement {
    page.one("button[aria-haspopup=menu]")
}

fn words() -> String {
    focused().text_content().unwrap_or_default()
}

async fn on(item: &str) {
    until(item, || words().starts_with(item)).await;
}

#[wasm_bindgen_test]
async fn it_opens_by_key_on_its_first_or_last_item_and_goes_round() {
    let page = menu(RwSignal::new(Vec::new()));
    let button = button(&page);
    assert_eq!(attribute(&button, "aria-expanded").as_deref(), Some("false"));
    button.focus().unwrap();
    assert!(!press("ArrowDown"), "the page must not scroll");
    on("Move").await;
    assert_eq!(attribute(&button, "aria-expanded").as_deref(), Some("true"));
    assert_eq!(
        attribute(&button, "aria-controls"),
        Some(page.one("[role=menu]").id())
    );
    press("ArrowUp");
    on("Security").await;
    press("ArrowDown");
    on("Move").await;
    press("End");
    on("Security").await;
    press("Home");
    on("Move").await;
    press("d");
    on("Dark").await;
    press("Escape");
    page.vanishes("[role=menu]").await;
    assert!(has_focus(&button));
    press("ArrowUp");
    on("Security").await;
}

#[wasm_bindgen_test]
async fn its_items_have_their_roles_and_states() {
    let page = menu(RwSignal::new(Vec::new()));
    button(&page).click();
    page.appears("[role=menu]").await;
    assert_eq!(page.all("[role=menuitem]").len(), 3);
    let checked: Vec<_> = page
        .all("[role=group][aria-label=Theme] [role=menuitemradio]")
        .iter()
        .map(|item| attribute(item, "aria-checked").unwrap())
        .collect();
    assert_eq!(checked, ["true", "false"]);
    assert_eq!(
        page.all("[tabindex='-1']").len(),
        5,
        "only the arrows move in a menu"
    );
    let list = page.one("[role=menu]").get_bounding_client_rect();
    assert!(list.left() >= 0.0 && list.top() >= 0.0 && list.width() > 0.0);
}

#[wasm_bindgen_test]
async fn choosing_does_it_once_and_brings_the_focus_back() {
    let done = RwSignal::new(Vec::new());
    let page = menu(done);
    let button = button(&page);
    button.click();
    on("Move").await;
    focused().click();
    page.vanishes("[role=menu]").await;
    assert_eq!(done.get_untracked(), ["move"]);
    assert!(has_focus(&button));
    button.click();
    on("Move").await;
    press("D");
    on("Dark").await;
    press(" ");
    page.vanishes("[role=menu]").await;
    assert_eq!(done.get_untracked(), ["move", "dark"]);
}

#[wasm_bindgen_test]
async fn what_is_refused_says_why_and_does_nothing() {
    let done = RwSignal::new(Vec::new());
    let page = menu(done);
    button(&page).click();
    on("Move").await;
    press("ArrowDown");
    on("Remove").await;
    assert!(words().contains("Only its owner may"));
    assert_eq!(attribute(&focused(), "aria-disabled").as_deref(), Some("true"));
    focused().click();
    settle().await;
    assert!(page.has("[role=menu]") && done.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn it_closes_when_the_focus_goes_elsewhere_and_by_its_own_button() {
    let page = menu(RwSignal::new(Vec::new()));
    let button = button(&page);
    button.click();
    on("Move").await;
    page.one("#elsewhere").focus().unwrap();
    page.vanishes("[role=menu]").await;
    assert!(
        has_focus(&page.one("#elsewhere")),
        "the focus must not be pulled back"
    );
    button.click();
    on("Move").await;
    button.click();
    page.vanishes("[role=menu]").await;
}

use leptos::prelude::*;
use portico::api::ApiError;
use portico::i18n::use_i18n;
use portico::ui::{IconName, Palette, PaletteGroup, PaletteItem};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::page::{Page, attribute, focused, has_focus, press, send, settle, type_into, until};

fn group(label: &str, settled: bool, items: &[&str]) -> PaletteGroup {
    let items = items.iter().map(|label| PaletteItem {
        key: label.to_lowercase().replace(' ', "-"),
        label: (*label).to_owned(),
        detail: None,
        icon: IconName::Users,
        keys: None,
    });
    PaletteGroup {
        label: label.to_owned(),
        items: items.collect(),
        settled,
    }
}

/// What a test changes and looks at.
#[derive(Clone, Copy)]
struct Bench {
    typed: RwSignal<String>,
    groups: RwSignal<Vec<PaletteGroup>>,
    pending: RwSignal<bool>,
    failed: RwSignal<bool>,
    retried: RwSignal<u32>,
    chosen: RwSignal<Vec<String>>,
    open: RwSignal<bool>,
}

fn bench() -> (Page, Bench) {
    let bench = Bench {
        typed: RwSignal::new(String::new()),
        groups: RwSignal::new(vec![
            group("Pages", true, &["Today", "Customers"]),
            group("Customers", true, &["Nordwind", "Acme"]),
        ]),
        pending: RwSignal::new(false),
        failed: RwSignal::new(false),
        retried: RwSignal::new(0),
        chosen: RwSignal::new(Vec::new()),
        open: RwSignal::new(true),
    };
    let page = Page::show(move || {
        let i18n = use_i18n();
        let problem = Signal::derive(move || bench.failed.get().then(|| ApiError::Offline.explain(i18n)));
        let palette = move || {
            view! {
                <Palette
                    label="Search and commands"
                    value=bench.typed
                    on_input=move |text| bench.typed.set(text)
                    max_length=200
                    groups=bench.groups
                    pending=bench.pending
                    problem
                    on_retry=move |()| bench.retried.update(|times| *times += 1)
                    on_choose=move |key| bench.chosen.update(|chosen| chosen.push(key))
                    on_close=move |()| bench.open.set(false)
                />
            }
        };
        view! {
            <h1 tabindex="-1">"Page"</h1>
            {move || bench.open.get().then(palette)}
        }
    });
    (page, bench)
}

async fn opened() -> (Page, Bench, HtmlElement) {
    let (page, bench) = bench();
    page.appears("dialog:modal").await;
    let field = page.one("input[role=combobox]");
    until("the field has the focus", || has_focus(&field)).await;
    (page, bench, field)
}

/// The words of the option that Enter means.
fn active(page: &Page) -> String {
    let id = attribute(&page.one("input[role=combobox]"), "aria-activedescendant").unwrap_or_default();
    let selected = page.all("[role=option][aria-selected=true]");
    assert!(selected.len() <= 1, "only one can be meant");
    selected.first().map_or_else(String::new, |option| {
        assert_eq!(option.id(), id, "eye and screen reader are told the same");
        option.text_content().unwrap_or_default()
    })
}

async fn on(page: &Page, words: &str) {
    until(words, || active(page) == words).await;
}

#[wasm_bindgen_test]
async fn it_is_a_combobox_with_a_list_in_named_groups() {
    let (page, _, field) = opened().await;
    let list = page.one("[role=listbox]");
    assert_eq!(attribute(&field, "aria-controls"), Some(list.id()));
    assert_eq!(attribute(&field, "aria-expanded").as_deref(), Some("true"));
    assert_eq!(
        attribute(&field, "aria-label").as_deref(),
        Some("Search and commands")
    );
    let groups = page.all("[role=listbox] > [role=group]");
    let names: Vec<_> = groups
        .iter()
        .map(|group| attribute(group, "aria-label").unwrap())
        .collect();
    assert_eq!(names, ["Pages", "Customers"]);
    assert_eq!(page.all("[role=group] > [role=option]").len(), 4);
}

#[wasm_bindgen_test]
async fn arrows_home_and_end_go_round_and_enter_chooses() {
    let (page, bench, field) = opened().await;
    on(&page, "Today").await;
    assert!(!press("ArrowDown"), "the caret must not move");
    on(&page, "Customers").await;
    press("End");
    on(&page, "Acme").await;
    press("ArrowDown");
    on(&page, "Today").await;
    press("ArrowUp");
    on(&page, "Acme").await;
    press("ArrowUp");
    on(&page, "Nordwind").await;
    assert!(has_focus(&field));
    press("Enter");
    assert_eq!(bench.chosen.get_untracked(), ["nordwind"]);
    press("Home");
    on(&page, "Today").await;
    assert!(
        send(
            &field,
            "KeyboardEvent",
            "keydown",
            &[("key", "Home".into()), ("shiftKey", true.into())]
        ),
        "with Shift it selects what is typed"
    );
}

#[wasm_bindgen_test]
async fn an_enter_of_an_input_method_chooses_nothing() {
    let (_page, bench, field) = opened().await;
    let composing = [("key", "Enter".into()), ("isComposing", true.into())];
    send(&field, "KeyboardEvent", "keydown", &composing);
    settle().await;
    assert_eq!(bench.chosen.get_untracked(), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn the_pointer_chooses_and_leaves_the_focus_in_the_field() {
    let (page, bench, field) = opened().await;
    let option = page.all("[role=option]").remove(2);
    send(&option, "PointerEvent", "pointermove", &[]);
    on(&page, "Nordwind").await;
    assert!(!send(&option, "MouseEvent", "mousedown", &[]));
    option.click();
    assert_eq!(bench.chosen.get_untracked(), ["nordwind"]);
    assert!(has_focus(&field));
}

#[wasm_bindgen_test]
async fn typing_marks_what_fits_and_means_the_best_again() {
    let (page, bench, field) = opened().await;
    press("End");
    on(&page, "Acme").await;
    type_into(&field, "ac");
    bench
        .groups
        .set(vec![group("Customers", true, &["Acme", "Pacific"])]);
    on(&page, "Acme").await;
    assert_eq!(bench.typed.get_untracked(), "ac");
    let marks = |page: &Page| -> Vec<String> {
        let marks = page.all("mark");
        marks.iter().map(|mark| mark.text_content().unwrap()).collect()
    };
    until("both are marked", || marks(&page) == ["Ac", "ac"]).await;
    type_into(&field, "acm");
    until("the marks follow", || marks(&page) == ["Acm"]).await;
}

#[wasm_bindgen_test]
async fn what_was_gone_to_stays_when_more_arrives() {
    let (page, bench, _) = opened().await;
    press("End");
    on(&page, "Acme").await;
    bench
        .groups
        .update(|groups| groups.insert(0, group("Deals", true, &["Licences"])));
    until("more is here", || page.all("[role=option]").len() == 5).await;
    on(&page, "Acme").await;
}

#[wasm_bindgen_test]
async fn enter_waits_for_the_answer_to_what_is_typed() {
    let (page, bench, field) = opened().await;
    bench.groups.set(vec![group("Customers", false, &["Of before"])]);
    bench.pending.set(true);
    type_into(&field, "acme");
    on(&page, "Of before").await;
    press("Enter");
    settle().await;
    assert_eq!(bench.chosen.get_untracked(), Vec::<String>::new());
    bench.pending.set(false);
    bench.groups.set(vec![group("Customers", true, &["Acme"])]);
    until("it is chosen", || bench.chosen.get_untracked() == ["acme"]).await;
}

#[wasm_bindgen_test]
async fn enter_takes_what_was_gone_to_even_if_it_is_about_to_be_replaced() {
    let (page, bench, _) = opened().await;
    bench.groups.set(vec![group("Customers", false, &["One", "Two"])]);
    bench.pending.set(true);
    on(&page, "One").await;
    press("ArrowDown");
    on(&page, "Two").await;
    press("Enter");
    assert_eq!(bench.chosen.get_untracked(), ["two"]);
}

#[wasm_bindgen_test]
async fn nothing_found_says_so_and_has_no_list() {
    let (page, bench, field) = opened().await;
    type_into(&field, "xyz");
    bench.groups.set(Vec::new());
    page.appears(".empty-state").await;
    assert!(!page.has("[role=listbox]"));
    assert_eq!(attribute(&field, "aria-expanded").as_deref(), Some("false"));
    assert_eq!(attribute(&field, "aria-controls"), None);
    assert_eq!(attribute(&field, "aria-activedescendant"), None);
    press("Enter");
    settle().await;
    assert_eq!(bench.chosen.get_untracked(), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn on_its_way_and_failed_are_drawn_too() {
    let (page, bench, field) = opened().await;
    type_into(&field, "xyz");
    bench.groups.set(Vec::new());
    bench.pending.set(true);
    page.appears(".skeleton").await;
    assert!(!page.has(".empty-state"));
    bench.pending.set(false);
    bench.failed.set(true);
    page.appears(".error-state").await;
    page.one(".error-state button").click();
    assert_eq!(bench.retried.get_untracked(), 1);
    bench.groups.set(vec![group("Pages", true, &["Today"])]);
    page.appears(".banner").await;
    on(&page, "Today").await;
    page.one(".banner button").click();
    assert_eq!(bench.retried.get_untracked(), 2);
}

#[wasm_bindgen_test]
async fn escape_and_its_button_leave() {
    let (page, bench, _) = opened().await;
    press("Escape");
    page.vanishes("dialog").await;
    bench.open.set(true);
    page.appears("dialog:modal").await;
    until("the field", || {
        attribute(&focused(), "role").as_deref() == Some("combobox")
    })
    .await;
    page.one("dialog .icon-button").click();
    page.vanishes("dialog").await;
}

use leptos::prelude::*;
use portico::ui::{DataGrid, GridColumn, GridLayout, GridLink, GridRow, GridSelection, GridSort};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::page::{Page, attribute, focused, has_focus, press, send, settle, until};

#[derive(Clone, PartialEq)]
struct Town(usize);

impl GridRow for Town {
    type Key = usize;

    fn key(&self) -> usize {
        self.0
    }

    fn name(&self) -> String {
        format!("Town {}", self.0)
    }

    fn cell(self, column: &str) -> AnyView {
        match column {
            "name" => {
                view! { <GridLink href=format!("#town-{}", self.0)>{self.name()}</GridLink> }.into_any()
            }
            "map" => view! { <button tabindex="-1">"Map"</button> }.into_any(),
            other => format!("{other} {}", self.0).into_any(),
        }
    }
}

/// What a test may change about a grid, and what it may learn.
#[derive(Clone, Copy)]
struct Atlas {
    rows: RwSignal<Vec<usize>>,
    layout: RwSignal<GridLayout>,
    selection: GridSelection<usize>,
    sort: RwSignal<Option<GridSort>>,
    asked: RwSignal<Vec<&'static str>>,
    reset: RwSignal<()>,
}

/// A grid of `count` rows, of which ten or less are seen at once, in a box of this width.
async fn atlas(count: usize, width: usize) -> (Page, Atlas) {
    let owner = Owner::new();
    let atlas = owner.with(|| Atlas {
        rows: RwSignal::new((0..count).collect()),
        layout: RwSignal::new(GridLayout::default()),
        selection: GridSelection::new(),
        sort: RwSignal::new(None),
        asked: RwSignal::new(Vec::new()),
        reset: RwSignal::new(()),
    });
    let page = Page::show(move || {
        on_cleanup(move || drop(owner));
        let columns = vec![
            GridColumn::new("name", Signal::stored("Name".to_owned()), 10.0, 2.0).sortable(),
            GridColumn::new("river", Signal::stored("River".to_owned()), 8.0, 1.0),
            GridColumn::new("map", Signal::stored("Map".to_owned()), 8.0, 1.0),
        ];
        view! {
            <a id="before" href="#before">"Before"</a>
            <div style=format!("display: flex; block-size: 500px; inline-size: {width}px")>
                <DataGrid
                    label="Towns"
                    columns
                    keys=atlas.rows
                    total=Signal::stored(100_000_u64)
                    row=move |index| atlas.rows.with(|rows| rows.get(index).copied().map(Town))
                    layout=atlas.layout
                    selection=atlas.selection
                    actions=|| view! { <button id="act">"Act"</button> }
                    sort=atlas.sort
                    on_sort=move |column| atlas.asked.update(|asked| asked.push(column))
                    reset=atlas.reset
                    on_near_end=|()| ()
                />
            </div>
        }
    });
    // The first row is kept for the keyboard before anything is measured.
    page.appears("[href='#town-5']").await;
    (page, atlas)
}

fn cell(page: &Page, row: usize, column: usize) -> HtmlElement {
    page.one(&format!("[aria-rowindex='{row}'] > [aria-colindex='{column}']"))
}

/// What of a cell takes the focus.
fn stop(page: &Page, row: usize, column: usize) -> HtmlElement {
    let cell = format!("[aria-rowindex='{row}'] > [aria-colindex='{column}']");
    page.one(&format!("{cell}[data-stop], {cell} [data-stop]"))
}

async fn on(page: &Page, row: usize, column: usize) {
    let cell = format!("[aria-rowindex='{row}'] > [aria-colindex='{column}']");
    let stop = format!("{cell}[data-stop], {cell} [data-stop]");
    until(&format!("the focus is on row {row}, column {column}"), || {
        page.all(&stop).first().is_some_and(|stop| has_focus(stop))
    })
    .await;
}

fn with(key: &str, modifier: &str) -> bool {
    let init = [("key", key.into()), (modifier, JsValue::TRUE)];
    send(&focused(), "KeyboardEvent", "keydown", &init)
}

fn selected(page: &Page) -> Vec<String> {
    let rows = page.all("[aria-selected=true]");
    let mut rows: Vec<String> = rows
        .iter()
        .map(|row| attribute(row, "aria-rowindex").unwrap())
        .collect();
    rows.sort();
    rows
}

async fn selects(page: &Page, rows: &[&str]) {
    until(&format!("rows {rows:?} are selected"), || selected(page) == rows).await;
}

/// Whether a row is in sight below the headings.
fn in_sight(page: &Page, row: usize) -> bool {
    let (seen, head) = (
        page.one(".virtual-list").get_bounding_client_rect(),
        page.one(".virtual-list__head").get_bounding_client_rect(),
    );
    let row = cell(page, row, 2).get_bounding_client_rect();
    row.top() >= head.bottom() - 1.0 && row.bottom() <= seen.bottom() + 1.0
}

#[wasm_bindgen_test]
async fn what_it_is_to_a_screen_reader() {
    let (page, atlas) = atlas(100, 900).await;
    let grid = page.one("[role=grid][aria-label=Towns][aria-multiselectable=true]");
    assert_eq!(attribute(&grid, "aria-rowcount").as_deref(), Some("100001"));
    assert_eq!(attribute(&grid, "aria-colcount").as_deref(), Some("4"));
    assert_eq!(page.all("[role=columnheader]").len(), 4);
    assert!(page.has("[role=row][aria-rowindex='2'] > [role=rowheader][aria-colindex='2'] a"));
    assert!(page.has("[aria-rowindex='2'] input[type=checkbox][aria-label]"));
    assert_eq!(
        attribute(&cell(&page, 1, 2), "aria-sort").as_deref(),
        Some("none")
    );
    assert_eq!(attribute(&cell(&page, 1, 3), "aria-sort"), None);
    atlas.sort.set(Some(GridSort {
        column: "name",
        descending: true,
    }));
    page.appears("[aria-sort=descending][aria-colindex='2']").await;
}

#[wasm_bindgen_test]
async fn it_is_one_stop_of_the_tab_key_where_one_was_last() {
    let (page, _) = atlas(1_000, 900).await;
    let stops = || page.all("[role=grid] [tabindex='0']");
    assert_eq!(stops(), [stop(&page, 2, 2)], "the name of the first row");
    stops()[0].focus().unwrap();
    press("ArrowDown");
    press("ArrowRight");
    on(&page, 3, 3).await;
    page.one("#before").focus().unwrap();
    page.one(".virtual-list").set_scroll_top(20_000);
    page.appears("[href='#town-390']").await;
    assert_eq!(stops(), [stop(&page, 3, 3)], "however far it is scrolled away");
}

#[wasm_bindgen_test]
async fn arrows_home_and_end_lead_from_cell_to_cell_and_stop_at_the_edges() {
    let (page, _) = atlas(100, 900).await;
    stop(&page, 2, 2).focus().unwrap();
    assert!(!press("ArrowUp"), "the page must not scroll");
    on(&page, 1, 2).await;
    press("ArrowUp");
    on(&page, 1, 2).await;
    press("End");
    on(&page, 1, 4).await;
    press("ArrowRight");
    press("ArrowDown");
    on(&page, 2, 4).await;
    press("Home");
    on(&page, 2, 1).await;
    with("End", "ctrlKey");
    on(&page, 101, 4).await;
    assert!(in_sight(&page, 101));
    with("Home", "ctrlKey");
    on(&page, 1, 1).await;
    press("ArrowDown");
    on(&page, 2, 1).await;
    assert!(in_sight(&page, 2), "not behind the headings");
}

#[wasm_bindgen_test]
async fn page_keys_turn_a_page() {
    let (page, _) = atlas(1_000, 900).await;
    stop(&page, 2, 2).focus().unwrap();
    press("PageDown");
    until("it is turned", || {
        attribute(&focused(), "href").as_deref() != Some("#town-0")
    })
    .await;
    let turned: usize = attribute(&focused(), "href")
        .and_then(|href| href.strip_prefix("#town-")?.parse().ok())
        .unwrap();
    assert!((5..10).contains(&turned), "{turned}");
    assert!(in_sight(&page, turned + 2));
    press("PageUp");
    on(&page, 2, 2).await;
}

#[wasm_bindgen_test]
async fn enter_and_a_click_anywhere_in_a_row_open_its_link() {
    let (page, _) = atlas(10, 900).await;
    let opened = |at: &str| {
        let at = format!("#town-{at}");
        move || web_sys::window().unwrap().location().hash().unwrap() == at
    };
    stop(&page, 3, 3).focus().unwrap();
    assert!(!press("Enter"));
    until("it is opened by key", opened("1")).await;
    cell(&page, 4, 3).click();
    until("it is opened by mouse", opened("2")).await;
    stop(&page, 5, 2).focus().unwrap();
    assert!(press("Enter"), "a link is followed by the browser");
    web_sys::window().unwrap().location().set_hash("").unwrap();
}

#[wasm_bindgen_test]
async fn space_selects_with_shift_a_range_and_with_ctrl_a_all() {
    let (page, atlas) = atlas(10, 900).await;
    stop(&page, 3, 3).focus().unwrap();
    assert!(!press(" "), "the page must not scroll");
    selects(&page, &["3"]).await;
    press("ArrowDown");
    press("ArrowDown");
    with(" ", "shiftKey");
    selects(&page, &["3", "4", "5"]).await;
    press(" ");
    selects(&page, &["3", "4"]).await;
    assert!(!with("a", "ctrlKey"), "not the text of the page");
    until("all are", || atlas.selection.count() == 10).await;
    until("their box says so", || stop(&page, 1, 1).into_input().checked()).await;
}

#[wasm_bindgen_test]
async fn boxes_select_and_shift_click_selects_a_range() {
    let (page, atlas) = atlas(10, 900).await;
    stop(&page, 6, 1).click();
    selects(&page, &["6"]).await;
    send(
        &stop(&page, 4, 1),
        "MouseEvent",
        "click",
        &[("shiftKey", JsValue::TRUE)],
    );
    selects(&page, &["4", "5", "6"]).await;
    assert!(
        [4, 5, 6]
            .map(|row| stop(&page, row, 1).into_input().checked())
            .iter()
            .all(|it| *it)
    );
    send(
        &stop(&page, 6, 1),
        "MouseEvent",
        "click",
        &[("shiftKey", JsValue::TRUE)],
    );
    settle().await;
    assert!(
        stop(&page, 6, 1).into_input().checked(),
        "a range takes nothing out"
    );
    send(
        &cell(&page, 8, 3),
        "MouseEvent",
        "click",
        &[("ctrlKey", JsValue::TRUE)],
    );
    selects(&page, &["4", "5", "6", "8"]).await;
    let all = page.one("[aria-rowindex='1'] input");
    assert!(all.clone().into_input().indeterminate());
    all.click();
    until("all are", || atlas.selection.count() == 10).await;
    page.one("[aria-rowindex='1'] input").click();
    until("none are", || atlas.selection.count() == 0).await;
}

#[wasm_bindgen_test]
async fn what_can_be_done_appears_with_a_selection_and_clearing_gives_the_focus_back() {
    let (page, atlas) = atlas(10, 900).await;
    assert!(!page.has("#act"));
    stop(&page, 2, 1).click();
    page.appears("#act").await;
    let clear = page.all(".data-grid__bar button").remove(1);
    clear.focus().unwrap();
    clear.click();
    page.vanishes("#act").await;
    on(&page, 2, 2).await;
    assert_eq!(atlas.selection.count(), 0);
}

#[wasm_bindgen_test]
async fn what_leaves_the_list_is_selected_no_more() {
    let (page, atlas) = atlas(10, 900).await;
    stop(&page, 2, 1).click();
    stop(&page, 3, 1).click();
    until("two are", || atlas.selection.count() == 2).await;
    atlas.rows.set(vec![1, 2, 3]);
    until("one is", || atlas.selection.count() == 1).await;
    atlas.reset.set(());
    until("none is", || atlas.selection.count() == 0).await;
}

#[wasm_bindgen_test]
async fn rows_that_are_replaced_leave_the_focus_to_those_that_come() {
    let (page, atlas) = atlas(10, 900).await;
    stop(&page, 5, 2).focus().unwrap();
    settle().await;
    atlas.reset.set(());
    atlas.rows.set(vec![50, 51]);
    page.appears("[href='#town-50']").await;
    on(&page, 2, 2).await;
}

#[wasm_bindgen_test]
async fn a_heading_asks_for_its_order() {
    let (page, atlas) = atlas(10, 900).await;
    page.one(".data-grid__sort").click();
    assert_eq!(atlas.asked.get_untracked(), ["name"]);
}

#[wasm_bindgen_test]
async fn f2_leads_to_what_a_cell_holds_and_escape_back() {
    let (page, _) = atlas(10, 900).await;
    stop(&page, 3, 4).focus().unwrap();
    press("F2");
    assert_eq!(focused().tag_name(), "BUTTON");
    assert!(press("ArrowDown"), "inside of a cell the keys are not the grid's");
    press("Escape");
    on(&page, 3, 4).await;
}

#[wasm_bindgen_test]
async fn a_column_is_made_wider_by_key() {
    let (page, _) = atlas(10, 900).await;
    let width = || cell(&page, 2, 3).get_bounding_client_rect().width();
    stop(&page, 1, 3).focus().unwrap();
    assert!(!press("Enter"));
    let handle = focused();
    assert_eq!(attribute(&handle, "role").as_deref(), Some("separator"));
    let before = width();
    settle().await;
    assert_eq!(
        attribute(&handle, "aria-valuenow"),
        Some(before.round().to_string())
    );
    assert!(!press("ArrowRight"));
    until("it is wider", || (width() - before - 16.0).abs() < 1.0).await;
    press("ArrowLeft");
    press("ArrowLeft");
    until("it is narrower", || (width() - before + 16.0).abs() < 1.0).await;
    press("Home");
    until("it is as narrow as can be", || (width() - 64.0).abs() < 1.0).await;
    assert!(has_focus(&handle), "no heading is drawn anew");
    press("Escape");
    on(&page, 1, 3).await;
}

#[wasm_bindgen_test]
async fn a_column_is_made_wider_by_pointer() {
    let (page, atlas) = atlas(10, 900).await;
    let handle = page.all("[role=separator]").remove(0);
    let before = cell(&page, 2, 2).get_bounding_client_rect().width();
    let point = |what: &str, x: i32| {
        let init = [
            ("pointerId", 1.into()),
            ("clientX", x.into()),
            ("button", 0.into()),
        ];
        send(&handle, "PointerEvent", what, &init)
    };
    point("pointermove", 300);
    assert_eq!(
        atlas.layout.get_untracked(),
        GridLayout::default(),
        "nobody holds it"
    );
    point("pointerdown", 200);
    point("pointermove", 240);
    until("it is wider", || {
        (cell(&page, 2, 2).get_bounding_client_rect().width() - before - 40.0).abs() < 1.0
    })
    .await;
    point("pointerup", 240);
    point("pointermove", 500);
    settle().await;
    assert!((cell(&page, 2, 2).get_bounding_client_rect().width() - before - 40.0).abs() < 1.0);
}

#[wasm_bindgen_test]
async fn columns_are_chosen_and_pinned_in_a_dialog() {
    let (page, atlas) = atlas(10, 900).await;
    page.one(".data-grid__more button").click();
    page.appears("dialog input[name=river]").await;
    assert!(page.one("dialog input[name=name]").into_input().disabled());
    page.one("dialog input[name=river]").click();
    until("it is gone", || page.all("[role=columnheader]").len() == 3).await;
    assert_eq!(
        attribute(&page.one("[role=grid]"), "aria-colcount").as_deref(),
        Some("3")
    );
    let pins = page.one("dialog select");
    js_sys::Reflect::set(&pins, &"value".into(), &"2".into()).unwrap();
    send(&pins, "Event", "change", &[]);
    page.appears("[aria-rowindex='2'] > [aria-colindex='3'][data-pin='2']")
        .await;
    assert_eq!(
        GridLayout::from_text(&atlas.layout.get_untracked().to_text()),
        atlas.layout.get_untracked()
    );
    page.one(".dialog__actions button").click();
    until("all are back", || page.all("[role=columnheader]").len() == 4).await;
}

#[wasm_bindgen_test]
async fn pinned_columns_stay_and_the_page_is_not_scrolled_sideways() {
    let (page, atlas) = atlas(10, 900).await;
    atlas.layout.set(GridLayout::from_text(
        r#"{"widths":{"name":500,"river":500},"pinned":1}"#,
    ));
    let list = page.one(".virtual-list");
    until("there is more than fits", || {
        list.scroll_width() > list.client_width()
    })
    .await;
    let before = cell(&page, 2, 2).get_bounding_client_rect().left();
    list.set_scroll_left(200);
    settle().await;
    assert!((cell(&page, 2, 2).get_bounding_client_rect().left() - before).abs() < 1.0);
    assert!((cell(&page, 1, 2).get_bounding_client_rect().left() - before).abs() < 1.0);
}

#[wasm_bindgen_test]
async fn where_there_is_no_room_a_row_is_a_card() {
    let (page, _) = atlas(10, 360).await;
    let list = page.one(".virtual-list");
    assert!(list.scroll_width() <= list.client_width());
    let sides = |column| cell(&page, 2, column).get_bounding_client_rect();
    assert!(
        sides(3).top() >= sides(2).bottom() - 1.0,
        "the name has a line of its own"
    );
    assert_eq!(
        attribute(&cell(&page, 2, 3), "data-label").as_deref(),
        Some("River")
    );
    let target = stop(&page, 2, 1)
        .parent_element()
        .unwrap()
        .get_bounding_client_rect();
    assert!(target.width() >= 44.0 && target.height() >= 44.0);
    stop(&page, 2, 2).focus().unwrap();
    press("ArrowDown");
    on(&page, 3, 2).await;
}

/// A box among elements.
trait IntoInput {
    fn into_input(self) -> web_sys::HtmlInputElement;
}

impl IntoInput for HtmlElement {
    fn into_input(self) -> web_sys::HtmlInputElement {
        wasm_bindgen::JsCast::unchecked_into(self)
    }
}

use leptos::prelude::*;
use portico::ui::{VirtualList, VirtualRoles};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, attribute, has_focus, settle, until};

/// What a test may change about a list, and what it may learn.
#[derive(Clone, Copy)]
struct List {
    count: RwSignal<usize>,
    near_end: RwSignal<usize>,
    reset: RwSignal<()>,
}

/// A box of 480 points with rows of 48 each.
fn list(count: usize, roles: VirtualRoles, initial_top: f64) -> (Page, List) {
    let list = List {
        count: RwSignal::new(count),
        near_end: RwSignal::new(0),
        reset: RwSignal::new(()),
    };
    let row = |index: usize| {
        view! { <span role="cell"><a href=format!("#row-{index}")>{index}</a></span> }.into_any()
    };
    let page = Page::show(move || {
        view! {
            <div
                style="display: flex; flex-direction: column; block-size: 480px"
                role="table"
                aria-label="Rows"
                aria-rowcount="-1"
            >
                <VirtualList
                    count=list.count
                    key=|index| index
                    row
                    roles
                    initial_top
                    reset=list.reset
                    on_near_end=move |()| list.near_end.update(|n| *n += 1)
                />
            </div>
        }
    });
    (page, list)
}

const TABLE: VirtualRoles = VirtualRoles::Table { header_rows: 1 };

fn row(page: &Page, index: usize) -> bool {
    page.has(&format!("[href='#row-{index}']"))
}

#[wasm_bindgen_test]
async fn of_a_hundred_thousand_rows_only_those_in_sight_exist_and_each_knows_its_place() {
    let (page, list) = list(100_000, TABLE, 0.0);
    page.appears("[role=rowgroup] [role=row][aria-rowindex='2']")
        .await;
    until("a screen of rows is drawn", || row(&page, 9)).await;
    assert!(page.all("[role=row]").len() < 40);
    let scroller = page.one(".virtual-list");
    scroller.set_scroll_top(48 * 50_000);
    until("the middle is drawn", || row(&page, 50_005)).await;
    assert!(!row(&page, 0) && page.all("[role=row]").len() < 40);
    let seen = page
        .one("[aria-rowindex='50002']")
        .get_bounding_client_rect()
        .top();
    assert!(
        (seen - scroller.get_bounding_client_rect().top()).abs() < 2.0,
        "row 50000 is at the top: {seen}"
    );
    scroller.set_scroll_top(48 * 100_000);
    until("the end is drawn", || row(&page, 99_999)).await;
    until("its nearness is told", || list.near_end.get_untracked() == 1).await;
}

#[wasm_bindgen_test]
async fn the_end_is_told_once_for_each_length() {
    let (page, list) = list(5, TABLE, 0.0);
    until("it is told at once", || list.near_end.get_untracked() == 1).await;
    settle().await;
    assert_eq!(list.near_end.get_untracked(), 1);
    list.count.set(8);
    until("it is told again", || list.near_end.get_untracked() == 2).await;
    list.count.set(1_000);
    until("it has grown", || row(&page, 12)).await;
    settle().await;
    assert_eq!(list.near_end.get_untracked(), 2, "the end is far away now");
}

#[wasm_bindgen_test]
async fn a_row_with_the_focus_stays_however_far_it_is_scrolled_away() {
    let (page, _) = list(10_000, TABLE, 0.0);
    until("it is drawn", || row(&page, 3)).await;
    let link = page.one("[href='#row-3']");
    link.focus().unwrap();
    page.one(".virtual-list").set_scroll_top(48 * 5_000);
    until("it is scrolled", || row(&page, 5_003)).await;
    assert!(has_focus(&link), "the keyboard must not fall out of the list");
    page.one(".virtual-list").set_scroll_top(0);
    until("it is scrolled back", || row(&page, 0)).await;
    assert!(has_focus(&link));
    page.one(".virtual-list").set_scroll_top(48 * 5_000);
    until("it is scrolled again", || row(&page, 5_003)).await;
    link.blur().unwrap();
    until("it goes with the focus", || !row(&page, 3)).await;
}

#[wasm_bindgen_test]
async fn it_keeps_its_place_on_return_and_starts_anew_when_it_is_another_list() {
    let (page, list) = list(10_000, TABLE, 48.0 * 700.0);
    until("it is where it was left", || row(&page, 705)).await;
    assert_eq!(page.one(".virtual-list").scroll_top(), 48 * 700);
    list.reset.set(());
    until("it starts anew", || row(&page, 0)).await;
}

#[wasm_bindgen_test]
async fn a_plain_list_counts_its_entries() {
    let (page, _) = list(300, VirtualRoles::List, 0.0);
    page.appears("[role=list] [role=listitem]").await;
    let first = page.all("[role=listitem]").remove(0);
    assert_eq!(attribute(&first, "aria-posinset").as_deref(), Some("1"));
    assert_eq!(attribute(&first, "aria-setsize").as_deref(), Some("300"));
    assert_eq!(attribute(&first, "aria-rowindex"), None);
}

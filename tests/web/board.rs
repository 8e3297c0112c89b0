use leptos::prelude::*;
use portico::ui::{
    Board, BoardCard, BoardColumn, BoardHold, BoardLink, BoardMore, BoardMove, Menu, MenuEntry, follow_card,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::page::{Page, attribute, focused, has_focus, press, send, settle, until};

type Move = BoardMove<u32, u32>;

/// The card that nobody may move.
const FIXED: u32 = 20;

/// A board whose owner does what it is asked for; `moves` has what that was.
#[derive(Clone, Copy)]
struct Desk {
    columns: RwSignal<Vec<BoardColumn<u32, u32>>>,
    moves: RwSignal<Vec<Move>>,
    refused: RwSignal<Vec<u32>>,
}

fn card(key: u32) -> BoardCard<u32> {
    BoardCard {
        key,
        name: format!("Card {key}"),
        hold: if key == FIXED {
            BoardHold::Fixed
        } else {
            BoardHold::Free
        },
    }
}

/// Columns 0, 1, … with the given cards.
fn desk(columns: &[&[u32]]) -> (Page, Desk) {
    let column = |(key, cards): (u32, &&[u32])| BoardColumn {
        key,
        name: format!("Column {key}"),
        label: format!("Column {key}, {} cards", cards.len()),
        count: cards.len() as u64,
        total: String::new(),
        cards: cards.iter().copied().map(card).collect(),
        more: BoardMore::None,
    };
    let desk = Desk {
        columns: RwSignal::new((0..).zip(columns).map(column).collect()),
        moves: RwSignal::new(Vec::new()),
        refused: RwSignal::new(Vec::new()),
    };
    let draw = |key: u32| {
        let entries = Signal::stored(vec![MenuEntry::action("Move on", || ())]);
        view! {
            <BoardLink href=format!("#to-{key}")>{format!("Card {key}")}</BoardLink>
            <Menu label=format!("Move {key}") entries in_tab_order=false/>
        }
        .into_any()
    };
    let page = Page::show(move || {
        view! {
            <a id="before" href="#before">"Before"</a>
            <div style="display: flex; block-size: 400px; inline-size: 700px">
                <Board
                    label="Cards"
                    columns=desk.columns
                    draw
                    empty="Nothing here"
                    on_move=Callback::new(move |change| desk.make(change))
                    on_refused=Callback::new(move |card| desk.refused.update(|refused| refused.push(card)))
                    on_expand=Callback::new(move |column| desk.show_more(column))
                />
            </div>
            <a id="behind" href="#behind">"Behind"</a>
        }
    });
    (page, desk)
}

impl Desk {
    fn make(self, change: Move) {
        self.moves.update(|moves| moves.push(change));
        self.columns.update(|columns| {
            for column in columns.iter_mut() {
                column.cards.retain(|card| card.key != change.card);
                if column.key == change.column {
                    let above = |after| column.cards.iter().position(|card| card.key == after).unwrap() + 1;
                    let row = change.after.map_or(0, above);
                    column.cards.insert(row, card(change.card));
                }
            }
        });
        follow_card(change.card);
    }

    fn offer_more(self) {
        self.columns
            .update(|columns| columns[0].more = BoardMore::Offered);
    }

    fn show_more(self, column: u32) {
        self.columns.update(|columns| {
            let column = columns.iter_mut().find(|it| it.key == column).unwrap();
            column.cards.extend([card(90), card(91)]);
            column.more = BoardMore::None;
        });
    }

    fn order(self) -> Vec<Vec<u32>> {
        let keys = |column: &BoardColumn<u32, u32>| column.cards.iter().map(|card| card.key).collect();
        self.columns
            .with_untracked(|columns| columns.iter().map(keys).collect())
    }
}

fn link(page: &Page, card: u32) -> HtmlElement {
    page.one(&format!(".board__columns a[href='#to-{card}']"))
}

/// The card around a link.
fn around(page: &Page, card: u32) -> HtmlElement {
    link(page, card)
        .closest(".board__card")
        .unwrap()
        .map(wasm_bindgen::JsCast::unchecked_into)
        .unwrap()
}

fn is_lifted(page: &Page, card: u32) -> bool {
    attribute(&around(page, card), "data-lifted").is_some()
}

/// Presses keys one after the other.
fn keys(keys: &[&str]) {
    for key in keys {
        press(key);
    }
}

fn command(key: &str) {
    let init = [("key", key.into()), ("ctrlKey", JsValue::TRUE)];
    send(&focused(), "KeyboardEvent", "keydown", &init);
}

async fn on(page: &Page, card: u32) {
    until(&format!("the focus is on card {card}"), || {
        has_focus(&link(page, card))
    })
    .await;
}

fn tab_stops(page: &Page) -> Vec<String> {
    let stops = page.all(".board [tabindex='0']");
    stops.iter().map(|stop| stop.text_content().unwrap()).collect()
}

#[wasm_bindgen_test]
async fn it_is_one_stop_of_the_tab_key_where_one_was_last() {
    let (page, _) = desk(&[&[1, 2], &[], &[3]]);
    assert_eq!(tab_stops(&page), ["Card 1", "Card 3"], "no list is out of reach");
    link(&page, 1).focus().unwrap();
    press("ArrowDown");
    on(&page, 2).await;
    settle().await;
    assert_eq!(tab_stops(&page), ["Card 2"]);
    page.one("#behind").focus().unwrap();
    settle().await;
    assert_eq!(tab_stops(&page), ["Card 2"]);
}

#[wasm_bindgen_test]
async fn arrows_lead_to_neighbours_past_empty_columns_and_stop_at_the_edges() {
    let (page, _) = desk(&[&[1, 2], &[], &[3, 4, 5]]);
    link(&page, 1).focus().unwrap();
    assert!(!press("ArrowUp"), "the page must not scroll");
    on(&page, 1).await;
    press("ArrowRight");
    on(&page, 3).await;
    press("End");
    on(&page, 5).await;
    press("ArrowLeft");
    on(&page, 2).await;
    command("End");
    on(&page, 5).await;
    command("Home");
    on(&page, 1).await;
    press("ArrowLeft");
    on(&page, 1).await;
}

#[wasm_bindgen_test]
async fn what_it_is_to_a_screen_reader() {
    let (page, _) = desk(&[&[1], &[]]);
    let columns = page.all("section[aria-label]");
    assert_eq!(
        attribute(&columns[0], "aria-label").as_deref(),
        Some("Column 0, 1 cards")
    );
    assert_eq!(
        page.all("ul[role=list] > li").len(),
        2,
        "a card, and the words of an empty column"
    );
    let hint = attribute(&link(&page, 1), "aria-describedby").unwrap();
    assert!(page.has(&format!("#{hint}")));
    assert!(page.has(".board__columns[role=group][aria-label=Cards]"));
}

#[wasm_bindgen_test]
async fn space_picks_up_arrows_choose_and_space_lets_go_where_the_focus_follows() {
    let (page, desk) = desk(&[&[1, 2], &[3, 4], &[]]);
    link(&page, 1).focus().unwrap();
    assert!(!press(" "), "the page must not scroll");
    page.appears("[data-lifted]").await;
    press("ArrowRight");
    page.appears("[data-mark=above] a[href='#to-3']").await;
    assert!(attribute(&page.all(".board__column")[1], "data-over").is_some());
    keys(&["End"]);
    page.appears("[data-mark=below] a[href='#to-4']").await;
    press("ArrowRight");
    page.appears(".board__empty[data-mark]").await;
    assert!(
        has_focus(&link(&page, 1)),
        "the focus stays with the card in the air"
    );
    keys(&["ArrowLeft", "End", " "]);
    page.vanishes("[data-lifted]").await;
    let made = BoardMove {
        card: 1,
        column: 1,
        after: Some(4),
    };
    assert_eq!(desk.moves.get_untracked(), [made]);
    on(&page, 1).await;
    press("ArrowUp");
    on(&page, 4).await;
}

#[wasm_bindgen_test]
async fn enter_lets_go_too_and_escape_puts_back() {
    let (page, desk) = desk(&[&[1, 2], &[3]]);
    link(&page, 1).focus().unwrap();
    keys(&[" ", "ArrowRight", "Escape"]);
    settle().await;
    assert!(!page.has("[data-lifted]") && desk.moves.get_untracked().is_empty());
    keys(&[" ", "ArrowDown"]);
    assert!(!press("Enter"), "the link must not be followed");
    settle().await;
    assert_eq!(desk.order(), [vec![2, 1], vec![3]]);
    on(&page, 1).await;
    keys(&[" ", " "]);
    settle().await;
    assert_eq!(desk.moves.get_untracked().len(), 1, "where it lay is no move");
    assert!(press("Enter"), "a card at rest is opened");
}

#[wasm_bindgen_test]
async fn a_key_that_is_held_down_does_not_let_go_again() {
    let (page, desk) = desk(&[&[1], &[2]]);
    link(&page, 1).focus().unwrap();
    keys(&[" ", "ArrowRight"]);
    let held_down = [("key", " ".into()), ("repeat", JsValue::TRUE)];
    send(&focused(), "KeyboardEvent", "keydown", &held_down);
    settle().await;
    assert!(is_lifted(&page, 1) && desk.moves.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn what_may_not_be_moved_is_refused() {
    let (page, desk) = desk(&[&[FIXED, 2]]);
    link(&page, FIXED).focus().unwrap();
    press(" ");
    settle().await;
    assert_eq!(desk.refused.get_untracked(), [FIXED]);
    assert!(!page.has("[data-lifted]"));
}

#[wasm_bindgen_test]
async fn who_leaves_with_a_card_in_the_air_has_not_moved_it() {
    let (page, desk) = desk(&[&[1], &[2]]);
    link(&page, 1).focus().unwrap();
    keys(&[" ", "ArrowRight"]);
    page.appears("[data-lifted]").await;
    page.one("#behind").focus().unwrap();
    page.vanishes("[data-lifted]").await;
    assert!(desk.moves.get_untracked().is_empty());
    assert!(has_focus(&page.one("#behind")));
}

#[wasm_bindgen_test]
async fn a_card_in_the_air_that_somebody_takes_away_is_gone() {
    let (page, desk) = desk(&[&[1, 2], &[3]]);
    link(&page, 2).focus().unwrap();
    press(" ");
    page.appears("[data-lifted]").await;
    desk.columns.update(|columns| {
        columns[0].cards.pop();
    });
    page.vanishes("[data-lifted]").await;
    on(&page, 1).await;
    press("ArrowRight");
    on(&page, 3).await;
}

#[wasm_bindgen_test]
async fn more_is_the_last_of_its_column_and_leaves_the_focus_to_what_it_brings() {
    let (page, desk) = desk(&[&[1], &[2]]);
    desk.offer_more();
    page.appears(".board__more").await;
    link(&page, 1).focus().unwrap();
    press("ArrowDown");
    until("the button has the focus", || {
        has_focus(&page.one(".board__more"))
    })
    .await;
    assert!(press(" "), "a button is pressed by the browser");
    focused().click();
    page.vanishes(".board__more").await;
    on(&page, 90).await;
}

#[wasm_bindgen_test]
async fn the_menu_of_a_card_opens_by_key_and_gives_the_focus_back() {
    let (page, desk) = desk(&[&[1, 2]]);
    link(&page, 2).focus().unwrap();
    let shift_f10 = [("key", "F10".into()), ("shiftKey", JsValue::TRUE)];
    assert!(!send(&focused(), "KeyboardEvent", "keydown", &shift_f10));
    page.appears("[role=menu][aria-label='Move 2']").await;
    until("its entry has the focus", || {
        attribute(&focused(), "role").as_deref() == Some("menuitem")
    })
    .await;
    press("Escape");
    page.vanishes("[role=menu]").await;
    press("Escape");
    on(&page, 2).await;
    assert!(desk.moves.get_untracked().is_empty());
}

/// The middle of `element`, or what is `down` points below it.
fn middle(element: &HtmlElement, down: f64) -> (f64, f64) {
    let rect = element.get_bounding_client_rect();
    (
        rect.left() + rect.width() / 2.0,
        rect.top() + rect.height() / 2.0 + down,
    )
}

fn point(target: &HtmlElement, what: &str, kind: &str, id: i32, (x, y): (f64, f64)) -> bool {
    let init = [
        ("pointerType", kind.into()),
        ("pointerId", id.into()),
        ("isPrimary", (id == 1).into()),
        ("button", 0.into()),
        ("buttons", 1.into()),
        ("clientX", x.into()),
        ("clientY", y.into()),
    ];
    send(target, "PointerEvent", what, &init)
}

#[wasm_bindgen_test]
async fn a_mouse_drags_and_the_click_that_ends_it_opens_nothing() {
    let (page, desk) = desk(&[&[1, 2], &[3, 4]]);
    let card = link(&page, 1);
    let start = middle(&around(&page, 1), 0.0);
    let below = middle(&around(&page, 3), 2.0);
    point(&card, "pointerdown", "mouse", 1, start);
    point(&card, "pointermove", "mouse", 1, (start.0 + 2.0, start.1));
    settle().await;
    assert!(!page.has("[data-lifted]"), "a tremble is no drag");
    point(&card, "pointermove", "mouse", 1, below);
    page.appears(".board__ghost").await;
    assert!(is_lifted(&page, 1) && page.has("[data-mark=above] a[href='#to-4']"));
    point(&card, "pointerup", "mouse", 1, below);
    let followed = send(&card, "MouseEvent", "click", &[]);
    assert!(!followed, "the click belongs to the drag");
    page.vanishes(".board__ghost").await;
    assert_eq!(desk.order(), [vec![2], vec![3, 1, 4]]);
}

#[wasm_bindgen_test]
async fn escape_and_letting_go_beside_the_board_put_a_dragged_card_back() {
    let (page, desk) = desk(&[&[1, 2], &[3]]);
    let start = middle(&around(&page, 1), 0.0);
    let over = middle(&around(&page, 3), 0.0);
    let drag_to = |to| {
        point(&link(&page, 1), "pointerdown", "mouse", 1, start);
        point(&link(&page, 1), "pointermove", "mouse", 1, to);
    };
    drag_to(over);
    page.appears(".board__ghost").await;
    send(
        &page.one("#before"),
        "KeyboardEvent",
        "keydown",
        &[("key", "Escape".into())],
    );
    page.vanishes(".board__ghost").await;
    assert!(!page.has("[data-lifted]"));
    drag_to((over.0, -50.0));
    page.appears(".board__ghost").await;
    point(&link(&page, 1), "pointerup", "mouse", 1, (over.0, -50.0));
    page.vanishes("[data-lifted]").await;
    assert!(desk.moves.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn a_press_on_a_button_or_with_another_button_drags_nothing() {
    let (page, _) = desk(&[&[1], &[2]]);
    let over = middle(&around(&page, 2), 0.0);
    let menu = page.one("[aria-label='Move 1']");
    point(&menu, "pointerdown", "mouse", 1, middle(&menu, 0.0));
    point(&menu, "pointermove", "mouse", 1, over);
    settle().await;
    assert!(!page.has("[data-lifted]"));
}

#[wasm_bindgen_test]
async fn a_finger_picks_up_by_resting_and_scrolls_by_moving() {
    let (page, desk) = desk(&[&[1, 2], &[3]]);
    let touchmove = |card| send(&link(&page, card), "TouchEvent", "touchmove", &[]);
    let (first, second) = (middle(&around(&page, 1), 0.0), middle(&around(&page, 2), 0.0));
    // This one moves at once: had it not been given up, it would be in the air before the next.
    point(&link(&page, 1), "pointerdown", "touch", 1, first);
    point(
        &link(&page, 1),
        "pointermove",
        "touch",
        1,
        (first.0, first.1 - 20.0),
    );
    assert!(touchmove(1), "scrolling is left to the browser");
    point(&link(&page, 1), "pointercancel", "touch", 1, first);
    point(&link(&page, 2), "pointerdown", "touch", 1, second);
    page.appears("[data-lifted]").await;
    assert!(is_lifted(&page, 2) && !is_lifted(&page, 1));
    assert!(!touchmove(2), "a finger with a card does not scroll");
    let menu = send(&link(&page, 2), "MouseEvent", "contextmenu", &[]);
    assert!(!menu, "the browser's own menu stays away");
    let over = middle(&around(&page, 3), 4.0);
    point(&link(&page, 2), "pointermove", "touch", 1, over);
    point(&link(&page, 2), "pointerup", "touch", 1, over);
    until("it is moved", || desk.order() == [vec![1], vec![3, 2]]).await;
}

#[wasm_bindgen_test]
async fn two_fingers_zoom_and_a_taken_pointer_puts_back() {
    let (page, desk) = desk(&[&[1], &[2]]);
    let start = middle(&around(&page, 1), 0.0);
    for end in ["pointerdown", "pointercancel"] {
        point(&link(&page, 1), "pointerdown", "touch", 1, start);
        page.appears("[data-lifted]").await;
        point(
            &link(&page, 1),
            "pointermove",
            "touch",
            1,
            middle(&around(&page, 2), 0.0),
        );
        point(
            &link(&page, 2),
            end,
            "touch",
            if end == "pointerdown" { 2 } else { 1 },
            start,
        );
        page.vanishes("[data-lifted]").await;
        point(&link(&page, 1), "pointerup", "touch", 1, start);
    }
    assert!(desk.moves.get_untracked().is_empty());
}

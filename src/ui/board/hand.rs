//! A board under mouse, finger and pen. A mouse picks a card up by moving it, a finger or pen by resting on it: one that
//! moves at once scrolls, and two zoom.

use leptos::ev;
use leptos::prelude::*;

use super::geometry::{Become, Point, column_at, moved, pull, row_at};
use super::lift::{Act, Means};
use super::shown::{BoardKey, Spot};
use super::table::Table;
use crate::platform::{clock, document, keyboard, pointer, task, viewport};

/// Milliseconds a finger rests on a card to pick it up.
const REST_MS: u32 = 350;
/// CSS pixels a millisecond that a card at an edge scrolls what lies beyond.
const SCROLL_SPEED: f64 = 0.9;
/// The longest time one step of scrolling counts for: the screen may have stood still.
const LONGEST_STEP_MS: f64 = 50.0;
/// What does something of its own when it is pressed.
const CONTROLS: &str = "button, input, select, textarea, [role=menu]";

/// A press on a card that may become a drag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Press<K> {
    card: K,
    pointer: i32,
    is_mouse: bool,
    at: Point,
    ghost: Ghost,
    since: f64,
}

/// A held card under its pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ghost {
    /// Where the pointer is.
    pub(super) at: Point,
    /// How far into the card it holds it.
    pub(super) grip: Point,
    /// How wide the card is.
    pub(super) width: f64,
}

fn point(event: &ev::PointerEvent) -> Point {
    Point {
        x: f64::from(event.client_x()),
        y: f64::from(event.client_y()),
    }
}

impl<C: BoardKey, K: BoardKey> Table<C, K> {
    fn held_by(self, pointer: i32) -> bool {
        self.held().is_some_and(|held| held.by == Means::Pointer(pointer))
    }

    pub(super) fn held_by_pointer(self) -> bool {
        self.held().is_some_and(|held| held.by != Means::Keys)
    }

    /// A pointer went down on `card`.
    pub(super) fn pressed(self, card: K, event: &ev::PointerEvent) {
        let plain = event.is_primary() && event.button() == 0;
        if !plain || self.held().is_some() || document::inside(event, CONTROLS) {
            return;
        }
        let Some(sides) = pointer::listener(event).map(|card| viewport::sides(&card)) else {
            return;
        };
        let at = point(event);
        let press = Press {
            card,
            pointer: event.pointer_id(),
            is_mouse: pointer::is_mouse(event),
            at,
            ghost: Ghost {
                at,
                grip: Point {
                    x: at.x - sides.left,
                    y: at.y - sides.top,
                },
                width: sides.right - sides.left,
            },
            since: clock::now_ms(),
        };
        self.press.set_value(Some(press));
        if !press.is_mouse {
            self.pick_up_after_rest(press);
        }
    }

    fn pick_up_after_rest(self, press: Press<K>) {
        task::detached(async move {
            clock::sleep(REST_MS).await;
            if self.press.try_get_value().flatten() == Some(press) {
                self.pick_up(press);
            }
        });
    }

    fn pick_up(self, press: Press<K>) {
        self.press.set_value(None);
        self.act(Act::Lift(press.card, Means::Pointer(press.pointer)));
        if !self.held_by(press.pointer) {
            return;
        }
        if let Some(root) = self.root.get_untracked() {
            pointer::capture(&root, press.pointer);
        }
        self.dragged.set_value(true);
        self.ghost.set(Some(press.ghost));
        self.scroll_at_edges(clock::now_ms());
    }

    /// A further pointer went down: two fingers zoom, they move nothing.
    pub(super) fn joined(self, event: &ev::PointerEvent) {
        if !event.is_primary() {
            self.cancel();
        }
    }

    /// A pointer moved over the board, or anywhere while it holds a card.
    pub(super) fn moved(self, event: &ev::PointerEvent) {
        let to = point(event);
        let waiting = self.press.get_value();
        if let Some(press) = waiting.filter(|press| press.pointer == event.pointer_id()) {
            let released = press.is_mouse && event.buttons() == 0;
            match moved(press.is_mouse, press.at, to) {
                _ if released => self.press.set_value(None),
                Become::Waiting => {}
                Become::Other => self.press.set_value(None),
                Become::Drag => self.pick_up(press),
            }
        }
        if self.held_by(event.pointer_id()) {
            self.ghost.update(|ghost| {
                if let Some(ghost) = ghost {
                    ghost.at = to;
                }
            });
            self.aim(to);
        }
    }

    /// A pointer let go.
    pub(super) fn released(self, event: &ev::PointerEvent) {
        self.press.set_value(None);
        if self.held_by(event.pointer_id()) {
            self.act(Act::Drop);
            self.end_drag();
        }
    }

    /// The browser took the pointer for something else, or there is no longer one.
    pub(super) fn cancel(self) {
        self.press.set_value(None);
        if self.held_by_pointer() {
            self.act(Act::PutBack);
            self.end_drag();
        }
    }

    fn end_drag(self) {
        self.ghost.set(None);
        // The click that belongs to letting go comes before this.
        task::detached(async move {
            clock::sleep(0).await;
            self.dragged.try_set_value(false);
        });
    }

    /// Something scrolled: a finger that waits for a card is scrolling.
    pub(super) fn scrolled(self) {
        if self.press.get_value().is_some_and(|press| !press.is_mouse) {
            self.press.set_value(None);
        }
    }

    /// A long press would open the browser's own menu on the card.
    pub(super) fn asked_for_menu(self, event: &ev::MouseEvent) {
        let rests = self.press.get_value().is_some_and(|press| !press.is_mouse);
        // Some browsers send this for the key that has just opened the card's own menu.
        if rests || self.dragged.get_value() || document::inside(event, "[role=menu]") {
            event.prevent_default();
        }
    }

    /// Escape puts a dragged card back, wherever the focus is.
    pub(super) fn cancel_by_key(self) {
        let pressed = window_event_listener(ev::keydown, move |event| {
            let escape = || keyboard::pressed(&event).is_some_and(|press| press.key == "Escape");
            if self.held_by_pointer() && escape() {
                event.prevent_default();
                self.cancel();
            }
        });
        on_cleanup(move || pressed.remove());
    }

    fn aim(self, at: Point) {
        let spot = self.root.get_untracked().and_then(|root| spot_at(&root, at));
        self.act(Act::Aim(spot));
    }

    /// Scrolls on with each frame for as long as a card is held near an edge.
    fn scroll_at_edges(self, last: f64) {
        request_animation_frame(move || {
            let (ghost, root) = (self.ghost.try_get_untracked(), self.root.try_get_untracked());
            let (Some(Some(ghost)), Some(Some(root))) = (ghost, root) else {
                return;
            };
            let now = clock::now_ms();
            let reach = (now - last).min(LONGEST_STEP_MS) * SCROLL_SPEED;
            if scroll(&root, ghost.at, reach) {
                self.aim(ghost.at);
            }
            self.scroll_at_edges(now);
        });
    }
}

/// The place on the board `root` that is at `at`.
fn spot_at(root: &web_sys::HtmlElement, at: Point) -> Option<Spot> {
    let board = viewport::sides(root);
    let across = (board.left..=board.right).contains(&at.x);
    if !across || !(board.top..=board.bottom).contains(&at.y) {
        return None;
    }
    let columns = viewport::inside(root, ".board__column");
    let column = column_under(&columns, at.x)?;
    let cards = viewport::inside(&columns[column], ".board__card:not([data-lifted])");
    let cards: Vec<(f64, f64)> = cards
        .iter()
        .map(|card| viewport::sides(card))
        .map(|card| (card.top, card.bottom))
        .collect();
    Some(Spot {
        column,
        row: row_at(&cards, at.y),
    })
}

fn column_under(columns: &[web_sys::HtmlElement], x: f64) -> Option<usize> {
    let spans: Vec<(f64, f64)> = columns
        .iter()
        .map(|column| viewport::sides(column))
        .map(|column| (column.left, column.right))
        .collect();
    column_at(&spans, x)
}

/// Scrolls what a card that is held at `at` pulls on, by at most `reach`. Whether anything went anywhere.
fn scroll(root: &web_sys::HtmlElement, at: Point, reach: f64) -> bool {
    let board = viewport::sides(root);
    let along = pull(at.x, board.left, board.right) * reach;
    let mut went = along != 0.0 && viewport::scroll_on(root, along, 0.0);
    let columns = viewport::inside(root, ".board__column");
    let column = column_under(&columns, at.x).and_then(|index| columns.get(index));
    let list = column.and_then(|column| viewport::inside(column, ".board__list").into_iter().next());
    if let Some(list) = list {
        let sides = viewport::sides(&list);
        let down = pull(at.y, sides.top, sides.bottom) * reach;
        went |= down != 0.0 && viewport::scroll_on(&list, 0.0, down);
    }
    let window = viewport::window_sides();
    let down = pull(at.y, window.top, window.bottom) * reach;
    went || (down != 0.0 && viewport::scroll_around_on(root, down))
}

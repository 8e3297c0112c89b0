//! A board under the keyboard.

use leptos::ev;
use leptos::prelude::*;

use super::lift::{Act, Means};
use super::rove::{self, Stop};
use super::shown::BoardKey;
use super::table::{Table, focus, id_of};
use super::way::Way;
use crate::platform::keyboard::{self, Press};
use crate::platform::{clock, document, task};

/// A key was pressed somewhere on the board.
pub(super) fn pressed<C: BoardKey, K: BoardKey>(table: Table<C, K>, event: &ev::KeyboardEvent) {
    // What the card itself has an answer to, such as its menu, is not for the board.
    if event.default_prevented() || document::inside(event, "[role=menu]") {
        return;
    }
    let Some(press) = keyboard::pressed(event) else {
        return;
    };
    let done = if table.held_by_keys() {
        carry(table, &press)
    } else {
        walk(table, &press, document::inside(event, ".board__link"))
    };
    if done {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// What a key does while the keyboard holds a card. Whether it did anything.
fn carry<C: BoardKey, K: BoardKey>(table: Table<C, K>, press: &Press) -> bool {
    let act = match press.key.as_str() {
        " " | "Enter" => Act::Drop,
        "Escape" => Act::PutBack,
        _ => match Way::of(press) {
            Some(way) => Act::Step(way),
            None => return false,
        },
    };
    // A key that is held down must not let go of what it has just picked up.
    if act != Act::Drop || !press.repeated {
        table.act(act);
    }
    true
}

/// What a key does otherwise. Whether it did anything.
fn walk<C: BoardKey, K: BoardKey>(table: Table<C, K>, press: &Press, on_link: bool) -> bool {
    let Some((stop, spot)) = table.active() else {
        return false;
    };
    let opens_menu = press.key == "ContextMenu" || (press.key == "F10" && press.shift);
    match (stop, press.key.as_str()) {
        (Stop::Card(card), " ") if on_link => {
            if !press.repeated {
                table.act(Act::Lift(card, Means::Keys));
            }
            true
        }
        (Stop::Card(_), _) if opens_menu => {
            document::press_in_frame(&id_of(stop), ".board__card", "[aria-haspopup=menu]")
        }
        // From the button of its menu back to the card.
        (Stop::Card(_), "Escape") if !on_link => {
            focus(stop);
            true
        }
        _ => {
            let Some(way) = Way::of(press) else {
                return false;
            };
            let next = table
                .columns
                .with_untracked(|columns| rove::go(columns, spot, way));
            if let Some(next) = next {
                focus(next);
            }
            true
        }
    }
}

/// The focus leaves something on the board. Who leaves with a card in the air has not put it anywhere.
pub(super) fn left<C: BoardKey, K: BoardKey>(table: Table<C, K>) {
    if !table.held_by_keys() {
        return;
    }
    task::detached(async move {
        clock::sleep(0).await;
        let root = table.root.try_get_untracked().flatten();
        if root.is_some_and(|root| !document::holds_focus(&root)) && table.held_by_keys() {
            table.act(Act::PutBack);
        }
    });
}

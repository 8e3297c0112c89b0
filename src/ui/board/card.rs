//! One card of a board.

use leptos::prelude::*;

use super::Draw;
use super::lift::Mark;
use super::rove::Stop;
use super::shown::{BoardHold, BoardKey};
use super::table::{Table, id_of};

/// A card in its column.
#[component]
pub(super) fn Card<C: BoardKey, K: BoardKey>(
    table: Table<C, K>,
    draw: StoredValue<Draw<K>>,
    card: K,
    /// Whether it is the first of its column.
    #[prop(into)]
    first: Signal<bool>,
) -> impl IntoView {
    let stop = Stop::Card(card);
    let hold = Memo::new(move |_| table.card(card, |card| card.hold).unwrap_or(BoardHold::Busy));
    let lifted = Memo::new(move |_| table.lift.with(|lift| lift.is_some_and(|lift| lift.card == card)));
    let mark = Memo::new(move |_| match table.mark.get() {
        Some(Mark::Above(marked)) if marked == card => Some("above"),
        Some(Mark::Below(marked)) if marked == card => Some("below"),
        _ => None,
    });
    provide_context(Handle {
        id: Some(id_of(stop)),
        hint: table.hint.get_value(),
        tabindex: Signal::derive(move || table.tabindex(stop, first.get())),
    });
    view! {
        <li
            class="board__card"
            data-hold=move || hold.get().name()
            data-lifted=move || lifted.get()
            data-mark=move || mark.get()
            aria-busy=move || (hold.get() == BoardHold::Busy).then_some("true")
            on:pointerdown=move |event| table.pressed(card, &event)
            on:focusin=move |_| table.entered(stop)
        >
            {draw.with_value(|draw| draw(card))}
        </li>
    }
}

/// The card in the air, drawn under the pointer that holds it.
#[component]
pub(super) fn Ghosts<C: BoardKey, K: BoardKey>(
    table: Table<C, K>,
    draw: StoredValue<Draw<K>>,
) -> impl IntoView {
    let held = Memo::new(move |_| {
        let is_held = table.ghost.with(Option::is_some);
        table.lift.get().filter(|_| is_held).map(|lift| lift.card)
    });
    let place = move || {
        table.ghost.get().map(|ghost| {
            let (x, y) = (ghost.at.x - ghost.grip.x, ghost.at.y - ghost.grip.y);
            format!("{x}px {y}px")
        })
    };
    let width = move || table.ghost.get().map(|ghost| format!("{}px", ghost.width));
    move || {
        held.get().map(|card| {
            provide_context(Handle {
                id: None,
                hint: String::new(),
                tabindex: Signal::stored("-1"),
            });
            view! {
                <div
                    class="board__card board__ghost"
                    aria-hidden="true"
                    inert
                    style:translate=place
                    style:inline-size=width
                >
                    {draw.with_value(|draw| draw(card))}
                </div>
            }
        })
    }
}

/// What makes a link the part of a card that takes the focus.
#[derive(Clone)]
struct Handle {
    id: Option<String>,
    hint: String,
    tabindex: Signal<&'static str>,
}

/// The link of a card: what the arrows go to, what Space picks up and what a press anywhere on the card opens. Each card
/// has one.
#[component]
pub fn BoardLink(
    /// Where it leads.
    href: String,
    /// The card's name.
    children: Children,
) -> impl IntoView {
    let Handle { id, hint, tabindex } = expect_context();
    let described = id.is_some().then_some(hint);
    view! {
        <a
            class="board__link"
            id=id
            href=href
            tabindex=move || tabindex.get()
            aria-describedby=described
            draggable="false"
        >
            {children()}
        </a>
    }
}

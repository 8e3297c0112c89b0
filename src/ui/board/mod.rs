//! Columns of cards that are moved by mouse, touch and keyboard. The part knows neither what a card stands for nor what
//! a move means: it shows what it is given, and says which card somebody put where.
//!
//! The whole board is one stop of the Tab key; the arrows, Home and End go on from there. Space picks a card up, the
//! arrows choose its place, Space or Enter lets go of it and Escape puts it back, each of which is announced. A mouse
//! drags. A finger or pen rests on a card to pick it up, so that scrolling and zooming stay what they are. Whoever can
//! do none of this has the menu that the caller puts on each card.

mod card;
mod column;
mod geometry;
mod hand;
mod keys;
mod lift;
mod rove;
mod shown;
mod speech;
mod table;
mod way;

pub use card::BoardLink;
pub use shown::{BoardCard, BoardColumn, BoardHold, BoardKey, BoardMore, BoardMove};
pub use table::follow_card;

use std::sync::Arc;

use leptos::prelude::*;

use super::field::unique_id;
use crate::i18n::t;
use crate::i18n::texts::parts as words;
use crate::platform::pointer;
use card::Ghosts;
use column::Column;
use table::{Answers, Table};

/// Draws what is on a card.
type Draw<K> = Arc<dyn Fn(K) -> AnyView + Send + Sync>;

/// A board.
#[component]
pub fn Board<C: BoardKey, K: BoardKey, D>(
    /// What the board is of.
    #[prop(into)]
    label: Signal<String>,
    /// Its columns.
    #[prop(into)]
    columns: Signal<Vec<BoardColumn<C, K>>>,
    /// Draws what is on a card, with one [`BoardLink`] in it. It is called once for a card that stays where it is: what
    /// changes on it is a signal, or the focus would be lost with it.
    draw: D,
    /// What a column without cards says.
    #[prop(into)]
    empty: Signal<String>,
    /// Somebody put a card elsewhere.
    on_move: Callback<BoardMove<C, K>>,
    /// Somebody tried to move a card that may not be moved.
    on_refused: Callback<K>,
    /// Somebody wants to see more of a column.
    on_expand: Callback<C>,
) -> impl IntoView
where
    D: Fn(K) -> AnyView + Send + Sync + 'static,
{
    let answers = Answers {
        moved: on_move,
        refused: on_refused,
        expand: on_expand,
    };
    let table = Table::new(columns, unique_id("board-hint"), answers);
    table.cancel_by_key();
    let draw: StoredValue<Draw<K>> = StoredValue::new(Arc::new(draw));
    let keys =
        Memo::new(move |_| columns.with(|columns| columns.iter().map(|it| it.key).collect::<Vec<_>>()));
    let nothing =
        Memo::new(move |_| columns.with(|columns| columns.iter().all(|column| column.cards.is_empty())));
    view! {
        <div class="board">
            <div
                node_ref=table.root
                class="board__columns"
                role="group"
                aria-label=move || label.get()
                // It scrolls, so something in it has to be reached by key.
                tabindex=move || nothing.get().then_some("0")
                data-moving=move || table.lift.with(Option::is_some)
                on:keydown=move |event| keys::pressed(table, &event)
                on:focusout=move |_| keys::left(table)
                on:pointerdown=move |event| table.joined(&event)
                on:pointermove=move |event| table.moved(&event)
                on:pointerup=move |event| table.released(&event)
                on:pointercancel=move |_| table.cancel()
                on:lostpointercapture=move |_| table.cancel()
                on:touchmove=move |event| if table.held_by_pointer() { pointer::keep(&event) }
                on:scroll=move |_| table.scrolled()
                on:contextmenu=move |event| table.asked_for_menu(&event)
                on:dragstart=|event| event.prevent_default()
                on:click=move |event| if table.dragged.get_value() { event.prevent_default() }
            >
                <For each=move || keys.get() key=|key| *key let:key>
                    <Column table draw key empty />
                </For>
            </div>
            <Hint table />
            <Ghosts table draw />
        </div>
    }
}

/// What the keys do. It is read with each card, and seen while the keyboard is on the board.
#[component]
fn Hint<C: BoardKey, K: BoardKey>(table: Table<C, K>) -> impl IntoView {
    let (resting, moving) = (t(words::BOARD_HINT), t(words::BOARD_HINT_MOVING));
    let held = Memo::new(move |_| table.lift.with(Option::is_some));
    let text = move || if held.get() { moving.get() } else { resting.get() };
    view! { <p class="board__hint" id=table.hint.get_value()>{text}</p> }
}

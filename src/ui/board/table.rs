//! A board on the screen: what it shows, what is in the air, where the focus is.

use leptos::html;
use leptos::prelude::*;

use super::hand::{Ghost, Press};
use super::lift::{Act, Came, Lift, Mark, Means, mark, reduce};
use super::rove::{self, Stop};
use super::shown::{BoardColumn, BoardKey, BoardMove, Spot, card_of, spot_of};
use super::speech::Speech;
use crate::platform::{clock, document, task, viewport};

/// What is drawn around each thing that takes the focus.
const FRAME: &str = ".board__card, .board__more";

/// What happens when somebody does something on a board.
#[derive(Clone, Copy)]
pub(super) struct Answers<C: BoardKey, K: BoardKey> {
    /// A card was put elsewhere.
    pub(super) moved: Callback<BoardMove<C, K>>,
    /// A card that may not be moved was taken.
    pub(super) refused: Callback<K>,
    /// More of a column is wanted.
    pub(super) expand: Callback<C>,
}

/// A board on the screen. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Table<C: BoardKey, K: BoardKey> {
    pub(super) columns: Signal<Vec<BoardColumn<C, K>>>,
    /// The card in the air.
    pub(super) lift: RwSignal<Option<Lift<K>>>,
    /// Where it would land.
    pub(super) mark: Memo<Option<Mark<C, K>>>,
    /// In which column that is.
    pub(super) over: Memo<Option<C>>,
    /// What had the focus last and where it is. None before anybody was here.
    active: RwSignal<Option<(Stop<C, K>, Spot)>>,
    /// The box that scrolls the columns.
    pub(super) root: NodeRef<html::Div>,
    /// The id of the words about its keys.
    pub(super) hint: StoredValue<String>,
    /// The press that may become a drag.
    pub(super) press: StoredValue<Option<Press<K>>>,
    /// What is drawn under the pointer that holds a card.
    pub(super) ghost: RwSignal<Option<Ghost>>,
    /// The click that ends a drag is not meant for what lies under it.
    pub(super) dragged: StoredValue<bool>,
    pub(super) answers: Answers<C, K>,
    speech: Speech,
}

impl<C: BoardKey, K: BoardKey> Table<C, K> {
    pub(super) fn new(columns: Signal<Vec<BoardColumn<C, K>>>, hint: String, answers: Answers<C, K>) -> Self {
        let lift = RwSignal::new(None);
        let mark = Memo::new(move |_| columns.with(|columns| mark(columns, lift.get()?)));
        let over = Memo::new(move |_| {
            let aim = lift.get()?.aim?;
            columns.with(|columns| columns.get(aim.column).map(|column| column.key))
        });
        let table = Self {
            columns,
            lift,
            mark,
            over,
            active: RwSignal::new(None),
            root: NodeRef::new(),
            hint: StoredValue::new(hint),
            press: StoredValue::new(None),
            ghost: RwSignal::new(None),
            dragged: StoredValue::new(false),
            answers,
            speech: Speech::new(),
        };
        table.keep_up();
        table
    }

    /// Whether the card in the air is held by the keyboard.
    pub(super) fn held_by_keys(self) -> bool {
        self.held().is_some_and(|held| held.by == Means::Keys)
    }

    /// The card in the air, without following it.
    pub(super) fn held(self) -> Option<Lift<K>> {
        self.lift.try_get_untracked().flatten()
    }

    /// Does `act`, and tells what came of it.
    pub(super) fn act(self, act: Act<K>) {
        let before = self.held();
        let (after, came) = self
            .columns
            .with_untracked(|columns| reduce(columns, before, act));
        if after != before {
            self.lift.set(after);
        }
        let by_keys = before.or(after).is_some_and(|held| held.by == Means::Keys);
        if by_keys {
            self.columns
                .with_untracked(|columns| self.speech.tell(columns, before.or(after), came));
            self.reveal_mark();
        }
        match came {
            Came::Refused(card) => self.answers.refused.run(card),
            Came::Dropped(_, change) => self.answers.moved.run(change),
            Came::Nothing | Came::Lifted(_) | Came::Aimed(_) | Came::Back(..) => {}
        }
    }

    /// Scrolls to where the card would land, once that is drawn.
    fn reveal_mark(self) {
        task::detached(async move {
            clock::sleep(0).await;
            let Some(root) = self.root.try_get_untracked().flatten() else {
                return;
            };
            let find = |selector| viewport::inside(&root, selector).into_iter().next();
            if let Some(mark) = find("[data-mark]").or_else(|| find("[data-lifted]")) {
                viewport::reveal(&mark);
            }
        });
    }

    /// The focus came to `stop`.
    pub(super) fn entered(self, stop: Stop<C, K>) {
        let spot = self.columns.with_untracked(|columns| rove::find(columns, stop));
        self.active.set(spot.map(|spot| (stop, spot)));
    }

    /// What has the focus or had it last.
    pub(super) fn active(self) -> Option<(Stop<C, K>, Spot)> {
        self.active.get_untracked()
    }

    /// The `tabindex` of `stop`: a board is one stop of the Tab key, and that is where one was last. Before anybody was
    /// here each column offers its `first`, so that a list that scrolls is never out of reach of the keyboard.
    pub(super) fn tabindex(self, stop: Stop<C, K>, first: bool) -> &'static str {
        let takes_tab = self.active.with(|active| match active {
            Some((active, _)) => *active == stop,
            None => first,
        });
        if takes_tab { "0" } else { "-1" }
    }

    /// Follows the cards that others move or take away.
    fn keep_up(self) {
        Effect::new(move |_| {
            let held = self.held();
            let (lost, next) = self.columns.with(|columns| {
                let lost = held.filter(|held| spot_of(columns, held.card).is_none());
                (lost, self.active().map(|active| still(columns, active)))
            });
            if lost.is_some() {
                self.lift.set(None);
                self.ghost.set(None);
            }
            if let Some(next) = next
                && next != self.active()
            {
                let gone = next.map(|(stop, _)| stop) != self.active().map(|(stop, _)| stop);
                self.active.set(next);
                if let Some((stop, _)) = next.filter(|_| gone) {
                    regain(id_of(stop));
                }
            }
        });
    }

    /// The card named `card`, tracked, as `read` sees it.
    pub(super) fn card<T>(self, card: K, read: impl FnOnce(&super::shown::BoardCard<K>) -> T) -> Option<T> {
        self.columns.with(|columns| card_of(columns, card).map(read))
    }
}

/// What stands for `active` on a board of `columns`: itself, wherever it is now, or what is nearest to where it was.
fn still<C: BoardKey, K: BoardKey>(
    columns: &[BoardColumn<C, K>],
    (stop, at): (Stop<C, K>, Spot),
) -> Option<(Stop<C, K>, Spot)> {
    let stop = match rove::find(columns, stop) {
        Some(_) => stop,
        None => rove::nearest(columns, at)?,
    };
    Some((stop, rove::find(columns, stop)?))
}

/// Moves the focus to `stop`.
pub(super) fn focus<C: BoardKey, K: BoardKey>(stop: Stop<C, K>) {
    document::focus_in_frame(&id_of(stop), FRAME);
}

/// The id of what takes the focus for `stop`.
pub(super) fn id_of<C: BoardKey, K: BoardKey>(stop: Stop<C, K>) -> String {
    match stop {
        Stop::Card(card) => card_id(card),
        Stop::More(column) => format!("more-{column}"),
    }
}

fn card_id<K: BoardKey>(card: K) -> String {
    format!("card-{card}")
}

/// A card that is moved is drawn anew. If the focus was lost with the old one, it goes to the new one, once that is
/// drawn. Who has gone on to something else is left there.
pub fn follow_card<K: BoardKey>(card: K) {
    regain(card_id(card));
}

fn regain(id: String) {
    task::detached(async move {
        clock::sleep(0).await;
        if document::is_nothing_focused() {
            document::focus_in_frame(&id, FRAME);
        }
    });
}

//! What a board says to who moves its cards by keyboard.

use super::lift::{Came, Lift};
use super::shown::{BoardColumn, BoardKey, Spot, card_of, spot_of};
use crate::i18n::texts::parts as words;
use crate::i18n::{I18n, Message, format, use_i18n};
use crate::ui::announcer::{Announcer, use_announcer};

/// The voice of a board.
#[derive(Clone, Copy)]
pub(super) struct Speech {
    i18n: I18n,
    announcer: Announcer,
}

impl Speech {
    pub(super) fn new() -> Self {
        Self {
            i18n: use_i18n(),
            announcer: use_announcer(),
        }
    }

    /// Says what came of something that was done with `held`.
    pub(super) fn tell<C: BoardKey, K: BoardKey>(
        self,
        columns: &[BoardColumn<C, K>],
        held: Option<Lift<K>>,
        came: Came<C, K>,
    ) {
        let said = held.and_then(|held| self.message(columns, held.card, came));
        if let Some(said) = said {
            self.announcer.announce(self.i18n.message(&said));
        }
    }

    fn message<C: BoardKey, K: BoardKey>(
        self,
        columns: &[BoardColumn<C, K>],
        card: K,
        came: Came<C, K>,
    ) -> Option<Message> {
        let name = card_of(columns, card)?.name.clone();
        let at = |spot| self.place(columns, card, spot);
        Some(match came {
            Came::Lifted(spot) => {
                let (column, of, place) = at(spot)?;
                words::board_lifted(name, column, of, place)
            }
            Came::Aimed(Some(spot)) => {
                let (column, of, place) = at(spot)?;
                words::board_aimed(column, of, place)
            }
            Came::Dropped(spot, _) => {
                let (column, of, place) = at(spot)?;
                words::board_dropped(name, column, of, place)
            }
            Came::Back(_, spot) => {
                let (column, of, place) = at(spot)?;
                words::board_put_back(name, column, of, place)
            }
            Came::Aimed(None) | Came::Refused(_) | Came::Nothing => return None,
        })
    }

    /// The column's name, how many cards it would have with `card` in it, and which of them it would be.
    fn place<C: BoardKey, K: BoardKey>(
        self,
        columns: &[BoardColumn<C, K>],
        card: K,
        spot: Spot,
    ) -> Option<(String, String, String)> {
        let column = columns.get(spot.column)?;
        let comes_along = spot_of(columns, card).is_some_and(|home| home.column != spot.column);
        let locale = self.i18n.locale_untracked();
        let count = column.count + u64::from(comes_along);
        let place = spot.row as u64 + 1;
        Some((
            column.name.clone(),
            format::number(locale, count.max(place)),
            format::number(locale, place),
        ))
    }
}

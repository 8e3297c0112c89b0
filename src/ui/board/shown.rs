//! What a board shows, and what it asks for.

use std::fmt::Display;
use std::hash::Hash;

/// What names a column or a card. The names of cards are those of one page: they become ids of elements.
pub trait BoardKey: Copy + Eq + Hash + Display + Send + Sync + 'static {}

impl<T: Copy + Eq + Hash + Display + Send + Sync + 'static> BoardKey for T {}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardColumn<C, K> {
    /// Which.
    pub key: C,
    /// Its heading.
    pub name: String,
    /// The heading with the figures, for screen readers.
    pub label: String,
    /// How many cards it has, those that are not here yet included.
    pub count: u64,
    /// What they come to.
    pub total: String,
    /// Its cards from top to bottom.
    pub cards: Vec<BoardCard<K>>,
    /// Whether there are more.
    pub more: BoardMore,
}

/// A card. What is on it, the board asks for when it draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardCard<K> {
    /// Which.
    pub key: K,
    /// What it is called when it is moved.
    pub name: String,
    /// Whether it can be moved.
    pub hold: BoardHold,
}

/// What holds a card where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoardHold {
    /// Nothing.
    Free,
    /// A move of it that is under way.
    Busy,
    /// This person may not move it.
    Fixed,
}

impl BoardHold {
    /// The value of `data-hold`, by which the style sheet chooses.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Busy => "busy",
            Self::Fixed => "fixed",
        }
    }
}

/// Whether a column has cards that are not here yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoardMore {
    /// No: all are here.
    None,
    /// Yes.
    Offered,
    /// Yes, and they are on their way.
    Pending,
}

/// A card that somebody put elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardMove<C, K> {
    /// Which.
    pub card: K,
    /// Into which column.
    pub column: C,
    /// Behind which of its cards; none for the top.
    pub after: Option<K>,
}

/// The place at `row` of the column at `column`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) column: usize,
    pub(super) row: usize,
}

/// Where a card is.
pub(super) fn spot_of<C, K: BoardKey>(columns: &[BoardColumn<C, K>], card: K) -> Option<Spot> {
    columns.iter().enumerate().find_map(|(column, shown)| {
        let row = shown.cards.iter().position(|other| other.key == card)?;
        Some(Spot { column, row })
    })
}

/// The card named `card`.
pub(super) fn card_of<C, K: BoardKey>(columns: &[BoardColumn<C, K>], card: K) -> Option<&BoardCard<K>> {
    let spot = spot_of(columns, card)?;
    columns[spot.column].cards.get(spot.row)
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;

    /// Columns of the given numbers of cards, which are numbered through from 0. The columns are numbered too.
    pub(crate) fn board(sizes: &[usize]) -> Vec<BoardColumn<usize, usize>> {
        let mut next = 0;
        let mut column = |(key, size): (usize, &usize)| {
            let cards = (next..next + size).map(|key| BoardCard {
                key,
                name: format!("Card {key}"),
                hold: BoardHold::Free,
            });
            let column = BoardColumn {
                key,
                name: format!("Column {key}"),
                label: String::new(),
                count: *size as u64,
                total: String::new(),
                cards: cards.collect(),
                more: BoardMore::None,
            };
            next += size;
            column
        };
        sizes.iter().enumerate().map(&mut column).collect()
    }
}

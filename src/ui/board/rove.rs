//! Which part of a board has the place in the order of the Tab key, and where the arrows lead from it.

use super::shown::{BoardColumn, BoardKey, BoardMore, Spot};
use super::way::Way;

/// Something on a board that takes the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop<C, K> {
    /// A card.
    Card(K),
    /// The button below a column that shows more of it.
    More(C),
}

/// All that takes the focus in `column`, from top to bottom.
fn stops<C: BoardKey, K: BoardKey>(column: &BoardColumn<C, K>) -> impl Iterator<Item = Stop<C, K>> {
    let more = (column.more != BoardMore::None).then_some(Stop::More(column.key));
    let cards = column.cards.iter().map(|card| Stop::Card(card.key));
    cards.chain(more)
}

/// Where `stop` is.
pub(super) fn find<C: BoardKey, K: BoardKey>(
    columns: &[BoardColumn<C, K>],
    stop: Stop<C, K>,
) -> Option<Spot> {
    columns.iter().enumerate().find_map(|(column, shown)| {
        let row = stops(shown).position(|other| other == stop)?;
        Some(Spot { column, row })
    })
}

/// The one in `column` that is nearest to `row`.
fn nearest_row<C: BoardKey, K: BoardKey>(column: &BoardColumn<C, K>, row: usize) -> Option<Stop<C, K>> {
    stops(column).nth(row).or_else(|| stops(column).last())
}

/// What is nearest to a place where something was that has gone: in its column if anything is there, otherwise in the
/// columns before and behind.
pub(super) fn nearest<C: BoardKey, K: BoardKey>(
    columns: &[BoardColumn<C, K>],
    at: Spot,
) -> Option<Stop<C, K>> {
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by_key(|column| column.abs_diff(at.column));
    order
        .into_iter()
        .find_map(|column| nearest_row(&columns[column], at.row))
}

/// What lies in the direction `way` of `from`. None at an edge. Columns with nothing in them are passed over.
pub(super) fn go<C: BoardKey, K: BoardKey>(
    columns: &[BoardColumn<C, K>],
    from: Spot,
    way: Way,
) -> Option<Stop<C, K>> {
    let column = columns.get(from.column)?;
    match way {
        Way::Up => stops(column).nth(from.row.checked_sub(1)?),
        Way::Down => stops(column).nth(from.row + 1),
        Way::Top => stops(column).next(),
        Way::Bottom => stops(column).last(),
        Way::Back => columns[..from.column]
            .iter()
            .rev()
            .find_map(|column| nearest_row(column, from.row)),
        Way::On => columns[from.column + 1..]
            .iter()
            .find_map(|column| nearest_row(column, from.row)),
        Way::Start => columns.iter().find_map(|column| stops(column).next()),
        Way::End => columns.iter().rev().find_map(|column| stops(column).last()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::shown::samples::board;
    use super::*;

    fn spot(column: usize, row: usize) -> Spot {
        Spot { column, row }
    }

    #[test]
    fn arrows_lead_to_neighbours_and_stop_at_edges() {
        let columns = board(&[2, 3]);
        assert_eq!(go(&columns, spot(0, 0), Way::Down), Some(Stop::Card(1)));
        assert_eq!(go(&columns, spot(0, 1), Way::Down), None);
        assert_eq!(go(&columns, spot(0, 0), Way::Up), None);
        assert_eq!(go(&columns, spot(0, 1), Way::On), Some(Stop::Card(3)));
        assert_eq!(
            go(&columns, spot(1, 2), Way::Back),
            Some(Stop::Card(1)),
            "the nearest row"
        );
        assert_eq!(go(&columns, spot(1, 2), Way::On), None);
        assert_eq!(go(&columns, spot(1, 2), Way::Start), Some(Stop::Card(0)));
        assert_eq!(go(&columns, spot(0, 0), Way::End), Some(Stop::Card(4)));
        assert_eq!(go(&columns, spot(1, 1), Way::Top), Some(Stop::Card(2)));
    }

    #[test]
    fn empty_columns_are_passed_over() {
        let columns = board(&[0, 1, 0, 1, 0]);
        assert_eq!(go(&columns, spot(1, 0), Way::On), Some(Stop::Card(1)));
        assert_eq!(go(&columns, spot(3, 0), Way::Back), Some(Stop::Card(0)));
        assert_eq!(go(&columns, spot(3, 0), Way::On), None);
        assert_eq!(go(&columns, spot(3, 0), Way::Start), Some(Stop::Card(0)));
    }

    #[test]
    fn the_button_for_more_is_the_last_of_its_column() {
        let mut columns = board(&[2]);
        columns[0].more = BoardMore::Offered;
        assert_eq!(go(&columns, spot(0, 1), Way::Down), Some(Stop::More(0)));
        assert_eq!(go(&columns, spot(0, 0), Way::Bottom), Some(Stop::More(0)));
        assert_eq!(find(&columns, Stop::More(0)), Some(spot(0, 2)));
    }

    #[test]
    fn what_has_gone_leaves_the_focus_to_its_neighbour() {
        let columns = board(&[2, 0, 1]);
        assert_eq!(nearest(&columns, spot(0, 5)), Some(Stop::Card(1)));
        assert_eq!(nearest(&columns, spot(1, 0)), Some(Stop::Card(0)));
        assert_eq!(nearest(&board(&[0, 0]), spot(1, 0)), None);
    }

    proptest! {
        #[test]
        fn wherever_one_goes_there_is_something(
            sizes in prop::collection::vec(0_usize..4, 1..5),
            start in 0_usize..12,
            ways in prop::collection::vec(prop::sample::select(vec![
                Way::Up, Way::Down, Way::Back, Way::On, Way::Top, Way::Bottom, Way::Start, Way::End,
            ]), 0..20),
        ) {
            let columns = board(&sizes);
            prop_assume!(start < sizes.iter().sum());
            let mut at = Stop::Card(start);
            for way in ways {
                let from = find(&columns, at);
                prop_assert!(from.is_some());
                at = go(&columns, from.unwrap(), way).unwrap_or(at);
            }
            prop_assert!(find(&columns, at).is_some());
        }
    }
}

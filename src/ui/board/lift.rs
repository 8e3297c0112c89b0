//! Picking a card up, choosing its place and letting go of it, whatever it is done with.

use super::shown::{BoardColumn, BoardHold, BoardKey, BoardMove, Spot, card_of, spot_of};
use super::way::Way;

/// A card in the air.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lift<K> {
    /// Which.
    pub(super) card: K,
    /// Where it would land; rows are counted without the card itself. None beside the board, where it would go back.
    pub(super) aim: Option<Spot>,
    /// What holds it.
    pub(super) by: Means,
}

/// What a card is held with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// The keyboard.
    Keys,
    /// The mouse, finger or pen of this number.
    Pointer(i32),
}

/// What a person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act<K> {
    /// Picks a card up.
    Lift(K, Means),
    /// Chooses the next place in a direction.
    Step(Way),
    /// Points at a place, or at none.
    Aim(Option<Spot>),
    /// Lets go of the card.
    Drop,
    /// Puts it back where it was.
    PutBack,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came<C, K> {
    /// Nothing.
    Nothing,
    /// The card at this place is in the air.
    Lifted(Spot),
    /// It may not be picked up.
    Refused(K),
    /// It would land at this place now.
    Aimed(Option<Spot>),
    /// It lies at this place, and something has changed.
    Dropped(Spot, BoardMove<C, K>),
    /// It lies where it was.
    Back(K, Spot),
}

/// What `act` makes of the card in the air on a board of `columns`.
pub(super) fn reduce<C: BoardKey, K: BoardKey>(
    columns: &[BoardColumn<C, K>],
    lift: Option<Lift<K>>,
    act: Act<K>,
) -> (Option<Lift<K>>, Came<C, K>) {
    match (lift, act) {
        (None, Act::Lift(card, by)) => pick_up(columns, card, by),
        (Some(held), Act::Step(way)) => {
            let aim = held
                .aim
                .or_else(|| spot_of(columns, held.card))
                .map(|from| step(columns, held.card, from, way));
            aimed(held, aim)
        }
        (Some(held), Act::Aim(aim)) => {
            let aim = aim.filter(|aim| is_place(columns, held.card, *aim));
            aimed(held, aim)
        }
        (Some(held), Act::Drop) => (None, let_go(columns, held)),
        (Some(held), Act::PutBack) => (None, back(columns, held.card)),
        (lift, _) => (lift, Came::Nothing),
    }
}

fn pick_up<C: BoardKey, K: BoardKey>(
    columns: &[BoardColumn<C, K>],
    card: K,
    by: Means,
) -> (Option<Lift<K>>, Came<C, K>) {
    let found = card_of(columns, card).zip(spot_of(columns, card));
    match found.map(|(card, spot)| (card.hold, spot)) {
        Some((BoardHold::Free, home)) => {
            let aim = Some(home);
            (Some(Lift { card, aim, by }), Came::Lifted(home))
        }
        Some((BoardHold::Fixed, _)) => (None, Came::Refused(card)),
        Some((BoardHold::Busy, _)) | None => (None, Came::Nothing),
    }
}

fn aimed<C, K: BoardKey>(held: Lift<K>, aim: Option<Spot>) -> (Option<Lift<K>>, Came<C, K>) {
    let came = if aim == held.aim {
        Came::Nothing
    } else {
        Came::Aimed(aim)
    };
    (Some(Lift { aim, ..held }), came)
}

fn let_go<C: BoardKey, K: BoardKey>(columns: &[BoardColumn<C, K>], held: Lift<K>) -> Came<C, K> {
    let changed = held.aim.filter(|aim| spot_of(columns, held.card) != Some(*aim));
    let landed = changed.and_then(|aim| Some((aim, move_to(columns, held.card, aim)?)));
    match landed {
        Some((aim, change)) => Came::Dropped(aim, change),
        None => back(columns, held.card),
    }
}

fn back<C: BoardKey, K: BoardKey>(columns: &[BoardColumn<C, K>], card: K) -> Came<C, K> {
    spot_of(columns, card).map_or(Came::Nothing, |home| Came::Back(card, home))
}

/// The move that puts `card` at `spot`, if it can be put there.
fn move_to<C: BoardKey, K: BoardKey>(
    columns: &[BoardColumn<C, K>],
    card: K,
    spot: Spot,
) -> Option<BoardMove<C, K>> {
    if spot_of(columns, card).is_none() || !is_place(columns, card, spot) {
        return None;
    }
    let column = &columns[spot.column];
    let above = spot.row.checked_sub(1);
    let after = above.and_then(|above| others(column, card).nth(above));
    Some(BoardMove {
        card,
        column: column.key,
        after,
    })
}

/// The cards of `column` without `card`, as they lie when it is in the air.
pub(super) fn others<C, K: BoardKey>(column: &BoardColumn<C, K>, card: K) -> impl Iterator<Item = K> {
    let keys = column.cards.iter().map(|other| other.key);
    keys.filter(move |other| *other != card)
}

fn is_place<C, K: BoardKey>(columns: &[BoardColumn<C, K>], card: K, spot: Spot) -> bool {
    let column = columns.get(spot.column);
    column.is_some_and(|column| spot.row <= others(column, card).count())
}

/// The place that lies in the direction `way` of `from`; at an edge, `from` itself.
fn step<C, K: BoardKey>(columns: &[BoardColumn<C, K>], card: K, from: Spot, way: Way) -> Spot {
    let last_column = columns.len().saturating_sub(1);
    let rows = |column: usize| {
        columns
            .get(column)
            .map_or(0, |column| others(column, card).count())
    };
    let at = |column: usize, row: usize| Spot {
        column,
        row: row.min(rows(column)),
    };
    let column = from.column.min(last_column);
    match way {
        Way::Up => at(column, from.row.saturating_sub(1)),
        Way::Down => at(column, from.row + 1),
        Way::Back => at(column.saturating_sub(1), from.row),
        Way::On => at((column + 1).min(last_column), from.row),
        Way::Top => at(column, 0),
        Way::Bottom => at(column, usize::MAX),
        Way::Start => at(0, 0),
        Way::End => at(last_column, usize::MAX),
    }
}

/// Where the card in the air would land, as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark<C, K> {
    /// Above this card.
    Above(K),
    /// Below this card, the last one.
    Below(K),
    /// In this column, which has no other cards.
    In(C),
    /// Where it is already.
    Home,
}

/// How the place that `held` is aimed at is drawn.
pub(super) fn mark<C: BoardKey, K: BoardKey>(
    columns: &[BoardColumn<C, K>],
    held: Lift<K>,
) -> Option<Mark<C, K>> {
    let aim = held.aim?;
    if spot_of(columns, held.card) == Some(aim) {
        return Some(Mark::Home);
    }
    let column = columns.get(aim.column)?;
    let below = others(column, held.card).nth(aim.row).map(Mark::Above);
    let last = || others(column, held.card).last().map(Mark::Below);
    Some(below.or_else(last).unwrap_or(Mark::In(column.key)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::shown::samples::board;
    use super::*;

    type Columns = Vec<BoardColumn<usize, usize>>;

    fn spot(column: usize, row: usize) -> Spot {
        Spot { column, row }
    }

    fn lifted(columns: &Columns, card: usize) -> Option<Lift<usize>> {
        reduce(columns, None, Act::Lift(card, Means::Keys)).0
    }

    /// Does one thing after the other and says what came of the last.
    fn after(columns: &Columns, card: usize, acts: &[Act<usize>]) -> Came<usize, usize> {
        let mut lift = lifted(columns, card);
        let mut came = Came::Nothing;
        for act in acts {
            (lift, came) = reduce(columns, lift, *act);
        }
        came
    }

    /// The keys of the columns once `change` is made.
    fn made(columns: &Columns, change: BoardMove<usize, usize>) -> Vec<Vec<usize>> {
        columns
            .iter()
            .map(|column| {
                let mut keys: Vec<usize> = others(column, change.card).collect();
                if column.key == change.column {
                    let above = change
                        .after
                        .map(|after| keys.iter().position(|key| *key == after).unwrap());
                    keys.insert(above.map_or(0, |above| above + 1), change.card);
                }
                keys
            })
            .collect()
    }

    #[test]
    fn a_card_is_carried_to_the_next_column_and_let_go() {
        let columns = board(&[2, 2]);
        let came = after(
            &columns,
            0,
            &[Act::Step(Way::On), Act::Step(Way::Down), Act::Drop],
        );
        let change = BoardMove {
            card: 0,
            column: 1,
            after: Some(2),
        };
        assert_eq!(came, Came::Dropped(spot(1, 1), change));
    }

    #[test]
    fn what_is_let_go_where_it_was_or_beside_the_board_goes_back() {
        let columns = board(&[2, 2]);
        assert_eq!(after(&columns, 1, &[Act::Drop]), Came::Back(1, spot(0, 1)));
        let beside = [Act::Aim(Some(spot(1, 0))), Act::Aim(None), Act::Drop];
        assert_eq!(after(&columns, 1, &beside), Came::Back(1, spot(0, 1)));
        let away = [Act::Step(Way::On), Act::PutBack];
        assert_eq!(after(&columns, 1, &away), Came::Back(1, spot(0, 1)));
    }

    #[test]
    fn only_what_is_free_is_picked_up() {
        let mut columns = board(&[2]);
        columns[0].cards[0].hold = BoardHold::Fixed;
        columns[0].cards[1].hold = BoardHold::Busy;
        let lift = |card| reduce(&columns, None, Act::Lift(card, Means::Keys));
        assert_eq!(lift(0), (None, Came::Refused(0)));
        assert_eq!(lift(1), (None, Came::Nothing));
        assert_eq!(lift(9), (None, Came::Nothing));
    }

    #[test]
    fn one_card_at_a_time() {
        let columns = board(&[2]);
        let held = lifted(&columns, 0);
        assert_eq!(
            reduce(&columns, held, Act::Lift(1, Means::Pointer(1))),
            (held, Came::Nothing)
        );
    }

    #[test]
    fn a_card_that_left_the_board_is_let_go_without_a_move() {
        let held = lifted(&board(&[2, 1]), 1);
        let without = board(&[1]);
        assert_eq!(reduce(&without, held, Act::Drop), (None, Came::Nothing));
        assert_eq!(reduce(&without, held, Act::PutBack), (None, Came::Nothing));
    }

    #[test]
    fn an_edge_says_nothing() {
        let columns = board(&[1, 0]);
        assert_eq!(after(&columns, 0, &[Act::Step(Way::Up)]), Came::Nothing);
        assert_eq!(after(&columns, 0, &[Act::Step(Way::Back)]), Came::Nothing);
        assert_eq!(
            after(&columns, 0, &[Act::Step(Way::End)]),
            Came::Aimed(Some(spot(1, 0)))
        );
    }

    #[test]
    fn the_place_is_drawn_between_the_other_cards() {
        let columns = board(&[3, 1, 0]);
        let drawn = |column, row| {
            let held = lifted(&columns, 0);
            let (held, _) = reduce(&columns, held, Act::Aim(Some(spot(column, row))));
            mark(&columns, held.unwrap())
        };
        assert_eq!(drawn(0, 0), Some(Mark::Home));
        assert_eq!(drawn(0, 1), Some(Mark::Above(2)));
        assert_eq!(drawn(0, 2), Some(Mark::Below(2)));
        assert_eq!(drawn(1, 0), Some(Mark::Above(3)));
        assert_eq!(drawn(2, 0), Some(Mark::In(2)));
        assert_eq!(drawn(2, 1), None, "there is no such place");
    }

    fn ways() -> impl Strategy<Value = Act<usize>> {
        prop_oneof![
            prop::sample::select(vec![
                Way::Up,
                Way::Down,
                Way::Back,
                Way::On,
                Way::Top,
                Way::Bottom,
                Way::Start,
                Way::End
            ])
            .prop_map(Act::Step),
            prop::option::of((0_usize..4, 0_usize..6))
                .prop_map(|at| Act::Aim(at.map(|(column, row)| spot(column, row)))),
        ]
    }

    proptest! {
        #[test]
        fn however_it_is_carried_it_lands_where_it_was_aimed(
            sizes in prop::collection::vec(0_usize..5, 1..4),
            card in 0_usize..12,
            acts in prop::collection::vec(ways(), 0..12),
        ) {
            let columns = board(&sizes);
            let mut lift = lifted(&columns, card);
            for act in acts {
                let before = lift;
                let (now, came) = reduce(&columns, lift, act);
                lift = now;
                prop_assert_eq!(came == Came::Nothing, before.map(|l| l.aim) == lift.map(|l| l.aim));
            }
            let total: usize = sizes.iter().sum();
            prop_assert_eq!(lift.is_some(), card < total);
            let Some(held) = lift else { return Ok(()) };
            let (rest, came) = reduce(&columns, lift, Act::Drop);
            prop_assert_eq!(rest, None);
            match came {
                Came::Dropped(landed, change) => {
                    prop_assert_eq!(Some(landed), held.aim);
                    prop_assert_eq!(made(&columns, change)[landed.column][landed.row], card);
                    prop_assert_ne!(change.after, Some(card));
                    prop_assert_ne!(Some(landed), spot_of(&columns, card));
                }
                Came::Back(back, home) => {
                    prop_assert_eq!(back, card);
                    prop_assert_eq!(Some(home), spot_of(&columns, card));
                    prop_assert!(held.aim.is_none() || held.aim == Some(home));
                }
                other => prop_assert!(false, "{other:?}"),
            }
        }

        #[test]
        fn every_place_is_reached_by_arrows(
            sizes in prop::collection::vec(1_usize..5, 1..4),
            column in any::<prop::sample::Index>(),
            row in any::<prop::sample::Index>(),
        ) {
            let columns = board(&sizes);
            let column = column.index(columns.len());
            let row = row.index(others(&columns[column], 0).count() + 1);
            let target = spot(column, row);
            let mut acts = vec![Act::Step(Way::Start)];
            acts.extend(std::iter::repeat_n(Act::Step(Way::On), column));
            acts.extend(std::iter::repeat_n(Act::Step(Way::Down), row));
            let mut lift = lifted(&columns, 0);
            for act in acts {
                lift = reduce(&columns, lift, act).0;
            }
            prop_assert_eq!(lift.unwrap().aim, Some(target));
        }
    }
}

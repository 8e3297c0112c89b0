//! What a pointer points at, worked out from where things are on the screen.

/// A point in the window, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// How far a mouse moves before it drags.
const MOUSE_SLOP: f64 = 4.0;
/// How far a finger that rests may tremble.
const FINGER_SLOP: f64 = 10.0;
/// How near to an edge a held card scrolls what lies beyond.
const EDGE: f64 = 56.0;

/// What a press has become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Become {
    /// It may still be either.
    Waiting,
    /// A drag.
    Drag,
    /// Something else: a finger that scrolls.
    Other,
}

/// What a press at `from` becomes when the pointer is at `to`. A mouse drags by moving; a finger that moves scrolls, and
/// drags by resting.
pub(super) fn moved(is_mouse: bool, from: Point, to: Point) -> Become {
    let far = (to.x - from.x).hypot(to.y - from.y);
    match is_mouse {
        true if far >= MOUSE_SLOP => Become::Drag,
        false if far >= FINGER_SLOP => Become::Other,
        _ => Become::Waiting,
    }
}

/// The column that `x` is over, or the nearest. Each is given by where it starts and ends.
pub(super) fn column_at(columns: &[(f64, f64)], x: f64) -> Option<usize> {
    let distance = |(start, end): (f64, f64)| (start - x).max(x - end).max(0.0);
    let nearest = columns
        .iter()
        .enumerate()
        .min_by(|(_, a), (_, b)| distance(**a).total_cmp(&distance(**b)));
    nearest.map(|(index, _)| index)
}

/// The row that `y` is at among cards with the given tops and bottoms: behind every card whose middle is above it.
pub(super) fn row_at(cards: &[(f64, f64)], y: f64) -> usize {
    let above = |(top, bottom): &&(f64, f64)| f64::midpoint(*top, *bottom) < y;
    cards.iter().filter(above).count()
}

/// How strongly a card that is held at `at` pulls on what is shown from `start` to `end`: from -1, towards the start,
/// to 1. Nothing in the middle; the more the nearer to an edge.
pub(super) fn pull(at: f64, start: f64, end: f64) -> f64 {
    // What is small keeps a middle in which nothing moves.
    let edge = EDGE.min((end - start) / 4.0);
    if edge <= 0.0 {
        return 0.0;
    }
    let to_start = ((start + edge - at) / edge).clamp(0.0, 1.0);
    let to_end = ((at - (end - edge)) / edge).clamp(0.0, 1.0);
    to_end - to_start
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    #[test]
    fn a_mouse_drags_by_moving_and_a_finger_scrolls() {
        assert_eq!(moved(true, at(0.0, 0.0), at(2.0, 2.0)), Become::Waiting);
        assert_eq!(moved(true, at(0.0, 0.0), at(0.0, -4.0)), Become::Drag);
        assert_eq!(moved(false, at(0.0, 0.0), at(6.0, 6.0)), Become::Waiting);
        assert_eq!(moved(false, at(0.0, 0.0), at(8.0, 8.0)), Become::Other);
    }

    #[test]
    fn between_two_columns_the_nearer_counts() {
        let columns = [(0.0, 100.0), (112.0, 212.0)];
        assert_eq!(column_at(&columns, 50.0), Some(0));
        assert_eq!(column_at(&columns, 105.0), Some(0));
        assert_eq!(column_at(&columns, 109.0), Some(1));
        assert_eq!(column_at(&columns, 900.0), Some(1));
        assert_eq!(column_at(&[], 0.0), None);
    }

    #[test]
    fn the_upper_half_of_a_card_is_above_it() {
        let cards = [(0.0, 40.0), (50.0, 90.0)];
        assert_eq!(row_at(&cards, 10.0), 0);
        assert_eq!(row_at(&cards, 30.0), 1);
        assert_eq!(row_at(&cards, 69.0), 1);
        assert_eq!(row_at(&cards, 500.0), 2);
        assert_eq!(row_at(&[], 500.0), 0);
    }

    #[test]
    fn an_edge_pulls_the_more_the_nearer() {
        assert!(pull(500.0, 0.0, 1000.0).abs() < f64::EPSILON);
        assert!(pull(990.0, 0.0, 1000.0) > pull(960.0, 0.0, 1000.0));
        assert!((pull(-50.0, 0.0, 1000.0) + 1.0).abs() < f64::EPSILON);
    }

    proptest! {
        #[test]
        fn a_pull_has_a_measure_and_the_middle_is_calm(at in -2000.0..2000.0, start in -500.0..500.0, size in 0.0..1500.0) {
            let strength = pull(at, start, start + size);
            prop_assert!((-1.0..=1.0).contains(&strength));
            prop_assert!(pull(start + size / 2.0, start, start + size).abs() < f64::EPSILON);
        }
    }
}

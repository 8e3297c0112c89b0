//! Places on a board: whole numbers with gaps, so that a move writes one row.

/// The room left between two neighbours.
pub(crate) const GAP: i64 = 1 << 20;

/// A place between two neighbours, either of which may be missing; `None` when no room is left there.
pub(crate) fn between(before: Option<i64>, after: Option<i64>) -> Option<i64> {
    match (before, after) {
        (None, None) => Some(GAP),
        (Some(before), None) => before.checked_add(GAP),
        (None, Some(after)) => after.checked_sub(GAP),
        (Some(before), Some(after)) => {
            let room = after.checked_sub(before)?;
            (room >= 2).then(|| before + room / 2)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_place_lies_between_its_neighbours(before: Option<i64>, after: Option<i64>) {
            if let Some(place) = between(before, after) {
                prop_assert!(before.is_none_or(|before| before < place));
                prop_assert!(after.is_none_or(|after| place < after));
            }
        }
    }

    #[test]
    fn room_runs_out_after_twenty_halvings() {
        let (low, mut high) = (GAP, 2 * GAP);
        let mut moves = 0;
        while let Some(place) = between(Some(low), Some(high)) {
            high = place;
            moves += 1;
        }
        assert_eq!(moves, 20);
    }
}

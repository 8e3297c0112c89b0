//! Which rows of a long list are drawn, and where. Pure arithmetic in CSS pixels.

use std::ops::Range;

/// The tallest element that every browser scrolls exactly. A longer list is squeezed into this height: its scroll bar
/// covers all of it, and each step of the bar covers more than one screen point.
const TALLEST: f64 = 8_000_000.0;

/// The measures of a list at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Geometry {
    /// How many rows there are.
    pub(super) count: usize,
    /// How tall each of them is. Zero until measured.
    pub(super) row: f64,
    /// How much is seen.
    pub(super) view: f64,
    /// How far it is scrolled.
    pub(super) top: f64,
}

impl Geometry {
    #[expect(clippy::cast_precision_loss, reason = "lists stay far below 2^53 rows")]
    fn total(&self) -> f64 {
        self.count as f64 * self.row
    }

    /// The height to scroll in.
    pub(super) fn height(&self) -> f64 {
        self.total().min(TALLEST)
    }

    /// How far the rows would be scrolled if the list were not squeezed.
    fn rows_top(&self) -> f64 {
        let top = self.top.clamp(0.0, (self.height() - self.view).max(0.0));
        if self.total() <= TALLEST {
            top
        } else {
            top * (self.total() - self.view) / (TALLEST - self.view)
        }
    }

    /// What to add to a row's own place, its index times its height, to have it where it is seen.
    pub(super) fn shift(&self) -> f64 {
        if self.total() <= TALLEST {
            0.0
        } else {
            self.top - self.rows_top()
        }
    }

    /// How far to scroll, and no more than it takes, to see all of the row at `index`.
    #[expect(clippy::cast_precision_loss, reason = "lists stay far below 2^53 rows")]
    pub(super) fn top_to_see(&self, index: usize) -> f64 {
        let start = index as f64 * self.row;
        let end = start + self.row;
        let wanted = if start < self.rows_top() {
            start
        } else if end > self.rows_top() + self.view {
            end - self.view
        } else {
            return self.top;
        };
        if self.total() <= TALLEST {
            wanted
        } else {
            wanted * (TALLEST - self.view) / (self.total() - self.view)
        }
    }

    /// The rows to draw: those that are seen and `overscan` on either side. None until measured.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rows are counted from zero and bounded by the count below"
    )]
    pub(super) fn rows(&self, overscan: usize) -> Range<usize> {
        if self.row <= 0.0 {
            return 0..0;
        }
        let first = (self.rows_top() / self.row).floor() as usize;
        let last = ((self.rows_top() + self.view) / self.row).ceil() as usize;
        first.saturating_sub(overscan).min(self.count)..(last + overscan).min(self.count)
    }
}

/// The indices of `rows` with `kept`, which must stay although it is out of sight, in their order.
pub(super) fn with_kept(rows: Range<usize>, kept: Option<usize>, count: usize) -> Vec<usize> {
    let kept = kept.filter(|kept| *kept < count && !rows.contains(kept));
    let before = kept.filter(|kept| *kept < rows.start);
    let after = kept.filter(|kept| *kept >= rows.end);
    before.into_iter().chain(rows).chain(after).collect()
}

#[cfg(test)]
#[expect(clippy::cast_precision_loss, reason = "indices stay far below 2^53")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(count: usize, top: f64) -> Geometry {
        Geometry {
            count,
            row: 40.0,
            view: 400.0,
            top,
        }
    }

    #[test]
    fn only_what_is_seen_is_drawn() {
        assert_eq!(list(100_000, 0.0).rows(2), 0..12);
        assert_eq!(list(100_000, 4_010.0).rows(2), 98..113);
        assert_eq!(list(3, 0.0).rows(2), 0..3);
        assert_eq!(list(0, 0.0).rows(2), 0..0);
    }

    #[test]
    fn nothing_is_drawn_before_it_is_measured() {
        assert_eq!(
            Geometry {
                count: 10,
                ..Geometry::default()
            }
            .rows(2),
            0..0
        );
    }

    #[test]
    fn a_list_that_became_shorter_shows_its_end() {
        assert_eq!(list(20, 9_999.0).rows(0), 10..20);
    }

    #[test]
    fn the_last_of_a_million_rows_can_be_reached() {
        let mut list = list(1_000_000, 0.0);
        list.top = list.height() - list.view;
        assert_eq!(list.rows(0), 999_990..1_000_000);
        let last_place = 999_999.0 * list.row + list.shift();
        assert!(
            (last_place - (list.top + list.view - list.row)).abs() < 0.01,
            "{last_place}"
        );
    }

    #[test]
    fn a_kept_row_stands_in_its_place() {
        assert_eq!(with_kept(5..8, Some(2), 20), [2, 5, 6, 7]);
        assert_eq!(with_kept(5..8, Some(12), 20), [5, 6, 7, 12]);
        assert_eq!(with_kept(5..8, Some(6), 20), [5, 6, 7]);
        assert_eq!(with_kept(5..8, Some(30), 20), [5, 6, 7]);
    }

    #[test]
    fn what_is_seen_already_scrolls_nothing() {
        assert!((list(100, 405.0).top_to_see(11) - 405.0).abs() < 0.01);
        assert!((list(100, 405.0).top_to_see(10) - 400.0).abs() < 0.01);
        assert!((list(100, 405.0).top_to_see(20) - 440.0).abs() < 0.01);
    }

    proptest! {
        #[test]
        fn any_row_can_be_scrolled_to(count in 1_usize..2_000_000, part in 0.0_f64..=1.0, index in 0_usize..2_000_000) {
            let index = index % count;
            let mut list = list(count, 0.0);
            list.top = part * (list.height() - list.view).max(0.0);
            list.top = list.top_to_see(index);
            let place = index as f64 * list.row + list.shift();
            prop_assert!(place > list.top - 0.01 && place + list.row < list.top + list.view + 0.01);
        }

        #[test]
        fn what_is_seen_is_always_drawn(count in 0_usize..2_000_000, part in 0.0_f64..=1.0, overscan in 0_usize..10) {
            let mut list = list(count, 0.0);
            list.top = part * (list.height() - list.view).max(0.0);
            let rows = list.rows(overscan);
            prop_assert!(rows.end <= count && rows.len() <= 12 + 2 * overscan);
            for index in [list.rows(0).start, list.rows(0).end.saturating_sub(1)] {
                if index < count {
                    let place = index as f64 * list.row + list.shift();
                    prop_assert!(place < list.top + list.view + 0.01 && place + list.row > list.top - 0.01);
                    prop_assert!(rows.contains(&index));
                }
            }
        }
    }
}

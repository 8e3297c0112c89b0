//! Where a key leads in a grid.

use crate::platform::keyboard::Press;

/// A place in a grid, counted from zero. Row zero holds the headings, column zero the boxes that select.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) row: usize,
    pub(super) column: usize,
}

/// How far a grid reaches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// With the row of headings.
    pub(super) rows: usize,
    /// With the column of boxes.
    pub(super) columns: usize,
    /// The rows seen at once.
    pub(super) page: usize,
}

/// Where `press` leads from `at`; an edge leads nowhere. None for a key that moves nothing.
pub(super) fn follow(press: &Press, at: Place, extent: Extent) -> Option<Place> {
    if press.alt || press.shift {
        return None;
    }
    let (last_row, last_column) = (extent.rows.saturating_sub(1), extent.columns.saturating_sub(1));
    let Place { row, column } = at;
    let (row, column) = match (press.key.as_str(), press.command) {
        ("ArrowUp", false) => (row.saturating_sub(1), column),
        ("ArrowDown", false) => (row + 1, column),
        ("ArrowLeft", false) => (row, column.saturating_sub(1)),
        ("ArrowRight", false) => (row, column + 1),
        // The headings are not part of what is turned over.
        ("PageUp", false) => (row.saturating_sub(extent.page).max(row.min(1)), column),
        ("PageDown", false) => (row + extent.page, column),
        ("Home", false) => (row, 0),
        ("End", false) => (row, last_column),
        ("Home", true) => (0, 0),
        ("End", true) => (last_row, last_column),
        _ => return None,
    };
    Some(Place {
        row: row.min(last_row),
        column: column.min(last_column),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXTENT: Extent = Extent {
        rows: 101,
        columns: 4,
        page: 10,
    };

    fn go(key: &str, command: bool, row: usize, column: usize) -> Option<(usize, usize)> {
        let press = Press {
            key: key.to_owned(),
            command,
            alt: false,
            shift: false,
            repeated: false,
        };
        follow(&press, Place { row, column }, EXTENT).map(|to| (to.row, to.column))
    }

    #[test]
    fn arrows_lead_to_neighbours_and_stop_at_the_edges() {
        assert_eq!(go("ArrowDown", false, 0, 1), Some((1, 1)));
        assert_eq!(go("ArrowDown", false, 100, 1), Some((100, 1)));
        assert_eq!(go("ArrowUp", false, 1, 1), Some((0, 1)));
        assert_eq!(go("ArrowUp", false, 0, 1), Some((0, 1)));
        assert_eq!(go("ArrowRight", false, 5, 3), Some((5, 3)));
        assert_eq!(go("ArrowLeft", false, 5, 0), Some((5, 0)));
    }

    #[test]
    fn the_edges_of_a_row_and_of_the_grid() {
        assert_eq!(go("Home", false, 5, 2), Some((5, 0)));
        assert_eq!(go("End", false, 5, 2), Some((5, 3)));
        assert_eq!(go("Home", true, 5, 2), Some((0, 0)));
        assert_eq!(go("End", true, 5, 2), Some((100, 3)));
    }

    #[test]
    fn a_page_is_turned_without_the_headings() {
        assert_eq!(go("PageDown", false, 5, 2), Some((15, 2)));
        assert_eq!(go("PageDown", false, 98, 2), Some((100, 2)));
        assert_eq!(go("PageUp", false, 5, 2), Some((1, 2)));
        assert_eq!(go("PageUp", false, 0, 2), Some((0, 2)));
    }

    #[test]
    fn what_belongs_to_the_browser_moves_nothing() {
        assert_eq!(go("ArrowLeft", true, 5, 2), None, "Back on a Mac");
        assert_eq!(go("x", false, 5, 2), None);
    }
}

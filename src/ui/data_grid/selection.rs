//! Which rows are selected.

use std::collections::HashSet;
use std::hash::Hash;

use leptos::prelude::*;

/// What names a row, wherever it stands.
pub trait GridKey: Copy + Eq + Hash + Send + Sync + 'static {}

impl<T: Copy + Eq + Hash + Send + Sync + 'static> GridKey for T {}

/// The rows selected, and the one from which a range starts.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Selected<K: Eq + Hash> {
    keys: HashSet<K>,
    anchor: Option<K>,
}

impl<K: GridKey> Selected<K> {
    fn none() -> Self {
        Self {
            keys: HashSet::new(),
            anchor: None,
        }
    }

    fn toggle(&mut self, key: K) {
        if !self.keys.remove(&key) {
            self.keys.insert(key);
        }
        self.anchor = Some(key);
    }

    /// Selects all from where the last one was selected up to `row`, or `row` alone if there was none.
    fn extend(&mut self, rows: &[K], row: usize) {
        let Some(key) = rows.get(row) else { return };
        let anchor = *self.anchor.get_or_insert(*key);
        let start = rows.iter().position(|other| *other == anchor).unwrap_or(row);
        let range = start.min(row)..=start.max(row);
        self.keys.extend(rows[range].iter());
    }

    /// Nobody acts on what he cannot see: a row that has left the list is selected no more.
    fn keep(&mut self, rows: &[K]) {
        if self.keys.is_empty() {
            return;
        }
        let rows: HashSet<&K> = rows.iter().collect();
        self.keys.retain(|key| rows.contains(key));
    }
}

/// The selection of a grid. Whoever makes the grid makes it, and acts on it. Cheap to copy.
#[derive(Clone, Copy)]
pub struct GridSelection<K: GridKey>(RwSignal<Selected<K>>);

impl<K: GridKey> GridSelection<K> {
    /// Nothing is selected yet.
    #[expect(clippy::new_without_default, reason = "it belongs to the owner that makes it")]
    pub fn new() -> Self {
        Self(RwSignal::new(Selected::none()))
    }

    /// How many rows are selected.
    pub fn count(self) -> usize {
        self.0.with(|selected| selected.keys.len())
    }

    /// Whether the row named `key` is selected.
    pub fn has(self, key: K) -> bool {
        self.0.with(|selected| selected.keys.contains(&key))
    }

    /// Selects nothing any more.
    pub fn clear(self) {
        self.0.set(Selected::none());
    }

    pub(super) fn toggle(self, key: K) {
        self.0.update(|selected| selected.toggle(key));
    }

    pub(super) fn extend(self, rows: &[K], row: usize) {
        self.0.update(|selected| selected.extend(rows, row));
    }

    pub(super) fn all(self, rows: &[K]) {
        self.0.update(|selected| selected.keys.extend(rows.iter()));
    }

    pub(super) fn keep(self, rows: &[K]) {
        self.0.update(|selected| selected.keep(rows));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted(selected: &Selected<u32>) -> Vec<u32> {
        let mut keys: Vec<u32> = selected.keys.iter().copied().collect();
        keys.sort_unstable();
        keys
    }

    #[test]
    fn a_range_starts_where_one_was_selected_last() {
        let rows: Vec<u32> = (0..10).collect();
        let mut selected = Selected::none();
        selected.toggle(3);
        selected.extend(&rows, 6);
        assert_eq!(sorted(&selected), [3, 4, 5, 6]);
        selected.extend(&rows, 1);
        assert_eq!(
            sorted(&selected),
            [1, 2, 3, 4, 5, 6],
            "from the same place backwards"
        );
    }

    #[test]
    fn a_range_without_a_start_is_one_row() {
        let rows: Vec<u32> = (0..10).collect();
        let mut selected = Selected::none();
        selected.extend(&rows, 4);
        assert_eq!(sorted(&selected), [4]);
        selected.anchor = Some(77);
        selected.extend(&rows, 6);
        assert_eq!(sorted(&selected), [4, 6], "its start has left the list");
    }

    #[test]
    fn what_leaves_the_list_is_selected_no_more() {
        let mut selected = Selected::none();
        for key in [1, 2, 3] {
            selected.toggle(key);
        }
        selected.keep(&[2, 3, 4]);
        assert_eq!(sorted(&selected), [2, 3]);
    }

    proptest! {
        #[test]
        fn a_range_holds_both_ends_and_all_between(count in 1_usize..50, from in 0_usize..50, to in 0_usize..50) {
            let rows: Vec<usize> = (0..count).collect();
            let (from, to) = (from % count, to % count);
            let mut selected = Selected::none();
            selected.toggle(from);
            selected.extend(&rows, to);
            prop_assert_eq!(selected.keys.len(), from.abs_diff(to) + 1);
            prop_assert!(selected.keys.contains(&from) && selected.keys.contains(&to));
        }
    }
}

//! What a grid shows: its columns and its rows.

use leptos::prelude::*;

use super::layout::Measure;
use super::selection::GridKey;

/// A column.
#[derive(Clone, Debug)]
pub struct GridColumn {
    pub(super) measure: Measure,
    pub(super) label: Signal<String>,
    pub(super) sortable: bool,
}

impl GridColumn {
    /// The column `id`. It is never narrower than `least` rem unless somebody makes it so, and takes `share` parts of
    /// what is left over. The first column names its row and cannot be hidden.
    pub fn new(id: &'static str, label: impl Into<Signal<String>>, least: f64, share: f64) -> Self {
        Self {
            measure: Measure { id, least, share },
            label: label.into(),
            sortable: false,
        }
    }

    /// Rows can be put into its order.
    #[must_use]
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }
}

/// The column that gives the order of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GridSort {
    /// Its id.
    pub column: &'static str,
    /// The last comes first.
    pub descending: bool,
}

/// What is in a row.
pub trait GridRow: Clone + PartialEq + Send + Sync + 'static {
    /// What names it among the others.
    type Key: GridKey;

    /// Which row it is.
    fn key(&self) -> Self::Key;

    /// What it is called when it is selected.
    fn name(&self) -> String;

    /// Draws what is in its `column`. The cell of the first column holds one [`GridLink`](super::GridLink).
    fn cell(self, column: &str) -> AnyView;
}

/// A column as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    pub(super) measure: Measure,
    pub(super) label: String,
    pub(super) sortable: bool,
    /// Its place among the pinned ones, behind the boxes.
    pub(super) pin: Option<&'static str>,
}

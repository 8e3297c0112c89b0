//! Which columns are shown, how wide and which of them stay in sight: what a person chose, and the CSS that follows.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// The narrowest and the widest that a column can be made, in CSS pixels.
pub(super) const NARROWEST: u16 = 64;
pub(super) const WIDEST: u16 = 640;

/// The most columns that can be pinned. More would leave a small screen no room for the others.
pub(super) const MOST_PINNED: u8 = 2;

/// A choice of columns, by their ids. It holds nothing of what is in them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GridLayout {
    hidden: BTreeSet<String>,
    widths: BTreeMap<String, u16>,
    pinned: u8,
}

impl Default for GridLayout {
    fn default() -> Self {
        Self {
            hidden: BTreeSet::new(),
            widths: BTreeMap::new(),
            pinned: 1,
        }
    }
}

/// What a column measures by itself: never narrower than `least` rem, and `share` of what is left over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measure {
    pub(super) id: &'static str,
    pub(super) least: f64,
    pub(super) share: f64,
}

impl GridLayout {
    /// Reads what [`GridLayout::to_text`] wrote; anything else is as if nothing had been chosen.
    pub fn from_text(text: &str) -> Self {
        let mut layout: Self = serde_json::from_str(text).unwrap_or_default();
        layout.pinned = layout.pinned.min(MOST_PINNED);
        for width in layout.widths.values_mut() {
            *width = (*width).clamp(NARROWEST, WIDEST);
        }
        layout
    }

    /// The choice as text.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(super) fn shows(&self, id: &str) -> bool {
        !self.hidden.contains(id)
    }

    pub(super) fn show(&mut self, id: &str, shown: bool) {
        if shown {
            self.hidden.remove(id);
        } else {
            self.hidden.insert(id.to_owned());
        }
    }

    pub(super) fn pinned(&self) -> u8 {
        self.pinned
    }

    pub(super) fn pin(&mut self, columns: u8) {
        self.pinned = columns.min(MOST_PINNED);
    }

    /// The width chosen for a column.
    pub(super) fn width(&self, id: &str) -> Option<u16> {
        self.widths.get(id).copied()
    }

    pub(super) fn resize(&mut self, id: &str, width: f64) {
        self.widths.insert(id.to_owned(), bounded(width));
    }

    /// The least size of a column.
    fn least(&self, column: &Measure) -> String {
        self.width(column.id)
            .map_or_else(|| format!("{}rem", column.least), |width| format!("{width}px"))
    }

    /// The value of `grid-template-columns` behind the column of boxes.
    pub(super) fn template(&self, columns: &[Measure]) -> String {
        let track = |(place, column): (usize, &Measure)| {
            let least = self.least(column);
            // What stands behind a pinned column has to know how wide that is.
            if self.width(column.id).is_some() || place + 1 < usize::from(self.pinned) {
                least
            } else {
                format!("minmax({least}, {}fr)", column.share)
            }
        };
        let tracks: Vec<String> = columns.iter().enumerate().map(track).collect();
        tracks.join(" ")
    }

    /// The size that all of them need at least.
    pub(super) fn all(&self, columns: &[Measure]) -> String {
        let sizes: Vec<String> = columns.iter().map(|column| self.least(column)).collect();
        format!("calc({})", sizes.join(" + "))
    }

    /// How wide the first column is, when it has to be known.
    pub(super) fn first(&self, columns: &[Measure]) -> String {
        columns.first().map(|first| self.least(first)).unwrap_or_default()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it lies within two bounds of its type"
)]
fn bounded(width: f64) -> u16 {
    width.round().clamp(f64::from(NARROWEST), f64::from(WIDEST)) as u16
}

/// The width that `key` makes of `now`. None for a key that changes none.
pub(super) fn resized(key: &str, now: f64) -> Option<f64> {
    const STEP: f64 = 16.0;
    Some(match key {
        "ArrowRight" | "ArrowUp" => now + STEP,
        "ArrowLeft" | "ArrowDown" => now - STEP,
        "Home" => f64::from(NARROWEST),
        "End" => f64::from(WIDEST),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Measure; 2] = [
        Measure {
            id: "name",
            least: 10.0,
            share: 2.2,
        },
        Measure {
            id: "city",
            least: 6.5,
            share: 1.0,
        },
    ];

    #[test]
    fn columns_share_the_room_until_somebody_chooses() {
        let mut layout = GridLayout::default();
        assert_eq!(
            layout.template(&COLUMNS),
            "minmax(10rem, 2.2fr) minmax(6.5rem, 1fr)"
        );
        assert_eq!(layout.all(&COLUMNS), "calc(10rem + 6.5rem)");
        layout.resize("city", 199.6);
        assert_eq!(layout.template(&COLUMNS), "minmax(10rem, 2.2fr) 200px");
        assert_eq!(layout.all(&COLUMNS), "calc(10rem + 200px)");
    }

    #[test]
    fn what_stands_before_a_pinned_column_has_a_known_width() {
        let mut layout = GridLayout::default();
        layout.pin(2);
        assert_eq!(layout.template(&COLUMNS), "10rem minmax(6.5rem, 1fr)");
        assert_eq!(layout.first(&COLUMNS), "10rem");
    }

    #[test]
    fn no_column_gets_lost_or_out_of_hand() {
        let mut layout = GridLayout::default();
        layout.resize("name", -5.0);
        assert_eq!(layout.width("name"), Some(NARROWEST));
        layout.resize("name", 1e9);
        assert_eq!(layout.width("name"), Some(WIDEST));
        assert_eq!(resized("ArrowLeft", 100.0), Some(84.0));
        assert_eq!(resized("End", 100.0), Some(640.0));
        assert_eq!(resized("Tab", 100.0), None);
    }

    #[test]
    fn a_choice_survives_as_text_and_nonsense_is_no_choice() {
        let mut layout = GridLayout::default();
        layout.show("city", false);
        layout.resize("name", 300.0);
        layout.pin(0);
        assert_eq!(GridLayout::from_text(&layout.to_text()), layout);
        for nonsense in ["", "[]", "{\"pinned\":-1}", "<script>"] {
            assert_eq!(
                GridLayout::from_text(nonsense),
                GridLayout::default(),
                "{nonsense}"
            );
        }
        let tampered = GridLayout::from_text("{\"widths\":{\"name\":9},\"pinned\":200}");
        assert_eq!(
            (tampered.width("name"), tampered.pinned()),
            (Some(NARROWEST), MOST_PINNED)
        );
    }
}

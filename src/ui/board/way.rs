//! Where a key leads on a board.

use crate::platform::keyboard::Press;

/// A direction that a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
    /// To the column before.
    Back,
    /// To the column behind.
    On,
    /// To the top of the column.
    Top,
    /// To the bottom of the column.
    Bottom,
    /// To the first place of the board.
    Start,
    /// To the last place of the board.
    End,
}

impl Way {
    /// The direction that `press` asks for. Keys that belong to the browser or the system ask for none.
    pub(super) fn of(press: &Press) -> Option<Self> {
        if press.alt || press.shift {
            return None;
        }
        match (press.key.as_str(), press.command) {
            ("ArrowUp", false) => Some(Self::Up),
            ("ArrowDown", false) => Some(Self::Down),
            ("ArrowLeft", false) => Some(Self::Back),
            ("ArrowRight", false) => Some(Self::On),
            ("Home", false) => Some(Self::Top),
            ("End", false) => Some(Self::Bottom),
            ("Home", true) => Some(Self::Start),
            ("End", true) => Some(Self::End),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str, command: bool, alt: bool) -> Press {
        Press {
            key: key.to_owned(),
            command,
            alt,
            shift: false,
            repeated: false,
        }
    }

    #[test]
    fn arrows_and_edges_lead_somewhere() {
        assert_eq!(Way::of(&press("ArrowRight", false, false)), Some(Way::On));
        assert_eq!(Way::of(&press("Home", false, false)), Some(Way::Top));
        assert_eq!(Way::of(&press("Home", true, false)), Some(Way::Start));
    }

    #[test]
    fn keys_of_the_browser_are_left_to_it() {
        assert_eq!(
            Way::of(&press("ArrowLeft", false, true)),
            None,
            "back in the history"
        );
        assert_eq!(Way::of(&press("ArrowUp", true, false)), None);
        assert_eq!(Way::of(&press("a", false, false)), None);
    }
}

//! What keys mean. Pure.

use crate::app::routes::Route;
use crate::i18n::Text;
use crate::i18n::texts::shell as words;
use crate::platform::keyboard::Press;
use crate::ui::{KeyCap, Keys};

/// What a shortcut does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Goes to a page.
    Visit(Route),
    /// Goes where a customer is entered, for who may.
    Create,
    /// Goes to the search of the page.
    Search,
    /// Opens the palette.
    Palette,
    /// Shows the shortcuts.
    Sheet,
}

/// Milliseconds within which the second key of a sequence follows the first.
const PATIENCE_MS: f64 = 1_500.0;

/// Keys that say nothing by themselves.
const MODIFIERS: [&str; 7] = ["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Fn"];

/// The keys pressed so far that may begin a shortcut: `g`, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sequence(Option<f64>);

impl Sequence {
    /// What `press` does at the time `now`, in milliseconds. `characters` says whether a single character may do
    /// anything (WCAG 2.1.4).
    pub fn press(&mut self, press: &Press, now: f64, characters: bool) -> Option<Shortcut> {
        if MODIFIERS.contains(&press.key.as_str()) {
            return None;
        }
        let goes = self.0.take().is_some_and(|begun| now - begun <= PATIENCE_MS);
        if press.repeated || press.alt {
            return None;
        }
        let character = character(press)?;
        if press.command {
            return (character == 'k' && !press.shift).then_some(Shortcut::Palette);
        }
        if !characters {
            return None;
        }
        if goes && let Some(route) = place(character) {
            return Some(Shortcut::Visit(route));
        }
        match character {
            'g' => {
                self.0 = Some(now);
                None
            }
            'c' => Some(Shortcut::Create),
            '/' => Some(Shortcut::Search),
            '?' => Some(Shortcut::Sheet),
            _ => None,
        }
    }
}

/// Where the second letter of a sequence leads.
const fn place(letter: char) -> Option<Route> {
    Some(match letter {
        't' => Route::Today,
        'c' => Route::Customers,
        'p' => Route::Pipeline,
        _ => return None,
    })
}

/// The one character that was typed. Without Shift a letter is a small one, whatever Caps Lock makes of it.
fn character(press: &Press) -> Option<char> {
    let mut characters = press.key.chars();
    let character = characters.next().filter(|_| characters.next().is_none())?;
    Some(if press.shift {
        character
    } else {
        character.to_ascii_lowercase()
    })
}

/// A line of the sheet.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// What to press.
    pub keys: Keys,
    /// What it does.
    pub text: Text,
}

/// Lines of the sheet that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// What they have in common.
    pub title: Text,
    /// They.
    pub lines: &'static [Line],
}

/// The keys that open the palette.
pub const PALETTE_KEYS: Keys = Keys::Together(&[KeyCap::Command, KeyCap::Character('k')]);
/// The keys that show the sheet.
pub const SHEET_KEYS: Keys = Keys::Together(&[KeyCap::Character('?')]);
const TODAY_KEYS: Keys = Keys::InTurn(&[KeyCap::Character('g'), KeyCap::Character('t')]);
const CUSTOMERS_KEYS: Keys = Keys::InTurn(&[KeyCap::Character('g'), KeyCap::Character('c')]);
const PIPELINE_KEYS: Keys = Keys::InTurn(&[KeyCap::Character('g'), KeyCap::Character('p')]);

const CREATE_KEYS: Keys = Keys::Together(&[KeyCap::Character('c')]);

/// The keys that lead to `route`.
pub const fn keys_to(route: Route) -> Option<Keys> {
    Some(match route {
        Route::Today => TODAY_KEYS,
        Route::Customers => CUSTOMERS_KEYS,
        Route::Pipeline => PIPELINE_KEYS,
        Route::NewCustomer => CREATE_KEYS,
        _ => return None,
    })
}

const fn line(keys: Keys, text: Text) -> Line {
    Line { keys, text }
}

/// Everything the keyboard does beyond what it does everywhere.
pub const SHEET: [Group; 3] = [
    Group {
        title: words::SHORTCUTS_ANYWHERE,
        lines: &[
            line(PALETTE_KEYS, words::SHORTCUT_PALETTE),
            line(Keys::Together(&[KeyCap::Character('/')]), words::SHORTCUT_SEARCH),
            line(CREATE_KEYS, words::SHORTCUT_CREATE),
            line(SHEET_KEYS, words::SHORTCUT_SHEET),
            line(Keys::Together(&[KeyCap::Function(6)]), words::SHORTCUT_MESSAGES),
            line(Keys::Together(&[KeyCap::Escape]), words::SHORTCUT_CLOSE),
        ],
    },
    Group {
        title: words::SHORTCUTS_GOING,
        lines: &[
            line(TODAY_KEYS, words::SHORTCUT_TODAY),
            line(CUSTOMERS_KEYS, words::SHORTCUT_CUSTOMERS),
            line(PIPELINE_KEYS, words::SHORTCUT_PIPELINE),
        ],
    },
    Group {
        title: words::SHORTCUTS_BOARD,
        lines: &[
            line(Keys::Together(&[KeyCap::Arrows]), words::SHORTCUT_BOARD_ARROWS),
            line(Keys::Together(&[KeyCap::Space]), words::SHORTCUT_BOARD_SPACE),
            line(
                Keys::Together(&[KeyCap::Shift, KeyCap::Function(10)]),
                words::SHORTCUT_BOARD_MENU,
            ),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: &str) -> Press {
        Press {
            key: key.to_owned(),
            command: false,
            alt: false,
            shift: false,
            repeated: false,
        }
    }

    /// What pressing `keys` does, one each 100 ms.
    fn typed(keys: &[Press]) -> Vec<Shortcut> {
        let mut sequence = Sequence::default();
        let mut now = 0.0;
        let presses = keys.iter().filter_map(|press| {
            now += 100.0;
            sequence.press(press, now, true)
        });
        presses.collect()
    }

    #[test]
    fn two_letters_go_to_a_page() {
        let go = |letter| typed(&[key("g"), key(letter)]);
        assert_eq!(go("t"), [Shortcut::Visit(Route::Today)]);
        assert_eq!(go("c"), [Shortcut::Visit(Route::Customers)]);
        assert_eq!(go("p"), [Shortcut::Visit(Route::Pipeline)]);
        assert_eq!(go("x"), []);
        assert_eq!(go("?"), [Shortcut::Sheet], "a key that goes nowhere is itself");
        assert_eq!(
            typed(&[key("G"), key("T")]),
            [Shortcut::Visit(Route::Today)],
            "Caps Lock"
        );
    }

    #[test]
    fn the_first_letter_can_be_begun_again_and_is_used_once() {
        let keys = [key("g"), key("g"), key("c"), key("c"), key("t")];
        assert_eq!(
            typed(&keys),
            [Shortcut::Visit(Route::Customers), Shortcut::Create]
        );
    }

    #[test]
    fn a_letter_alone_is_another_than_after_g() {
        assert_eq!(typed(&[key("c")]), [Shortcut::Create]);
    }

    #[test]
    fn a_sequence_survives_a_held_modifier_and_nothing_else() {
        let go = Shortcut::Visit(Route::Pipeline);
        assert_eq!(typed(&[key("g"), key("Shift"), key("p")]), [go]);
        assert_eq!(typed(&[key("g"), key("Escape"), key("p")]), []);
        assert_eq!(typed(&[key("g"), key("ArrowDown"), key("p")]), []);
    }

    #[test]
    fn a_slow_second_letter_is_a_new_beginning() {
        let mut sequence = Sequence::default();
        assert_eq!(sequence.press(&key("g"), 0.0, true), None);
        assert_eq!(sequence.press(&key("p"), PATIENCE_MS + 1.0, true), None);
    }

    #[test]
    fn signs_mean_what_they_show_wherever_they_are_on_the_keyboard() {
        let shifted = |name: &str| Press {
            shift: true,
            ..key(name)
        };
        assert_eq!(typed(&[key("/")]), [Shortcut::Search]);
        assert_eq!(typed(&[shifted("/")]), [Shortcut::Search]);
        assert_eq!(typed(&[shifted("?")]), [Shortcut::Sheet]);
        assert_eq!(typed(&[shifted("G"), key("t")]), []);
    }

    #[test]
    fn with_a_modifier_only_the_palette_opens() {
        let held = |name: &str| Press {
            command: true,
            ..key(name)
        };
        assert_eq!(typed(&[held("k")]), [Shortcut::Palette]);
        assert_eq!(typed(&[held("K")]), [Shortcut::Palette]);
        assert_eq!(typed(&[held("g"), held("c"), held("/"), held("?")]), []);
        let browsers_own = Press {
            shift: true,
            ..held("K")
        };
        assert_eq!(typed(&[browsers_own]), []);
        let other = Press {
            alt: true,
            ..key("/")
        };
        assert_eq!(typed(&[other]), []);
    }

    #[test]
    fn a_held_key_does_nothing_again() {
        let repeated = Press {
            repeated: true,
            ..key("?")
        };
        assert_eq!(typed(&[repeated]), []);
    }

    #[test]
    fn characters_can_be_turned_off_and_the_palette_still_opens() {
        let mut sequence = Sequence::default();
        for name in ["g", "c", "/", "?"] {
            assert_eq!(sequence.press(&key(name), 0.0, false), None, "{name}");
        }
        let held = Press {
            command: true,
            ..key("k")
        };
        assert_eq!(sequence.press(&held, 0.0, false), Some(Shortcut::Palette));
    }

    #[test]
    fn what_the_sheet_says_is_what_happens() {
        let press = |cap: &KeyCap| match cap {
            KeyCap::Character(character) => Some(key(&character.to_string())),
            _ => None,
        };
        for line in SHEET.iter().flat_map(|group| group.lines) {
            let (Keys::Together(caps) | Keys::InTurn(caps)) = line.keys;
            let Some(mut presses) = caps
                .iter()
                .filter(|cap| **cap != KeyCap::Command)
                .map(press)
                .collect::<Option<Vec<_>>>()
            else {
                continue;
            };
            presses[0].command = caps[0] == KeyCap::Command;
            assert_eq!(typed(&presses).len(), 1, "{:?}", line.keys);
        }
    }

    #[test]
    fn the_keys_to_a_page_lead_there() {
        for route in [Route::Today, Route::Customers, Route::Pipeline] {
            let Some(Keys::InTurn([KeyCap::Character('g'), KeyCap::Character(letter)])) = keys_to(route)
            else {
                panic!("{route:?}");
            };
            assert_eq!(place(*letter), Some(route));
        }
        assert_eq!(keys_to(Route::SignIn), None);
    }
}

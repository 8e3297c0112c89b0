//! English as no language has it: longer, accented and between marks of direction. What shows plain letters is not in the
//! catalogue; what breaks would break in German or Arabic. For development builds only (feature `gallery`).

use std::sync::atomic::{AtomicBool, Ordering};

use portico_contract::locale::Locale;

/// What an address asks for with `?lang=`.
const TAG: &str = "en-XA";

/// Whether English is shown this way. Apart from the language in use, because the contract knows no such language.
static CHOSEN: AtomicBool = AtomicBool::new(false);

/// Shows English this way from the next fetch of texts on, or not any more.
pub(super) fn choose(chosen: bool) {
    CHOSEN.store(chosen, Ordering::Relaxed);
}

/// Shows English this way if it was asked for.
pub(super) fn choose_if(asked: Option<&str>) {
    choose(asked == Some(TAG));
}

/// Whether `locale` is shown this way.
pub(super) fn is_chosen(locale: Locale) -> bool {
    locale == Locale::En && CHOSEN.load(Ordering::Relaxed)
}

/// A text as it travels, disguised: its only form, or categories and forms in turn.
pub(super) fn disguise(entry: Vec<String>) -> Vec<String> {
    let has_categories = entry.len() > 1;
    let part = |(index, part): (usize, String)| {
        if has_categories && index % 2 == 0 {
            part
        } else {
            disguised(&part)
        }
    };
    entry.into_iter().enumerate().map(part).collect()
}

/// The direction of what follows is found out from itself, and what comes after is not touched by it.
const ISOLATED: (char, char) = ('\u{2068}', '\u{2069}');

/// What makes a text longer. It must be no more than one word, or lines would break where they never do.
const PADDING: [char; 5] = ['~', '·', '~', '¨', '~'];

fn disguised(text: &str) -> String {
    let mut out = String::from(ISOLATED.0);
    out.push('[');
    let (mut letters, mut depth) = (0, 0_u32);
    for letter in text.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && letter != '}' {
            letters += 1;
            out.push(accented(letter));
        } else {
            out.push(letter);
        }
    }
    // Four tenths more, and never nothing.
    let more = (letters * 2_usize).div_ceil(5).max(1);
    out.extend(PADDING.iter().cycle().take(more));
    out.push(']');
    out.push(ISOLATED.1);
    out
}

fn accented(letter: char) -> char {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const ACCENTED: &str = "áƀçđéƒĝĥîĵķĺɱñóþǫŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĹṀÑÓÞǪŔŠŢÛṼŴẊÝŽ";
    let place = PLAIN.chars().position(|plain| plain == letter);
    place
        .and_then(|place| ACCENTED.chars().nth(place))
        .unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::message::fill;

    #[test]
    fn placeholders_are_kept_and_filled() {
        let text = disguised("At most {limit} of {of}.");
        assert!(text.contains("{limit}") && text.contains("{of}"), "{text}");
        let filled = fill(&text, &[("limit", "40"), ("of", "of")]);
        assert!(filled.contains(" 40 óƒ of."), "{filled}");
    }

    #[test]
    fn texts_are_longer_accented_and_isolated() {
        let text = disguised("Sign in");
        assert!(
            text.starts_with("\u{2068}[Šîĝñ îñ") && text.ends_with("]\u{2069}"),
            "{text}"
        );
        for length in [1_usize, 7, 40] {
            let plain = "a".repeat(length);
            let longer = disguised(&plain).chars().count();
            assert!(longer * 10 >= length * 14, "{length}: {longer}");
        }
    }

    #[test]
    fn the_names_of_plural_forms_are_no_texts() {
        let entry = ["one", "{count} deal", "other", "{count} deals"].map(str::to_owned);
        let disguised = disguise(entry.into());
        assert_eq!((disguised[0].as_str(), disguised[2].as_str()), ("one", "other"));
        assert!(disguised[1].contains("{count} đéáĺ"), "{}", disguised[1]);
        assert!(!disguise(vec!["one".to_owned()])[0].contains("one"));
    }

    #[test]
    fn every_letter_has_one_of_its_own() {
        let all: std::collections::BTreeSet<char> = ('a'..='z').chain('A'..='Z').map(accented).collect();
        assert_eq!(all.len(), 52);
        assert!(all.iter().all(|letter| !letter.is_ascii()));
    }

    #[test]
    fn only_english_is_shown_this_way_and_only_when_asked_for() {
        choose_if(Some("en-XA"));
        assert!(is_chosen(Locale::En) && !is_chosen(Locale::De));
        choose_if(Some("en"));
        assert!(!is_chosen(Locale::En));
    }
}

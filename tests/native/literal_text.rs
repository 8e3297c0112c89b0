//! Nothing a person reads is written in a view: texts come from the catalogue.

use crate::sources::{self, Source, assert_none};

/// Attributes whose value is read, or read out, to a person.
const READ_ALOUD: [&str; 7] = [
    "aria-label=",
    "aria-description=",
    "aria-roledescription=",
    "title=",
    "placeholder=",
    "alt=",
    "label=",
];

/// Read by those who develop the parts and by nobody else: it is not in what is released.
const GALLERY: &str = "app/gallery/";

#[test]
fn views_hold_no_text() {
    let shown = ["app/", "features/", "ui/"];
    let violations: Vec<String> = sources::rust()
        .iter()
        .filter(|source| shown.iter().any(|layer| source.path.starts_with(layer)))
        .filter(|source| !source.path.starts_with(GALLERY))
        .flat_map(violations)
        .collect();
    assert_none(&violations);
}

fn violations(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source.text.as_str();
    let mut before = String::new();
    while let Some(start) = rest.find('"') {
        before.push_str(&rest[..start]);
        let literal = &rest[start + 1..];
        let end = end_of(literal);
        let text = &literal[..end];
        if is_words(text) && (is_child(&before) || is_read_aloud(&before)) {
            found.push(format!(
                "src/{}: {text:?} belongs into the catalogue",
                source.path
            ));
        }
        // Only what stands right before the next literal matters, and of this one only that it was there.
        "\"".clone_into(&mut before);
        rest = literal.get(end + 1..).unwrap_or_default();
    }
    found
}

fn end_of(literal: &str) -> usize {
    let mut escaped = false;
    for (index, letter) in literal.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return index,
            _ => {}
        }
    }
    literal.len()
}

fn is_words(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_alphabetic()).count() > 1
}

/// A child of an element follows a tag or another child. `=>` and `->` end like a tag and are none.
fn is_child(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with('>') && !before.ends_with("=>") && !before.ends_with("->")
}

fn is_read_aloud(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    READ_ALOUD.contains(&word)
}

#[cfg(test)]
mod samples {
    use super::*;

    fn refused(text: &str) -> usize {
        violations(&Source {
            path: "ui/x.rs".to_owned(),
            text: text.to_owned(),
        })
        .len()
    }

    #[test]
    fn written_text_is_refused() {
        assert_eq!(refused("view! { <p class=\"note\">\"Sign in again\"</p> }"), 1);
        assert_eq!(refused("<button aria-label=\"Close\">"), 1);
        assert_eq!(refused("<p>{name}</p>\n  <b>\n \"bold\" </b>"), 1);
    }

    #[test]
    fn what_is_no_text_passes() {
        assert_eq!(refused("match x { A => \"Primary\", B => \"other\" }"), 0);
        assert_eq!(
            refused("<span class=\"Badge\" aria-hidden=\"true\">\"·\"</span>"),
            0
        );
        assert_eq!(refused("<p>{t(texts::common::CLOSE)}</p>"), 0);
    }
}

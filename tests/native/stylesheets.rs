//! The rules of the style sheets: layers, tokens, logical directions.

use crate::sources::{self, Source, assert_none};
use crate::stylist::{Statement, read};

const RAW_COLOURS: [&str; 9] = [
    "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(",
];

#[test]
fn sheets_keep_to_layers_tokens_and_logical_directions() {
    let violations: Vec<String> = sources::css().iter().flat_map(violations).collect();
    assert_none(&violations);
}

fn violations(sheet: &Source) -> Vec<String> {
    let is_tokens = sheet.path.starts_with("tokens/");
    let mut found = Vec::new();
    for statement in read(&sheet.text) {
        let problem = match &statement {
            Statement::Block { prelude, depth: 0 } if !prelude.starts_with("@layer ") => {
                Some(format!("{prelude:?} lies in no layer"))
            }
            Statement::Block { prelude, .. } if has_pixels(prelude) => {
                Some(format!("{prelude:?} counts pixels"))
            }
            Statement::Rule { text, .. } if text.starts_with("@import") => {
                Some("@import is not followed".to_owned())
            }
            Statement::Declaration { property, .. } if is_physical(property) => {
                Some(format!("{property} is physical; use the logical one"))
            }
            Statement::Declaration { value, .. }
                if value.contains("!important") && sheet.path != "utilities.css" =>
            {
                Some("!important belongs into utilities.css only".to_owned())
            }
            Statement::Declaration { property, value } if !is_tokens => {
                raw(value).map(|what| format!("{property}: {value}: {what} belongs into style/tokens"))
            }
            _ => None,
        };
        found.extend(problem.map(|what| format!("style/{}: {what}", sheet.path)));
    }
    found
}

fn raw(value: &str) -> Option<&'static str> {
    let words = |text: &str| {
        text.split(|letter: char| " ,()/".contains(letter))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let is_hex = |word: &String| {
        word.strip_prefix('#')
            .is_some_and(|digits| digits.len() >= 3 && digits.chars().all(|digit| digit.is_ascii_hexdigit()))
    };
    // `lab(` also ends `oklab(`; both are raw, so it does not matter which is found.
    if words(value).iter().any(is_hex) || RAW_COLOURS.iter().any(|function| value.contains(function)) {
        return Some("a raw colour");
    }
    has_pixels(value).then_some("a length in pixels")
}

fn has_pixels(text: &str) -> bool {
    text.match_indices("px").any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + 2..].chars().next();
        before.is_some_and(|letter| letter.is_ascii_digit()) && !after.is_some_and(char::is_alphanumeric)
    })
}

fn is_physical(property: &str) -> bool {
    const SIDES: [&str; 4] = ["left", "right", "top", "bottom"];
    let sided = ["margin-", "padding-", "border-"]
        .iter()
        .find_map(|box_part| property.strip_prefix(box_part));
    let side = sided.unwrap_or_default().split('-').next().unwrap_or_default();
    SIDES.contains(&side) || SIDES.contains(&property) || property == "width" || property == "height"
}

#[cfg(test)]
mod samples {
    use super::*;

    fn refused(path: &str, css: &str) -> usize {
        violations(&Source {
            path: path.to_owned(),
            text: css.to_owned(),
        })
        .len()
    }

    #[test]
    fn each_rule_can_be_broken() {
        for bad in [
            ".card { color: var(--c); }",
            "@layer components { .card { color: #fff; } }",
            "@layer components { .card { color: oklch(0.5 0.1 20); } }",
            "@layer components { .card { border: 1px solid var(--c); } }",
            "@layer components { .card { margin-left: 1rem; } }",
            "@layer components { .card { border-top-left-radius: 1rem; } }",
            "@layer components { .card { top: 0; } }",
            "@layer components { .card { width: 10rem; } }",
            "@layer components { .card { color: var(--c) !important; } }",
            "@layer components { @media (width > 600px) { .card { color: var(--c); } } }",
            "@import \"x.css\";",
        ] {
            assert_ne!(refused("components/card.css", bad), 0, "{bad}");
        }
    }

    #[test]
    fn what_keeps_to_the_rules_passes() {
        let good = "@layer components { @container (inline-size > 30rem) { .card { inline-size: 10rem; margin-inline: auto;
            border-block-start: var(--line) solid var(--color-edge); background: color-mix(in oklab, var(--a), var(--b)); } } }";
        assert_eq!(refused("components/card.css", good), 0);
        assert_eq!(
            refused(
                "tokens/colours.css",
                "@layer tokens { :root { --blue: oklch(0.5 0.1 20); --line: 1px; } }"
            ),
            0
        );
        assert_eq!(
            refused(
                "utilities.css",
                "@layer utilities { .hidden { display: none !important; } }"
            ),
            0
        );
        assert_eq!(refused("layers.css", "@layer reset, tokens;"), 0);
    }
}

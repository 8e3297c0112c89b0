//! Every text can be read on everything it may stand on, in both themes.
//!
//! The pairs are read off the style sheets: a rule with a colour and a ground of its own is one pair; a colour without a
//! ground may stand on any ground that brings no colour of its own, so each is tried on each. A new rule is a new pair
//! without anybody having to list it.

use std::collections::{BTreeMap, BTreeSet};

use crate::colour_uses::Uses;
use crate::palette::{Palette, Theme, contrast};
use crate::sources::{self, Source, assert_none};

/// The least contrast of any text.
const TEXT: f64 = 4.5;
/// The least contrast of what is read at length.
const BODY: f64 = 7.0;
/// The least contrast of a line or an icon that means something.
const SIGNAL: f64 = 3.0;

/// What running text is set in.
const BODY_ROLES: [&str; 2] = ["var(--color-text)", "var(--color-text-muted)"];

/// What a page may lie on, and so everything without a ground of its own.
const SURFACES: [&str; 5] = [
    "var(--color-ground)",
    "var(--color-surface)",
    "var(--color-sunken)",
    "var(--color-floating)",
    "var(--color-hover)",
];

#[test]
fn every_text_can_be_read_in_both_themes() {
    let tokens = sheets(true);
    let texts: Vec<&str> = tokens.iter().map(|sheet| sheet.text.as_str()).collect();
    let violations = violations(&Palette::of(&texts), &sheets(false));
    assert_none(&violations);
}

fn sheets(tokens: bool) -> Vec<Source> {
    let mut sheets = sources::css();
    sheets.retain(|sheet| sheet.path.starts_with("tokens/") == tokens);
    sheets
}

fn violations(palette: &Palette, sheets: &[Source]) -> Vec<String> {
    let uses = Uses::of(sheets);
    let mut found = BTreeSet::new();
    for (text, ground, least, place) in demands(&uses) {
        for theme in Theme::BOTH {
            found.extend(
                problem(palette, (&text, &ground), least, theme).map(|what| format!("{place}: {what}")),
            );
        }
    }
    let faded = uses.faded.iter();
    found.extend(faded.map(|place| format!("{place}: opacity takes contrast away; choose a colour")));
    found.into_iter().collect()
}

fn problem(palette: &Palette, (text, ground): (&str, &str), least: f64, theme: Theme) -> Option<String> {
    let colours = palette
        .colour(text, theme)
        .and_then(|text| Ok((text, palette.colour(ground, theme)?)));
    match colours {
        Err(what) => Some(what),
        Ok((text, ground)) if text.alpha < 1.0 || ground.alpha < 1.0 => {
            Some("what shines through cannot be computed; list it as a drawing or make it solid".to_owned())
        }
        Ok((light, below)) => {
            let ratio = contrast(light, below);
            (ratio < least).then(|| format!("{text} on {ground} is {ratio:.2} of {least} in {theme:?}"))
        }
    }
}

/// Every pair with the least contrast it must have.
fn demands(uses: &Uses) -> Vec<(String, String, f64, String)> {
    let mut demands = Vec::new();
    let mut demand = |text: &str, ground: &str, least: f64, place: &str| {
        demands.push((text.to_owned(), ground.to_owned(), least, place.to_owned()));
    };
    for ((text, ground), place) in &uses.pairs {
        demand(text, ground, least_of_text(text, ground), place);
    }
    let page = SURFACES.map(|surface| (surface.to_owned(), "the page".to_owned()));
    let grounds: BTreeMap<String, String> = uses.loose_grounds.clone().into_iter().chain(page).collect();
    let own = ("var(--color-text)".to_owned(), "the page".to_owned());
    let texts: BTreeMap<String, String> = uses.loose_texts.clone().into_iter().chain([own]).collect();
    for (text, text_place) in &texts {
        for (ground, ground_place) in &grounds {
            demand(
                text,
                ground,
                least_of_text(text, ground),
                &format!("{text_place} in {ground_place}"),
            );
        }
    }
    for (signal, place) in &uses.signals {
        for surface in SURFACES {
            demand(signal, surface, SIGNAL, place);
        }
    }
    demands
}

fn least_of_text(text: &str, ground: &str) -> f64 {
    let is_read_at_length =
        text == BODY_ROLES[0] || (BODY_ROLES.contains(&text) && SURFACES.contains(&ground));
    if is_read_at_length { BODY } else { TEXT }
}

#[cfg(test)]
mod samples {
    use super::*;

    const TOKENS: &str = "@layer tokens { :root { --hairline: 1px; --color-text: oklch(0.1 0 0); --color-text-muted: oklch(0.3 0 0);
        --color-ground: oklch(1 0 0); --color-surface: oklch(1 0 0); --color-sunken: oklch(0.97 0 0); --color-floating: oklch(1 0 0);
        --color-hover: oklch(0.97 0 0); --grey: oklch(0.6 0 0); --pale: oklch(0.9 0 0); --ink: oklch(0.2 0 0); --veil: oklch(0.5 0 0 / 0.5); } }";

    fn refused(rules: &str) -> Vec<String> {
        let sheet = Source {
            path: "components/card.css".to_owned(),
            text: format!("@layer components {{ {rules} }}"),
        };
        violations(&Palette::of(&[TOKENS]), &[sheet])
    }

    #[test]
    fn readable_rules_pass() {
        for good in [
            ".card { color: var(--ink); background: var(--pale); }",
            ".card { color: inherit; background: none; border: var(--hairline) solid var(--color-line); }",
            ".card { background: var(--ink); color: var(--pale); & > .icon { color: var(--color-ground); } }",
            ".card { --own: var(--ink); background: var(--own); color: var(--color-ground); }",
            "@media (forced-colors: active) { .card { color: var(--pale); } }",
            ".skeleton__line { background: var(--pale); }",
            ".card { opacity: 0; &:disabled { opacity: 0.5; } }",
        ] {
            assert_eq!(refused(good), Vec::<String>::new(), "{good}");
        }
    }

    #[test]
    fn unreadable_rules_are_found() {
        for bad in [
            // A pair of its own, in the rule, in a state, in two states at once, in something inside.
            ".card { color: var(--grey); background: var(--pale); }",
            ".card { background: var(--pale); color: var(--ink); &:hover { color: var(--grey); } }",
            ".card { --text: var(--ink); background: var(--pale); color: var(--text);
                &:hover { background: var(--ink); } &[data-tone=\"a\"] { --text: var(--color-ground); } }",
            ".card { background: var(--ink); color: var(--pale); & > p { color: var(--color-text); } }",
            // A colour that may stand anywhere, a ground that anything may stand on.
            ".card { color: var(--grey); }",
            ".card { background: var(--ink); }",
            ".card { color: var(--color-text-muted); } .other { background: var(--grey); }",
            // A line that is hardly seen, a drawing that is hardly seen.
            ".card { border: var(--hairline) solid var(--pale); }",
            ".card:focus { outline-color: var(--pale); }",
            ".board__gap { background: var(--pale); }",
            // What nobody can compute.
            ".card { opacity: 0.6; }",
            ".card { color: var(--gone); }",
            ".card { background: color-mix(in oklab, red, blue); }",
            ".card { background: var(--veil); color: var(--ink); }",
        ] {
            assert_ne!(refused(bad), Vec::<String>::new(), "{bad}");
        }
    }

    #[test]
    fn body_text_needs_more_than_a_label_does() {
        let tokens = TOKENS.replace("--color-text-muted: oklch(0.3", "--color-text-muted: oklch(0.5");
        let sheet = |rules: &str| Source {
            path: "components/card.css".to_owned(),
            text: format!("@layer components {{ {rules} }}"),
        };
        let muted = [sheet(
            ".card { color: var(--color-text-muted); background: var(--color-surface); }",
        )];
        assert_ne!(violations(&Palette::of(&[&tokens]), &muted), Vec::<String>::new());
        let label = tokens.replace("--ink: oklch(0.2", "--ink: oklch(0.5");
        let label_sheet = [sheet(
            ".card { color: var(--ink); background: var(--color-surface); }",
        )];
        assert_eq!(
            violations(&Palette::of(&[&label]), &label_sheet),
            Vec::<String>::new()
        );
    }
}

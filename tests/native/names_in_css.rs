//! Custom properties and animations: what is used is defined, what is defined is used. A misspelt name is no error to a
//! browser; the declaration is just not there.

use std::collections::BTreeSet;

use crate::sources::{self, Source, assert_none};
use crate::stylist::{Statement, read};

#[test]
fn what_sheets_name_is_there_and_what_is_there_is_named() {
    let code: String = sources::rust()
        .iter()
        .map(|source| source.text.as_str())
        .collect();
    assert_none(&violations(&sources::css(), &code));
}

/// What a kind of name is defined and used by.
#[derive(Default)]
struct Names {
    defined: BTreeSet<String>,
    used: BTreeSet<String>,
}

impl Names {
    fn gaps(&self, kind: &str) -> Vec<String> {
        let lacking = self.used.difference(&self.defined);
        let idle = self.defined.difference(&self.used);
        let mut found: Vec<String> = lacking
            .map(|name| format!("{kind} {name} is used and defined nowhere"))
            .collect();
        found.extend(idle.map(|name| format!("{kind} {name} is defined and used nowhere")));
        found
    }
}

fn violations(sheets: &[Source], code: &str) -> Vec<String> {
    let (mut properties, mut animations) = (Names::default(), Names::default());
    for statement in sheets.iter().flat_map(|sheet| read(&sheet.text)) {
        match statement {
            Statement::Declaration { property, value } => {
                properties.used.extend(named_by_var(&value));
                if property == "animation" || property == "animation-name" {
                    animations.used.extend(value.split(',').filter_map(animation));
                }
                if property.starts_with("--") {
                    properties.defined.insert(property);
                }
            }
            Statement::Block { prelude, .. } => {
                let keyframes = prelude.strip_prefix("@keyframes ");
                animations
                    .defined
                    .extend(keyframes.map(|name| name.trim().to_owned()));
            }
            Statement::Rule { .. } => {}
        }
    }
    // Views set some by `style:--name=`, and read none.
    properties.defined.extend(set_by_views(code));
    let mut found = properties.gaps("the property");
    found.extend(animations.gaps("the animation"));
    found
}

/// The properties that `value` cannot do without: a `var()` with a second choice may stay undefined.
fn named_by_var(value: &str) -> Vec<String> {
    let uses = value
        .match_indices("var(--")
        .map(|(at, _)| &value[at + "var(".len()..]);
    uses.map(|rest| {
        rest.split([')', ','])
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    })
    .collect()
}

fn set_by_views(code: &str) -> Vec<String> {
    let places = code
        .match_indices("style:--")
        .map(|(at, _)| &code[at + "style:".len()..]);
    places
        .map(|rest| {
            rest.chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '-')
                .collect()
        })
        .collect()
}

/// The name in one animation's shorthand: the word that is none of its keywords and no number.
fn animation(shorthand: &str) -> Option<String> {
    const KEYWORDS: [&str; 19] = [
        "none",
        "infinite",
        "normal",
        "reverse",
        "alternate",
        "alternate-reverse",
        "forwards",
        "backwards",
        "both",
        "running",
        "paused",
        "linear",
        "ease",
        "ease-in",
        "ease-out",
        "ease-in-out",
        "step-start",
        "step-end",
        "initial",
    ];
    let words = shorthand.split_whitespace();
    let mut names = words.filter(|word| word.starts_with(char::is_alphabetic) && !word.contains('('));
    names.find(|word| !KEYWORDS.contains(word)).map(str::to_owned)
}

#[test]
fn each_kind_of_gap_is_found() {
    let sheet = |css: &str| {
        [Source {
            path: "components/card.css".to_owned(),
            text: css.to_owned(),
        }]
    };
    let complete = ":root { --a: 1px; } .card { inline-size: calc(var(--a) + var(--b, 0)); animation: in 2s ease-in, var(--a) out; }
        @keyframes in { } @keyframes out { }";
    assert_eq!(
        violations(&sheet(complete), "style:--b=move || x"),
        Vec::<String>::new()
    );
    for bad in [
        ".card { color: var(--gone); }",
        ".card { --idle: 0; }",
        ".card { animation: gone 2s; }",
        "@keyframes idle { }",
    ] {
        assert_eq!(violations(&sheet(bad), "").len(), 1, "{bad}");
    }
}

//! Views and style sheets know the same classes.

use std::collections::BTreeSet;

use crate::sources::{self, assert_none};
use crate::stylist::{Statement, classes, read};

#[test]
fn every_class_has_a_rule_and_every_rule_a_use() {
    let styled: BTreeSet<String> = sources::css()
        .iter()
        .flat_map(|sheet| styled(&sheet.text))
        .collect();
    let mut code: String = sources::rust()
        .iter()
        .map(|source| source.text.as_str())
        .collect();
    for page in ["public/index.html", "public/boot.js"] {
        code.push_str(&sources::file(page));
    }
    assert_none(&differences(&styled, &code));
}

fn differences(styled: &BTreeSet<String>, code: &str) -> Vec<String> {
    let without_rule = used(code).into_iter().filter(|class| !styled.contains(class));
    let mut found: Vec<String> = without_rule
        .map(|class| format!("class {class:?} has no rule in style/"))
        .collect();
    let words: BTreeSet<&str> = code.split(|letter: char| !is_name(letter)).collect();
    let unused = styled.iter().filter(|class| !words.contains(class.as_str()));
    found.extend(unused.map(|class| format!("the rules of class {class:?} are used nowhere")));
    found
}

fn styled(css: &str) -> Vec<String> {
    let selectors = read(css).into_iter().filter_map(|statement| match statement {
        Statement::Block { prelude, .. } if !prelude.starts_with('@') => Some(prelude),
        // What `@scope (.card)` names counts as a use of the class, too.
        Statement::Block { prelude, .. } if prelude.starts_with("@scope") => Some(prelude),
        _ => None,
    });
    selectors.flat_map(|selector| classes(&selector)).collect()
}

/// The classes that elements are given for certain: `class="a b"` and `class:a=…`.
fn used(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("class=\"") {
        let value = code[at + "class=\"".len()..]
            .split('"')
            .next()
            .unwrap_or_default();
        found.extend(value.split_whitespace().map(str::to_owned));
    }
    for (at, _) in code.match_indices(" class:") {
        let name: String = code[at + " class:".len()..]
            .chars()
            .take_while(|&letter| is_name(letter))
            .collect();
        found.insert(name);
    }
    found.remove("");
    found
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '-' || letter == '_'
}

#[test]
fn both_kinds_of_gap_are_found() {
    let styled: BTreeSet<String> = styled("@layer a { .card, .card__title:hover { } .old { } }")
        .into_iter()
        .collect();
    let found = differences(&styled, "<p class=\"card card__title\" class:is-new=true/>");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("is-new") && found[1].contains("old"));
}

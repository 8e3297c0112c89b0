//! The gallery shows every part there is.

use crate::sources::{self, assert_none, words};

#[test]
fn every_part_is_in_the_gallery() {
    let sources = sources::rust();
    let gallery: String = sources
        .iter()
        .filter(|source| source.path.starts_with("app/gallery/"))
        .map(|source| source.text.as_str())
        .collect();
    let exported = sources::file("src/ui/mod.rs");
    let missing: Vec<String> = sources
        .iter()
        .filter(|source| source.path.starts_with("ui/"))
        .flat_map(|source| components(&source.text))
        .filter(|name| words(&exported, name).next().is_some())
        .filter(|name| !shows(&gallery, name))
        .map(|name| format!("{name} is not in src/app/gallery"))
        .collect();
    assert_none(&missing);
}

/// The components that `code` makes for others.
fn components(code: &str) -> Vec<String> {
    let after = code.split("#[component]").skip(1);
    after
        .filter_map(|code| code.trim_start().strip_prefix("pub fn "))
        .map(|code| {
            code.chars()
                .take_while(|letter| letter.is_alphanumeric())
                .collect()
        })
        .collect()
}

/// Whether `gallery` draws `name`, by its tag or by the macro that draws a field in all states.
fn shows(gallery: &str, name: &str) -> bool {
    let is_drawn = |at: usize| {
        let before = gallery[..at].trim_end();
        before.ends_with('<') || before.ends_with("in_state!(")
    };
    words(gallery, name).any(is_drawn)
}

#[test]
fn what_is_not_drawn_is_found() {
    assert_eq!(
        components("#[component]\npub fn Button<T>() {}\n#[component]\nfn Inner() {}\npub fn other() {}"),
        ["Button"]
    );
    assert!(shows("<Button/>", "Button") && shows("in_state!(\n DateField, x)", "DateField"));
    assert!(!shows("use Button; <ButtonRow/>", "Button"));
}

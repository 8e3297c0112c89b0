//! Passwords may be pasted, dropped and filled in by whatever keeps them.

use crate::sources::{self, Source, assert_none, words};

/// What a field would have to listen to in order to refuse it.
const WAYS: [&str; 5] = ["on:paste", "on:drop", "on:dragover", "on:beforeinput", "on:copy"];
/// What managers look for.
const KNOWN: [&str; 2] = [
    "autocomplete=\"current-password\"",
    "autocomplete=\"new-password\"",
];

#[test]
fn nothing_keeps_a_password_from_being_pasted_or_filled_in() {
    let sources = sources::rust();
    let fields: Vec<_> = sources
        .iter()
        .filter(|source| uses(source).next().is_some())
        .collect();
    assert!(fields.len() >= 4, "the fields were not found");
    assert_none(&sources.iter().flat_map(refusals).collect::<Vec<_>>());
    let part = sources
        .iter()
        .find(|source| source.path == "ui/password_field.rs");
    let default = "#[prop(default = \"current-password\")]\n    autocomplete";
    assert!(part.is_some_and(|part| part.text.contains(default)));
    let page = sources::file("public/index.html");
    let early = page
        .split("<input")
        .find(|input| input.contains("type=\"password\""));
    assert!(early.is_some_and(|input| input.contains(KNOWN[0])));
    let boot = sources::file("public/boot.js");
    assert!(
        !boot.contains("paste"),
        "the form of the page itself listens to no paste"
    );
}

/// Where `source` has a field for a password.
fn uses(source: &Source) -> impl Iterator<Item = usize> {
    words(&source.text, "<PasswordField")
}

fn refusals(source: &Source) -> Vec<String> {
    let is_part = source.path == "ui/password_field.rs" || source.path.starts_with("ui/new_password/");
    let mut found = Vec::new();
    if is_part || uses(source).next().is_some() {
        let ways = WAYS.iter().filter(|way| source.text.contains(**way));
        found.extend(ways.map(|way| format!("{way} could refuse a password")));
    }
    let is_gallery = source.path.starts_with("app/gallery/");
    for at in uses(source).filter(|_| !is_gallery) {
        let field = source.text[at..].split("/>").next().unwrap_or_default();
        // Where it says nothing it is the one in use, by the part's default.
        if field.contains("autocomplete") && !KNOWN.iter().any(|known| field.contains(known)) {
            found.push("managers do not know what the field holds".to_owned());
        }
    }
    found
        .into_iter()
        .map(|what| format!("src/{}: {what}", source.path))
        .collect()
}

#[test]
fn a_field_that_refuses_is_found() {
    let found = |text: &str| {
        refusals(&Source {
            path: "features/auth/pages/sign_in.rs".to_owned(),
            text: text.to_owned(),
        })
        .len()
    };
    assert_eq!(
        found("<PasswordField value autocomplete=\"current-password\" />"),
        0
    );
    assert_eq!(found("<PasswordField value autocomplete=\"off\" />"), 1);
    assert_eq!(found("<PasswordField value /> <input autocomplete=\"off\" />"), 0);
    assert_eq!(
        found("<PasswordField value autocomplete=\"new-password\" on:paste=refused />"),
        1
    );
    assert_eq!(found("<TextField on:paste=tidied />"), 0);
}

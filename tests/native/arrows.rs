//! Which part of the application may name which. The features are read off the folders.

use crate::sources::{self, Source, assert_none, words};

/// What each layer may name; whatever is not listed it may not. Nothing points back, so there are no circles.
const LAYERS: [(&str, &[&str]); 8] = [
    (
        "main",
        &["app", "features", "session", "api", "ui", "i18n", "platform"],
    ),
    ("app", &["features", "session", "api", "ui", "i18n", "platform"]),
    ("features", &["session", "api", "ui", "i18n", "platform"]),
    ("session", &["api", "i18n", "platform"]),
    ("api", &["i18n", "platform"]),
    ("ui", &["i18n", "platform"]),
    ("i18n", &["platform"]),
    ("platform", &[]),
];

/// The table of addresses knows nothing of the rest, so features may make links with it.
const ROUTES: [&str; 2] = ["app", "routes"];

#[test]
fn no_arrow_points_back() {
    let violations: Vec<String> = sources::rust().iter().flat_map(violations).collect();
    assert_none(&violations);
}

fn violations(source: &Source) -> Vec<String> {
    let here = module_of(&source.path);
    if here.is_empty() {
        return Vec::new();
    }
    let allowed = LAYERS
        .iter()
        .find(|(layer, _)| *layer == here[0])
        .map(|(_, allowed)| *allowed);
    let Some(allowed) = allowed else {
        return vec![format!("src/{}: no rule for this layer", source.path)];
    };
    let mut found = Vec::new();
    for target in named(&source.text, &here) {
        if let Some(why) = refusal(&here, allowed, &target) {
            found.push(format!(
                "src/{}: names {} ({why})",
                source.path,
                target.join("::")
            ));
        }
    }
    if here[0] == "platform" && words(&source.text, "portico_contract").next().is_some() {
        found.push(format!(
            "src/{}: names the contract (the platform knows only the browser)",
            source.path
        ));
    }
    found
}

fn refusal(here: &[String], allowed: &[&str], target: &[String]) -> Option<&'static str> {
    let layer = target.first()?.as_str();
    let is_routes = target.len() > 1 && target[..2] == ROUTES;
    if here.len() > 1 && here[..2] == ROUTES && !is_routes {
        return Some("the table of addresses is a leaf");
    }
    if layer == here[0] {
        let other_feature = layer == "features" && target.len() > 1 && here.len() > 1 && target[1] != here[1];
        return other_feature.then_some("a feature knows no other feature");
    }
    if is_routes && here[0] == "features" {
        return None;
    }
    (!allowed.contains(&layer)).then_some("this arrow does not exist")
}

/// The module a file is, as the names below the crate: `features/auth/pages/login.rs` → `[features, auth, pages, login]`.
fn module_of(path: &str) -> Vec<String> {
    let mut names: Vec<String> = path
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if names.last().is_some_and(|last| last == "mod" || last == "lib") {
        names.pop();
    }
    names
}

/// All modules of this crate that `code` names, as paths below the crate.
fn named(code: &str, here: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for root in ["crate::", "portico::"] {
        for at in words(code, root) {
            expand(&code[at + root.len()..], &[], &mut found);
        }
    }
    for at in words(code, "super::") {
        // A chain is read from its first link.
        if !code[..at].ends_with("super::") {
            let links = code[at..]
                .split("super::")
                .take_while(|between| between.is_empty())
                .count();
            let above = here.len().saturating_sub(links);
            let rest = &code[at + links * "super::".len()..];
            expand(rest, &here[..above], &mut found);
        }
    }
    // Macros are exported at the root of the crate and belong to no layer.
    found.retain(|path| path.first().is_some_and(|first| !first.ends_with('!')));
    found
}

/// Reads a path, or a group of paths in braces, at the start of `code`.
fn expand(code: &str, base: &[String], found: &mut Vec<Vec<String>>) {
    let code = code.trim_start();
    if let Some(group) = code.strip_prefix('{') {
        let mut depth = 0_usize;
        let mut start = 0;
        for (index, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                '}' | ',' if depth == 0 => {
                    expand(&group[start..index], base, found);
                    start = index + 1;
                    if letter == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
        return;
    }
    let end = code
        .find(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .unwrap_or(code.len());
    if end == 0 {
        return;
    }
    let rest = &code[end..];
    let mut path = base.to_vec();
    path.push(format!(
        "{}{}",
        &code[..end],
        if rest.starts_with('!') { "!" } else { "" }
    ));
    match rest.strip_prefix("::") {
        Some(rest) if path.len() < 2 => expand(rest, &path, found),
        _ => found.push(path),
    }
}

#[cfg(test)]
mod samples {
    use super::*;

    fn refused(path: &str, text: &str) -> usize {
        violations(&Source {
            path: path.to_owned(),
            text: text.to_owned(),
        })
        .len()
    }

    #[test]
    fn arrows_that_exist_pass() {
        assert_eq!(
            refused(
                "features/auth/state.rs",
                "use crate::api::auth;\nuse crate::app::routes::Route;"
            ),
            0
        );
        assert_eq!(
            refused("app/router.rs", "use crate::features::{auth::LoginPage, today};"),
            0
        );
        assert_eq!(
            refused("features/auth/pages/login.rs", "use super::super::state::Handle;"),
            0
        );
        assert_eq!(
            refused(
                "ui/table.rs",
                "crate::text_of!(x); use crate::i18n::{Text, texts};"
            ),
            0
        );
    }

    #[test]
    fn arrows_that_point_back_are_refused() {
        assert_ne!(refused("api/client.rs", "use crate::session::Session;"), 0);
        assert_ne!(refused("ui/link.rs", "use crate::app::routes::Route;"), 0);
        assert_ne!(refused("features/auth/mod.rs", "use crate::app::providers;"), 0);
        assert_ne!(refused("app/routes.rs", "use crate::session::Session;"), 0);
        assert_ne!(
            refused("ui/table.rs", "use crate::{i18n::Text, api::{client, error}};"),
            0
        );
        assert_ne!(
            refused("platform/clock.rs", "use portico_contract::time::Instant;"),
            0
        );
        assert_ne!(refused("i18n/mod.rs", "fn f() { crate::ui::toast::show() }"), 0);
    }

    #[test]
    fn a_feature_names_no_other() {
        assert_ne!(
            refused("features/auth/state.rs", "use crate::features::customers::Row;"),
            0
        );
        assert_ne!(
            refused("features/auth/state.rs", "use super::super::customers::Row;"),
            0
        );
        assert_eq!(
            refused("features/auth/state.rs", "use crate::features::auth::model;"),
            0
        );
    }

    #[test]
    fn a_new_layer_needs_a_rule() {
        assert_ne!(refused("helpers/mod.rs", ""), 0);
    }
}

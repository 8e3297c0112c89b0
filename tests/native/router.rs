//! Which pages stand behind the sign-in: all but a few, and each within the frame whose menu signs out.

use crate::sources::{self, assert_none};

/// The pages for who is not signed in.
const PUBLIC: [&str; 6] = [
    "/login",
    "/login/new-password",
    "/login/two-factor",
    "/forgot-password",
    "/reset-password",
    "/welcome",
];
/// All others together, before anybody knows whether somebody is signed in.
const REST: &str = "/*rest";

#[test]
fn every_page_but_those_of_the_sign_in_is_guarded_and_can_be_signed_out_of() {
    let router = sources::rust()
        .into_iter()
        .find(|source| source.path == "app/router.rs");
    let router = router.expect("src/app/router.rs").text;
    assert_none(&loose(&router));
    let known = router
        .split("fn Known()")
        .nth(1)
        .expect("what stands around the others");
    let known = known.split("\nfn ").next().unwrap_or_default();
    assert!(known.contains("<Guard />"), "known addresses are guarded");
    let shell = sources::file("src/app/layout/shell.rs");
    assert!(shell.contains("<AccountMenu"), "the frame has the menu");
    let menu = sources::file("src/app/layout/account_menu.rs");
    assert!(menu.contains(".sign_out()"), "the menu signs out");
}

/// The pages that are not where they belong.
fn loose(router: &str) -> Vec<String> {
    let mut around: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for line in router.lines().map(str::trim) {
        if line.starts_with("<ParentRoute") || line == "<Shell>" {
            around.push(line);
        } else if line.starts_with("</ParentRoute") || line == "</Shell>" {
            around.pop();
        } else if let Some(rest) = line.strip_prefix("<Route path=path!(\"") {
            let path = rest.split('"').next().unwrap_or_default();
            let fits = match around.last() {
                None => PUBLIC.contains(&path),
                Some(parent) if parent.contains("view=Known") => path == REST,
                Some(parent) => *parent == "<Shell>" && !PUBLIC.contains(&path),
            };
            if !fits {
                found.push(format!("{path} is not where it belongs"));
            }
        }
    }
    found
}

#[test]
fn a_page_outside_is_found() {
    let page = "<Route path=path!(\"/customers\") view=X />\n";
    let sign_in = "<Route path=path!(\"/login\") view=X />\n";
    let rest = "<Route path=path!(\"/*rest\") view=X />\n";
    let known = |inner: &str| format!("<ParentRoute path=path!(\"\") view=Known>\n{inner}</ParentRoute>\n");
    let shell = |inner: &str| format!("<Shell>\n{inner}</Shell>\n");
    assert_none(&loose(&[sign_in, &known(rest), &shell(page)].concat()));
    for bad in [page.to_owned(), known(page), rest.to_owned(), shell(sign_in)] {
        assert_eq!(loose(&bad).len(), 1, "{bad}");
    }
}

//! The configuration that comes with the site.

use portico_contract::config::AppConfig;

use crate::sources;

#[test]
fn the_file_says_what_holds_without_it() {
    let file: AppConfig =
        serde_json::from_str(&sources::file("public/config.json")).expect("public/config.json");
    assert_eq!(file, AppConfig::default());
}

#[test]
fn the_page_holds_no_code_of_its_own() {
    let page = sources::file("public/index.html");
    assert!(page.contains("src=\"/tt.js\""), "the gate comes with the page");
    for forbidden in ["<style", " style=", "javascript:", " onclick=", " onload="] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

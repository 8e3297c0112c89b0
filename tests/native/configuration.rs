//! The configuration that comes with the site.

use portico_contract::config::AppConfig;
use portico_contract::region::RegionList;
use serde_json::Value;

use crate::sources;

#[test]
fn the_file_says_what_holds_without_it() {
    let file: AppConfig =
        serde_json::from_str(&sources::file("public/config.json")).expect("public/config.json");
    assert_eq!(file, AppConfig::default());
    let regions: RegionList =
        serde_json::from_str(&sources::file("public/config.json")).expect("public/config.json");
    assert_eq!(regions, RegionList::default());
}

#[test]
fn the_application_can_be_installed() {
    let manifest: Value = serde_json::from_str(&sources::file("public/manifest.webmanifest")).expect("JSON");
    for (member, value) in [
        ("id", "/"),
        ("start_url", "/"),
        ("scope", "/"),
        ("display", "standalone"),
    ] {
        assert_eq!(manifest[member], value, "{member}");
    }
    let icons = manifest["icons"].as_array().expect("icons");
    for icon in icons {
        let file = format!("public{}", icon["src"].as_str().expect("an address"));
        assert!(sources::root().join(&file).is_file(), "{file}");
    }
    // What the browsers ask for that do not draw SVG icons.
    for (sizes, purpose) in [("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")] {
        let fits = |icon: &&Value| icon["sizes"] == sizes && icon["purpose"] == purpose;
        assert!(icons.iter().any(|icon| fits(&icon)), "{sizes} {purpose}");
    }
}

#[test]
fn the_gate_lets_the_own_workers_through() {
    let gate = sources::file("public/tt.js");
    assert!(gate.contains("\"/sw.js\"") && gate.contains("\"strength.js\""));
    assert!(sources::root().join("public/sw.js").is_file());
}

#[test]
fn the_page_holds_no_code_of_its_own() {
    let page = sources::file("public/index.html");
    assert!(page.contains("src=\"/tt.js\""), "the gate comes with the page");
    for forbidden in ["<style", " style=", "javascript:", " onclick=", " onload="] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

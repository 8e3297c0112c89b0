//! Turns the English locale files into typed keys; see `crates/xtask/src/catalogue.rs`.

use std::path::Path;
use std::{env, fs};

#[expect(
    dead_code,
    reason = "the file is shared with `cargo xtask assets`, which uses the rest of it"
)]
#[path = "crates/xtask/src/catalogue.rs"]
mod catalogue;

fn main() -> Result<(), String> {
    let locales = Path::new("src/i18n/locales");
    println!("cargo::rerun-if-changed=crates/xtask/src/catalogue.rs");
    for input in catalogue::inputs(locales)? {
        println!("cargo::rerun-if-changed={}", input.display());
    }
    let out = env::var("OUT_DIR").map_err(|e| e.to_string())?;
    fs::write(Path::new(&out).join("texts.rs"), catalogue::rust_source(locales)?).map_err(|e| e.to_string())
}

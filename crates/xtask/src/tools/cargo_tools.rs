//! Tools compiled from crates.

use std::fs;

use anyhow::Result;

use super::install_into_place;
use crate::process::{cargo, run};
use crate::project::Project;

/// Builds the site. 0.22 asks for a newer compiler.
pub(super) const TRUNK: &str = "trunk-0.21.14";
/// Equal to the crate of that name in `Cargo.lock`, or the generated code does not fit.
pub(super) const WASM_BINDGEN: &str = "wasm-bindgen-0.2.130";
/// Cuts the application into the parts that are loaded on demand.
pub(super) const WASM_SPLIT: &str = "wasm-split-0.2.4";

/// Installs Trunk.
pub(super) fn trunk(project: &Project) -> Result<()> {
    compile(project, TRUNK, &["trunk", "--version", "0.21.14", "--locked"])
}

/// Installs wasm-bindgen and its test runner.
pub(super) fn wasm_bindgen(project: &Project) -> Result<()> {
    // Without --locked: the lock file published with it names a crate that was since withdrawn.
    compile(
        project,
        WASM_BINDGEN,
        &["wasm-bindgen-cli", "--version", "0.2.130"],
    )
}

/// Installs the splitter.
pub(super) fn wasm_split(project: &Project) -> Result<()> {
    let package = [
        "wasm_split_cli_support",
        "--version",
        "0.2.4",
        "--features",
        "build-binary",
    ];
    compile(project, WASM_SPLIT, &package)
}

fn compile(project: &Project, tool: &str, package: &[&str]) -> Result<()> {
    // A folder that stays until the install has succeeded, so that an interrupted one goes on where it was.
    let objects = project.tools.with_file_name("build").join(tool);
    install_into_place(project, tool, |root| {
        let mut install = cargo();
        install
            .arg("install")
            .args(package)
            .arg("--root")
            .arg(root)
            .args(["--no-track", "--quiet"]);
        // Not below the checkout: its cargo configuration is not meant for other people's crates.
        run(install.current_dir(root).env("CARGO_TARGET_DIR", &objects))
    })?;
    if objects.exists() {
        fs::remove_dir_all(objects)?;
    }
    Ok(())
}

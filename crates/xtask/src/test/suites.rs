//! The suites that `cargo test` runs.

use std::process::Command;

use anyhow::{Context, Result};

use super::counts::Counts;
use crate::process::{cargo, listen};
use crate::project::Project;
use crate::tools;

/// What the backend's tests take as their database; without it they use SQLite.
const TEST_DATABASE: &str = "PORTICO_TEST_DATABASE";

/// The contract, the tools, and of the front end all that needs no browser.
pub(super) fn native(project: &Project) -> Result<Counts> {
    let mut test = test(project);
    test.args([
        "--package",
        "portico-contract",
        "--package",
        "portico-strength",
        "--package",
        "xtask",
        "--package",
        "portico",
    ]);
    test.args([
        "--features",
        "portico-contract/openapi",
        "--lib",
        "--bins",
        "--test",
        "native",
    ]);
    count(&mut test)
}

/// The backend, on SQLite or on the database at `url`.
pub(super) fn backend(project: &Project, url: Option<&str>) -> Result<Counts> {
    let mut test = test(project);
    test.args(["--package", "portico-backend"])
        .env_remove(TEST_DATABASE);
    if let Some(url) = url {
        test.env(TEST_DATABASE, url);
    }
    count(&mut test)
}

/// The front end in a real browser.
pub(super) fn web(project: &Project) -> Result<Counts> {
    let mut test = test(project);
    test.args([
        "--package",
        "portico",
        "--target",
        "wasm32-unknown-unknown",
        "--test",
        "web",
    ]);
    test.env("PATH", project.path())
        .env("CHROMEDRIVER", tools::driver().context("no chromedriver")?);
    // As environment, not as configuration: only here is the runner known to be installed.
    test.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        "wasm-bindgen-test-runner",
    );
    test.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    count(&mut test)
}

fn test(project: &Project) -> Command {
    let mut test = cargo();
    test.current_dir(&project.root).args(["test", "--no-fail-fast"]);
    test
}

fn count(test: &mut Command) -> Result<Counts> {
    Ok(Counts::of_cargo(&listen(test)?))
}

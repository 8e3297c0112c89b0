//! Checks of the sources that run nothing.

use std::process::Command;

use anyhow::Result;

use super::counts::Counts;
use crate::process::{cargo, find};
use crate::project::Project;

/// Formatting, clippy for this machine, clippy for the browser, and the dependencies' licences and sources.
pub(super) fn run(project: &Project) -> Result<Counts> {
    let mut checks = vec![
        ("format", command(&["fmt", "--all", "--check"])),
        (
            "clippy",
            command(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
        ),
        ("clippy for the browser", browser_clippy()),
    ];
    if find("cargo-deny").is_some() {
        // Advisories need a database that is not part of a registry; `cargo deny check` by hand covers them.
        checks.push((
            "dependencies",
            command(&["deny", "check", "bans", "licenses", "sources"]),
        ));
    } else {
        println!("cargo-deny is not installed: licences and sources of dependencies are not checked here.");
    }
    let mut counts = Counts::default();
    for (name, mut check) in checks {
        let is_clean = check.current_dir(&project.root).status()?.success();
        println!("{name}: {}", if is_clean { "clean" } else { "FAILED" });
        counts += Counts {
            passed: u64::from(is_clean),
            failed: u64::from(!is_clean),
        };
    }
    Ok(counts)
}

fn browser_clippy() -> Command {
    let mut clippy = command(&[
        "clippy",
        "--target",
        "wasm32-unknown-unknown",
        "--package",
        "portico",
    ]);
    // With the gallery here, without it on the host: so both are looked at.
    clippy.args(["--features", "gallery", "--lib", "--bins", "--test", "web"]);
    clippy.args(["--", "-D", "warnings"]);
    clippy
}

fn command(arguments: &[&str]) -> Command {
    let mut command = cargo();
    command.args(arguments);
    command
}

//! Tools that come as packages for Python, in an environment of their own.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::system;
use crate::process::{find, quietly};
use crate::project::Project;
use crate::site::digest;

/// Whether the environment of exactly these requirements is complete.
pub(super) fn has_schemathesis(project: &Project) -> bool {
    schemathesis_dir(project).is_ok_and(|dir| dir.join("complete").exists())
}

/// Installs Schemathesis.
pub(super) fn schemathesis(project: &Project) -> Result<()> {
    if find("python3").is_none() {
        system::apt_install(&["python3", "python3-venv"])?;
    }
    let dir = schemathesis_dir(project)?;
    let make = |dir: &PathBuf| quietly(Command::new("python3").args(["-m", "venv", "--clear"]).arg(dir));
    if make(&dir).is_err() {
        // Debian's python3 has the module but not what it unpacks.
        system::apt_install(&["python3-venv"])?;
        make(&dir)?;
    }
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ];
    quietly(
        Command::new(dir.join("bin/python"))
            .args(pip)
            .arg(requirements(project)),
    )?;
    // An environment knows its own path and cannot be renamed, so a file says that it is complete.
    Ok(fs::write(dir.join("complete"), "")?)
}

/// The program, once it is installed.
pub(crate) fn schemathesis_program(project: &Project) -> Result<PathBuf> {
    Ok(schemathesis_dir(project)?.join("bin/schemathesis"))
}

fn schemathesis_dir(project: &Project) -> Result<PathBuf> {
    let requirements = requirements(project);
    let pinned = fs::read(&requirements).with_context(|| requirements.display().to_string())?;
    Ok(project
        .tools
        .join(format!("schemathesis-{}", digest::short(&pinned))))
}

fn requirements(project: &Project) -> PathBuf {
    project.root.join("tests/api/requirements.txt")
}

//! Tools that come as packages for Node.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::install_into_place;
use crate::process::quietly;
use crate::project::Project;

/// Brings `wasm-opt`, which takes a third off the application's weight, and `wasm-merge`, which puts its parts together.
pub(super) const BINARYEN: &str = "binaryen-132.0.0";

/// Makes scripts and style sheets small.
pub(super) const ESBUILD: &str = "esbuild-0.28.2";

/// Measures pages.
pub(super) const LIGHTHOUSE: &str = "lighthouse-12.8.2";

/// Installs wasm-opt and wasm-merge.
pub(super) fn binaryen(project: &Project) -> Result<()> {
    package(project, BINARYEN, "binaryen@132.0.0", &["wasm-opt", "wasm-merge"])
}

/// Installs esbuild.
pub(super) fn esbuild(project: &Project) -> Result<()> {
    package(project, ESBUILD, "esbuild@0.28.2", &["esbuild"])
}

/// Installs Lighthouse.
pub(super) fn lighthouse(project: &Project) -> Result<()> {
    package(project, LIGHTHOUSE, "lighthouse@12.8.2", &["lighthouse"])
}

/// Installs `package`, which brings `programs`, as `tool`.
fn package(project: &Project, tool: &str, package: &str, programs: &[&str]) -> Result<()> {
    install_into_place(project, tool, |root| {
        let mut install = npm(root);
        install
            .args(["install", "--prefix"])
            .arg(root)
            .args(["--ignore-scripts", package]);
        quietly(&mut install)?;
        fs::create_dir(root.join("bin"))?;
        for program in programs {
            let from = Path::new("../node_modules/.bin").join(program);
            symlink(from, root.join("bin").join(program))?;
        }
        Ok(())
    })
}

/// Whether the browser tests' packages are those of their lock file.
pub(super) fn has_playwright(project: &Project) -> bool {
    let lock = fs::read(e2e(project).join("package-lock.json"));
    lock.is_ok_and(|lock| fs::read(installed_lock(project)).is_ok_and(|installed| installed == lock))
}

/// Installs the browser tests' packages.
pub(super) fn playwright(project: &Project) -> Result<()> {
    let dir = e2e(project);
    quietly(npm(&dir).arg("ci").env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    // Written last: it says that the folder is complete.
    fs::copy(dir.join("package-lock.json"), installed_lock(project))?;
    Ok(())
}

fn npm(dir: &Path) -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(dir)
        .env("npm_config_audit", "false")
        .env("npm_config_fund", "false");
    npm
}

fn e2e(project: &Project) -> PathBuf {
    project.root.join("tests/e2e")
}

fn installed_lock(project: &Project) -> PathBuf {
    e2e(project).join("node_modules/.installed-lock.json")
}

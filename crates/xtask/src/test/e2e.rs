//! Playwright on the released product. The specs start their backends themselves, each on data of its own.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::counts::Counts;
use crate::process::{listen, run as run_command};
use crate::project::{Profile, Project};
use crate::tools;

/// Runs every spec.
pub(super) fn run(project: &Project) -> Result<Counts> {
    build_gallery(project)?;
    let home = tempfile::Builder::new().prefix("portico-e2e-").tempdir()?;
    let report = home.path().join("report.json");
    let mut playwright = Command::new("npx");
    playwright.current_dir(project.root.join("tests/e2e"));
    playwright.args(["--no-install", "playwright", "test", "--reporter=list,json"]);
    playwright.env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
    playwright
        .env("PORTICO_BACKEND", project.backend(Profile::Dev))
        .env("PORTICO_SPA", project.dist())
        .env("PORTICO_GALLERY", project.gallery());
    playwright.env("CHROMIUM", tools::browser().context("no Chromium")?);
    let heard = listen(&mut playwright)?;
    let report = fs::read_to_string(&report).context("Playwright wrote no report")?;
    Counts::of_playwright(&report, heard.success)
}

/// Builds the site with the gallery, which is not released. As it is developed: the tests in a browser have compiled all
/// that it needs but the application itself.
fn build_gallery(project: &Project) -> Result<()> {
    let mut trunk = Command::new("trunk");
    trunk.current_dir(&project.root).env("PATH", project.path());
    trunk
        .args(["build", "--features", "gallery", "--dist"])
        .arg(project.gallery());
    run_command(&mut trunk)
}

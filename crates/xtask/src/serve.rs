//! `serve`: the whole product with demo data, from the checkout to an address.

use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use anyhow::{Context, Result};

use crate::cli::ServeOptions;
use crate::process::{cargo, run as run_program};
use crate::progress::Progress;
use crate::project::{Profile, Project};
use crate::site;
use crate::tools::{self, FOR_SITE};

/// Installs, builds, and becomes the backend.
pub(crate) fn run(project: &Project, options: &ServeOptions) -> Result<()> {
    // First, because nobody wants to be told after ten minutes of building.
    let free = TcpListener::bind(&options.listen);
    drop(free.with_context(|| {
        format!(
            "{} cannot be listened on; choose another with --listen 127.0.0.1:PORT",
            options.listen
        )
    })?);
    tools::ensure(project, FOR_SITE)?;
    let mut progress = Progress::new(3);
    progress.step("The site");
    site::make(project, false)?;
    progress.step("The backend (about 3 minutes the first time)");
    build_backend(project, Profile::Release)?;
    progress.step("Serving");
    fs::create_dir_all(project.root.join("data"))?;
    let mut backend = Command::new(project.backend(Profile::Release));
    backend.current_dir(&project.root);
    backend.args([
        "--demo",
        "--database",
        "sqlite://data/portico.sqlite",
        "--spa",
        "dist",
    ]);
    backend.args(["--listen", &options.listen]);
    if let Some(customers) = &options.customers {
        backend.args(["--customers", customers]);
    }
    // Becoming it instead of starting it leaves one process that Ctrl-C and signals reach directly.
    Err(backend.exec()).with_context(|| project.backend(Profile::Release).display().to_string())
}

/// Compiles the backend; cargo knows whether there is anything to do.
pub(crate) fn build_backend(project: &Project, profile: Profile) -> Result<()> {
    let mut build = cargo();
    build
        .current_dir(&project.root)
        .args(["build", "--package", "portico-backend"]);
    if profile == Profile::Release {
        build.arg("--release");
    }
    run_program(&mut build)
}

//! `dev`: the backend and `trunk serve` side by side.

use std::fs;
use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::progress::Progress;
use crate::project::{Profile, Project};
use crate::serve::build_backend;
use crate::service::{self, Service, is_healthy};
use crate::tools::{self, FOR_SITE};

/// Where `Trunk.toml` sends the API's requests.
const BACKEND: &str = "127.0.0.1:8080";

/// Runs both until one ends or the person stops them.
pub(crate) fn run(project: &Project) -> Result<()> {
    tools::ensure(project, FOR_SITE)?;
    let mut progress = Progress::new(3);
    progress.step("Building the backend");
    build_backend(project, Profile::Dev)?;
    service::catch_interrupts()?;
    progress.step("Starting the backend");
    fs::create_dir_all(project.root.join("data"))?;
    let mut command = Command::new(project.backend(Profile::Dev));
    command
        .current_dir(&project.root)
        .args(["--demo", "--listen", BACKEND]);
    command.args(["--database", "sqlite://data/portico.sqlite"]);
    let mut backend = Service::start("the backend", &mut command)?;
    backend.wait_until(Duration::from_mins(2), || is_healthy(BACKEND))?;
    progress.step("Building the front end; then it is on http://127.0.0.1:3000 and follows every change");
    let mut command = Command::new("trunk");
    command
        .current_dir(&project.root)
        .env("PATH", project.path())
        .args(["serve", "--features", "gallery"]);
    let mut trunk = Service::start("trunk serve", &mut command)?;
    while !service::interrupted() {
        if !backend.is_running() {
            bail!("the backend has ended");
        }
        if !trunk.is_running() {
            bail!("trunk serve has ended");
        }
        thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

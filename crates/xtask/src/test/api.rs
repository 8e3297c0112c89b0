//! Schemathesis against the running backend.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::counts::Counts;
use crate::process::run as run_program;
use crate::project::{Profile, Project};
use crate::service::{Service, free_port, is_healthy};
use crate::tools::schemathesis_program;

/// Starts a backend with fresh demo data, signs in, and lets requests made from the OpenAPI document loose on it.
pub(super) fn run(project: &Project) -> Result<Counts> {
    let home = tempfile::Builder::new().prefix("portico-api-").tempdir()?;
    let address = format!("127.0.0.1:{}", free_port()?);
    let mut backend = Service::start("the backend", &mut backend(project, home.path(), &address)?)?;
    backend.wait_until(Duration::from_mins(2), || is_healthy(&address))?;
    let token = sign_in(&address)?;
    let report = home.path().join("junit.xml");
    let mut schemathesis = Command::new(schemathesis_program(project)?);
    let settings = project.root.join("tests/api/schemathesis.toml");
    // It leaves a folder of its own where it runs.
    schemathesis
        .current_dir(home.path())
        .arg("--config-file")
        .arg(settings);
    schemathesis
        .arg("run")
        .arg(format!("http://{address}/api/v1/openapi.json"));
    schemathesis.args([
        "--header",
        &format!("Authorization: Bearer {token}"),
        "--no-color",
    ]);
    schemathesis
        .args(["--report", "junit", "--report-junit-path"])
        .arg(&report);
    let success = run_program(&mut schemathesis)
        .inspect_err(|_| eprintln!("Schemathesis found something."))
        .is_ok();
    if !backend.is_running() {
        return Err(anyhow::anyhow!("the backend did not survive"));
    }
    let report = fs::read_to_string(&report).context("Schemathesis wrote no report")?;
    Ok(Counts::of_junit(&report, success))
}

fn backend(project: &Project, home: &Path, address: &str) -> Result<Command> {
    let mut backend = Command::new(project.backend(Profile::Dev));
    backend.current_dir(&project.root).args([
        "--demo",
        "--customers",
        "50",
        "--spa",
        "dist",
        "--listen",
        address,
    ]);
    backend
        .arg("--database")
        .arg(format!("sqlite://{}", home.join("portico.sqlite").display()));
    // One token has to last for the whole run.
    backend.args(["--access-ttl", "7200"]);
    let log = fs::File::create(home.join("log"))?;
    backend.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    Ok(backend)
}

fn sign_in(address: &str) -> Result<String> {
    let mut answer = ureq::post(format!("http://{address}/api/v1/auth/sign-in"))
        .header("x-portico", "1")
        .send_json(json!({ "identifier": "admin@portico.example", "password": "Harbour-lantern-42" }))
        .context("signing in")?;
    let answer: Value = answer.body_mut().read_json()?;
    Ok(answer["access_token"]
        .as_str()
        .context("the answer to the sign-in holds no access token")?
        .to_owned())
}

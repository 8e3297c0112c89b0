//! A PostgreSQL server of one's own for the time of one step.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::chown;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use nix::sys::signal::Signal;
use nix::unistd::{User, geteuid};

use super::counts::Counts;
use crate::process::quietly;
use crate::project::Project;
use crate::service::{Service, free_port};
use crate::tools::postgres_program;

/// Starts a server on an empty folder, hands its address to `use_it`, and removes both afterwards.
pub(super) fn with_server(_project: &Project, use_it: impl FnOnce(&str) -> Result<Counts>) -> Result<Counts> {
    let home = tempfile::Builder::new().prefix("portico-postgres-").tempdir()?;
    let owner = owner()?;
    if let Some(owner) = &owner {
        chown(home.path(), Some(owner.uid.as_raw()), Some(owner.gid.as_raw()))?;
    }
    let data = home.path().join("data");
    let mut initdb = as_owner(owner.as_ref(), "initdb")?;
    initdb
        .arg("--pgdata")
        .arg(&data)
        .args(["--username", "postgres", "--auth", "trust"]);
    quietly(
        initdb
            .current_dir(home.path())
            .args(["--encoding", "UTF8", "--locale", "C", "--no-sync"]),
    )?;
    let port = free_port()?;
    let mut server = Service::start("PostgreSQL", &mut server(owner.as_ref(), home.path(), port)?)?
        // "Fast": does not wait for clients to leave.
        .stopped_by(Signal::SIGINT);
    server.wait_until(Duration::from_mins(1), || accepts_queries(port))?;
    use_it(&format!("postgres://postgres@127.0.0.1:{port}/postgres"))
    // `server` is dropped before `home`: it was declared later.
}

fn server(owner: Option<&User>, home: &Path, port: u16) -> Result<Command> {
    let mut postgres = as_owner(owner, "postgres")?;
    postgres
        .current_dir(home)
        .arg("-D")
        .arg(home.join("data"))
        .arg("-k")
        .arg(home);
    postgres.args(["-p", &port.to_string(), "-h", "127.0.0.1"]);
    // The data lives for minutes: speed instead of safety. Each test has a database and connections of its own.
    for setting in [
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "max_connections=400",
    ] {
        postgres.args(["-c", setting]);
    }
    let log = fs::File::create(home.join("log"))?;
    postgres.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    Ok(postgres)
}

fn accepts_queries(port: u16) -> bool {
    let Some(psql) = postgres_program("psql") else {
        return false;
    };
    let query = ["-h", "127.0.0.1", "-U", "postgres", "-c", "select 1", "-p"];
    Command::new(psql)
        .args(query)
        .arg(port.to_string())
        .output()
        .is_ok_and(|out| out.status.success())
}

/// Whom the server must belong to: it refuses to run as root.
fn owner() -> Result<Option<User>> {
    if !geteuid().is_root() {
        return Ok(None);
    }
    let user = User::from_name("postgres")?.or(User::from_name("nobody")?);
    Ok(Some(user.context("no user to run PostgreSQL as")?))
}

fn as_owner(owner: Option<&User>, program: &str) -> Result<Command> {
    let program = postgres_program(program).with_context(|| format!("no {program}"))?;
    let Some(owner) = owner else {
        return Ok(Command::new(program));
    };
    // It becomes the program, so that the process started here is the server itself.
    let mut command = Command::new("setpriv");
    command.args([
        "--reuid",
        &owner.uid.to_string(),
        "--regid",
        &owner.gid.to_string(),
        "--clear-groups",
        "--",
    ]);
    command.arg::<&OsStr>(program.as_os_str());
    Ok(command)
}

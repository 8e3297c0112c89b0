//! `dist`: runs Trunk when something has changed.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::{fingerprint, finish, weight};
use crate::process::run;
use crate::progress::Progress;
use crate::project::Project;
use crate::tools::{self, FOR_SITE};

/// The command: builds the site if it is out of date and prints what it weighs.
pub(crate) fn dist(project: &Project, force: bool) -> Result<()> {
    tools::ensure(project, FOR_SITE)?;
    make(project, force)?;
    weigh(project)
}

/// Prints what the site weighs; too heavy is an error.
pub(crate) fn weigh(project: &Project) -> Result<()> {
    weight::report(&project.dist())
}

/// Builds the site if it is out of date. The tools must be there.
pub(crate) fn make(project: &Project, force: bool) -> Result<()> {
    let fingerprint = fingerprint::now(project)?;
    if !force && is_current(project, &fingerprint) {
        println!("The site in dist/ is up to date.");
        return Ok(());
    }
    let mut progress = Progress::new(1);
    progress.step("Building the site (about 3 minutes the first time)");
    fs::create_dir_all(project.staging())?;
    let mut trunk = Command::new("trunk");
    trunk
        .current_dir(&project.root)
        .env("PATH", project.path())
        .env(finish::SPLIT, "1");
    // Nothing else is ever built for this target with this profile, so flags of its own make no other command compile
    // anything again.
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags(project));
    trunk.env("CARGO_PROFILE_WEB_STRIP", "none");
    trunk
        .args(["build", "--release", "--features", "split", "--dist"])
        .arg(project.dist());
    run(&mut trunk)?;
    fs::write(marker(project), fingerprint)?;
    println!("The site is in dist/ ({} s).", progress.seconds());
    Ok(())
}

/// The splitter reads relocations.
fn flags(project: &Project) -> String {
    // The second one takes the long types off views: a tenth to a quarter less for each page, measured.
    let mut flags = vec![
        "-Clink-args=--emit-relocs".to_owned(),
        "--cfg=erase_components".to_owned(),
    ];
    flags.extend(path_flags(project));
    flags.join(" ")
}

/// The places that panics name must not say where this machine keeps things: it is nobody's business, and the same
/// sources should give the same bytes everywhere.
pub(super) fn path_flags(project: &Project) -> Vec<String> {
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let cargo_home = cargo_home.map(|home| format!("--remap-path-prefix={}=cargo", home.display()));
    let root = format!("--remap-path-prefix={}=portico", project.root.display());
    cargo_home.into_iter().chain([root]).collect()
}

fn is_current(project: &Project, fingerprint: &str) -> bool {
    let built = fs::read_to_string(marker(project));
    project.dist().join("index.html").exists() && built.is_ok_and(|built| built == fingerprint)
}

/// What the site in `dist/` was built from. Beside the site, not in it: a server would hand it out.
fn marker(project: &Project) -> PathBuf {
    project.staging().with_file_name("site.fingerprint")
}

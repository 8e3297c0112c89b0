//! The worker that judges passwords: compiled, bound to JavaScript, put into one script and its code beside it.
//!
//! It weighs more than the rest of the site, so nothing loads it but a field for a new password, and it has no part in
//! what the service worker keeps. See `docs/adr/0008-strength-worker.md`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::build::path_flags;
use super::digest;
use super::wasm::tool;
use crate::process::{cargo, quietly, run};
use crate::project::Project;

/// The script a page starts. `public/tt.js` and `src/platform/strength.rs` know the name.
pub(super) const SCRIPT: &str = "strength.js";
/// The code it fetches.
pub(super) const CODE: &str = "strength_bg.wasm";

const PACKAGE: &str = "portico-strength-worker";
const SOURCE: &str = "crates/strength/worker/strength.js";
/// What the script leaves open.
const INTEGRITY: &str = "const INTEGRITY = \"\";";

/// Makes both files in `out`.
pub(super) fn make(project: &Project, out: &Path) -> Result<()> {
    let bound = tempfile::tempdir_in(project.staging())?;
    compile(project)?;
    let raw = project
        .target
        .join("wasm32-unknown-unknown/web/portico_strength_worker.wasm");
    let mut bind = tool(project, "wasm-bindgen");
    bind.arg(raw).arg("--out-dir").arg(bound.path());
    bind.args([
        "--target",
        "no-modules",
        "--no-typescript",
        "--out-name",
        "strength",
    ]);
    quietly(&mut bind).context("binding the strength worker")?;
    let glue = fs::read_to_string(bound.path().join(SCRIPT))?;
    let own = fs::read_to_string(project.root.join(SOURCE)).context(SOURCE)?;
    fs::create_dir_all(out)?;
    fs::write(out.join(SCRIPT), format!("{glue}\n{own}"))?;
    fs::copy(bound.path().join(CODE), out.join(CODE))?;
    Ok(())
}

/// Tells the script in `dir` what its code must be, once nothing changes that any more.
pub(super) fn seal(dir: &Path) -> Result<()> {
    let script = dir.join(SCRIPT);
    let integrity = digest::integrity(&fs::read(dir.join(CODE)).context(CODE)?);
    let sealed = sealed(&fs::read_to_string(&script)?, &integrity)?;
    Ok(fs::write(script, sealed)?)
}

fn sealed(script: &str, integrity: &str) -> Result<String> {
    if script.matches(INTEGRITY).count() != 1 {
        bail!("{SOURCE} must hold `{INTEGRITY}` once");
    }
    Ok(script.replace(INTEGRITY, &format!("const INTEGRITY = \"{integrity}\";")))
}

fn compile(project: &Project) -> Result<()> {
    let mut build = cargo();
    build.current_dir(&project.root);
    // Within Trunk the flags of the application are in the environment: they ask for what only the splitter reads.
    build.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        path_flags(project).join(" "),
    );
    // wasm-bindgen reads in it what the code may use; wasm-opt takes it away.
    build.env("CARGO_PROFILE_WEB_STRIP", "none");
    build.args([
        "build",
        "--package",
        PACKAGE,
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        "web",
    ]);
    run(&mut build).context("compiling the strength worker")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_learns_what_its_code_must_be() {
        let script = include_str!("../../../strength/worker/strength.js");
        let sealed = sealed(script, "sha384-x").expect("sealed");
        assert!(sealed.contains("const INTEGRITY = \"sha384-x\";"));
        assert!(super::sealed(&sealed, "again").is_err());
    }
}

//! The application's WebAssembly: cut into parts that are loaded on demand, bound to JavaScript, made small.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::fingerprint::files;
use super::{names, parallel, parts};
use crate::process::quietly;
use crate::project::Project;

/// The module's files are called after the crate.
pub(super) const NAME: &str = "portico";

/// Named one by one: `--all-features` makes code that browsers refuse.
pub(super) const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Cuts cargo's output into a main part, one part a page and what pages share, and binds them, all in `out`.
pub(super) fn split(project: &Project, out: &Path) -> Result<()> {
    let raw = project.target.join("wasm32-unknown-unknown/web/portico.wasm");
    let cut = tempfile::tempdir_in(project.staging())?;
    let mut splitter = tool(project, "wasm-split-cli");
    quietly(splitter.arg(&raw).arg(cut.path()).args(["--out-name", NAME])).context("splitting")?;
    let mut bind = tool(project, "wasm-bindgen");
    bind.arg(cut.path().join(format!("{NAME}.wasm")))
        .arg("--out-dir")
        .arg(out);
    // The parts call the main one by names that would otherwise be taken away or changed.
    bind.args([
        "--target",
        "web",
        "--no-typescript",
        "--keep-lld-exports",
        "--no-demangle",
    ]);
    quietly(&mut bind).context("binding the main part")?;
    for part in files(cut.path())? {
        let name = part.file_name().context("a part without a name")?;
        if name != format!("{NAME}.wasm").as_str() {
            fs::copy(&part, out.join(name))?;
        }
    }
    parts::put_together(project, out)
}

/// Shortens the names by which the main part and its JavaScript in `dir` know each other.
pub(super) fn shorten_names(dir: &Path) -> Result<()> {
    let (wasm, js) = (
        dir.join(format!("{NAME}_bg.wasm")),
        dir.join(format!("{NAME}.js")),
    );
    let module = format!("./{NAME}_bg.js");
    let (short_wasm, short_js) = names::shorten(&fs::read(&wasm)?, &fs::read_to_string(&js)?, &module)
        .context("shortening the names of imports")?;
    fs::write(wasm, short_wasm)?;
    Ok(fs::write(js, short_js)?)
}

/// What is shorter than this many bytes, as some parts are, loses less than starting the optimiser costs.
const WORTHWHILE: u64 = 4 * 1024;

/// Makes every WebAssembly file of `dir` as small as wasm-opt can. The one of the first load is worth more time than the
/// others: rebuilding its flow of control and shrinking what comes of it takes another hundredth off.
pub(super) fn optimise(project: &Project, dir: &Path) -> Result<()> {
    let first = dir.join(format!("{NAME}_bg.wasm"));
    let mut due = Vec::new();
    for file in files(dir)? {
        let is_wasm = file.extension().is_some_and(|extension| extension == "wasm");
        if is_wasm && fs::metadata(&file)?.len() >= WORTHWHILE {
            due.push(file);
        }
    }
    parallel::for_each(due, |file| {
        let small = file.with_extension("small");
        let passes: &[&str] = if file == first {
            &["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"]
        } else {
            &["-Oz"]
        };
        let mut optimiser = tool(project, "wasm-opt");
        optimiser
            .args(passes)
            .args(["--strip-debug", "--strip-producers", "--strip-target-features"])
            .args(FEATURES);
        quietly(optimiser.arg(file).arg("--output").arg(&small))?;
        Ok(fs::rename(&small, file)?)
    })
}

pub(super) fn tool(project: &Project, program: &str) -> Command {
    let mut command = Command::new(program);
    command.env("PATH", project.path());
    command
}

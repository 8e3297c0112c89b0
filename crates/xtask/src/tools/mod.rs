//! What the commands need on a machine, installed when it is missing and never twice.
//!
//! Own tools live below the cache (`tools/<name>-<version>`), so that the next checkout finds them. Each is built in a
//! folder of its own and renamed when it is complete: an interrupted install is simply done again.

mod cargo_tools;
mod node;
mod python;
mod system;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::progress::Progress;
use crate::project::Project;

pub(crate) use python::schemathesis_program;
pub(crate) use system::{browser, driver, postgres_program};

/// Every pinned tool that brings programs, as its folder below the cache is called.
pub(crate) const PINNED: [&str; 6] = [
    cargo_tools::TRUNK,
    cargo_tools::WASM_BINDGEN,
    cargo_tools::WASM_SPLIT,
    node::BINARYEN,
    node::ESBUILD,
    node::LIGHTHOUSE,
];

/// Something a command needs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tool {
    WasmTarget,
    Lints,
    Trunk,
    WasmBindgen,
    WasmSplit,
    Binaryen,
    Esbuild,
    Browser,
    Postgres,
    Schemathesis,
    Playwright,
    Lighthouse,
}

/// What building the site takes.
pub(crate) const FOR_SITE: &[Tool] = &[
    Tool::WasmTarget,
    Tool::WasmBindgen,
    Tool::Trunk,
    Tool::WasmSplit,
    Tool::Binaryen,
    Tool::Esbuild,
];

impl Tool {
    fn is_present(self, project: &Project) -> bool {
        match self {
            Self::WasmTarget => system::has_wasm_target(),
            Self::Lints => system::has_lints(),
            Self::Trunk => has(project, cargo_tools::TRUNK, "trunk"),
            Self::WasmBindgen => has(project, cargo_tools::WASM_BINDGEN, "wasm-bindgen"),
            Self::WasmSplit => has(project, cargo_tools::WASM_SPLIT, "wasm-split-cli"),
            Self::Binaryen => has(project, node::BINARYEN, "wasm-merge"),
            Self::Esbuild => has(project, node::ESBUILD, "esbuild"),
            Self::Browser => system::has_browser(),
            Self::Postgres => system::postgres_program("postgres").is_some(),
            Self::Schemathesis => python::has_schemathesis(project),
            Self::Playwright => node::has_playwright(project),
            Self::Lighthouse => has(project, node::LIGHTHOUSE, "lighthouse"),
        }
    }

    fn install(self, project: &Project) -> Result<()> {
        match self {
            Self::WasmTarget => system::add_wasm_target(),
            Self::Lints => system::add_lints(),
            Self::Trunk => cargo_tools::trunk(project),
            Self::WasmBindgen => cargo_tools::wasm_bindgen(project),
            Self::WasmSplit => cargo_tools::wasm_split(project),
            Self::Binaryen => node::binaryen(project),
            Self::Esbuild => node::esbuild(project),
            Self::Browser => system::add_browser(),
            Self::Postgres => system::add_postgres(),
            Self::Schemathesis => python::schemathesis(project),
            Self::Playwright => node::playwright(project),
            Self::Lighthouse => node::lighthouse(project),
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::WasmTarget => "the compiler's WebAssembly target",
            Self::Lints => "rustfmt and clippy",
            Self::Trunk => "Trunk (compiled once, about 6 minutes)",
            Self::WasmBindgen => "wasm-bindgen (compiled once, about 3 minutes)",
            Self::WasmSplit => "the WebAssembly splitter (compiled once, about 2 minutes)",
            Self::Binaryen => "wasm-opt and wasm-merge",
            Self::Esbuild => "esbuild",
            Self::Browser => "Chromium, its driver and Chinese fonts",
            Self::Postgres => "PostgreSQL",
            Self::Schemathesis => "Schemathesis",
            Self::Playwright => "the browser tests' packages",
            Self::Lighthouse => "Lighthouse",
        }
    }
}

/// Installs those of `tools` that are missing.
pub(crate) fn ensure(project: &Project, tools: &[Tool]) -> Result<()> {
    let missing: Vec<Tool> = tools
        .iter()
        .copied()
        .filter(|tool| !tool.is_present(project))
        .collect();
    let mut progress = Progress::new(missing.len());
    for tool in missing {
        progress.step(&format!("Installing {}", tool.title()));
        tool.install(project)
            .with_context(|| format!("installing {}", tool.title()))?;
    }
    Ok(())
}

fn has(project: &Project, tool: &str, program: &str) -> bool {
    crate::process::is_executable(&project.tools.join(tool).join("bin").join(program))
}

/// Lets `fill` make the tool in an empty folder and moves that to its place when it succeeds.
fn install_into_place(project: &Project, tool: &str, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    fs::create_dir_all(&project.tools).with_context(|| project.tools.display().to_string())?;
    let partial = tempfile::Builder::new()
        .prefix(&format!(".{tool}-"))
        .tempdir_in(&project.tools)?;
    fill(partial.path())?;
    let place = project.tools.join(tool);
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    let complete: PathBuf = partial.keep();
    fs::rename(&complete, &place).with_context(|| place.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interrupted_install_leaves_nothing_that_looks_complete() {
        let cache = tempfile::tempdir().expect("a folder");
        let root = cache.path().to_owned();
        let project = Project {
            root: root.clone(),
            target: root.clone(),
            tools: root.join("tools"),
        };
        let failed = install_into_place(&project, "thing-1", |dir| {
            fs::create_dir(dir.join("bin"))?;
            anyhow::bail!("the network went away")
        });
        assert!(failed.is_err());
        assert!(!project.tools.join("thing-1").exists());
        install_into_place(&project, "thing-1", |dir| Ok(fs::create_dir(dir.join("bin"))?))
            .expect("installed");
        assert!(project.tools.join("thing-1/bin").is_dir());
    }
}

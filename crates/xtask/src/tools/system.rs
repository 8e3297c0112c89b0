//! What comes from the compiler's installer and from the distribution.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{cargo, find, is_executable, quietly, run};

const WASM: &str = "wasm32-unknown-unknown";
const CHINESE_FONTS: &str = "fonts-noto-cjk";

/// Whether code for the browser can be compiled.
pub(super) fn has_wasm_target() -> bool {
    let rustc = find("rustc").unwrap_or_else(|| "rustc".into());
    let libdir = Command::new(rustc)
        .args(["--print", "target-libdir", "--target", WASM])
        .output();
    libdir.is_ok_and(|out| Path::new(String::from_utf8_lossy(&out.stdout).trim()).is_dir())
}

/// Adds the browser's target.
pub(super) fn add_wasm_target() -> Result<()> {
    quietly(Command::new("rustup").args(["target", "add", WASM])).map(drop)
}

/// Whether rustfmt and clippy are there.
pub(super) fn has_lints() -> bool {
    let answers = |tool| {
        cargo()
            .args([tool, "--version"])
            .output()
            .is_ok_and(|out| out.status.success())
    };
    answers("fmt") && answers("clippy")
}

/// Adds rustfmt and clippy.
pub(super) fn add_lints() -> Result<()> {
    quietly(Command::new("rustup").args(["component", "add", "rustfmt", "clippy"])).map(drop)
}

/// The browser the tests run in.
pub(crate) fn browser() -> Option<PathBuf> {
    find("chromium")
}

/// The program that drives the browser.
pub(crate) fn driver() -> Option<PathBuf> {
    find("chromedriver")
}

/// Whether the browser, its driver and the fonts its pages need are there.
pub(super) fn has_browser() -> bool {
    let fonts = Command::new("dpkg").args(["-s", CHINESE_FONTS]).output();
    browser().is_some() && driver().is_some() && fonts.is_ok_and(|out| out.status.success())
}

/// Installs the browser.
pub(super) fn add_browser() -> Result<()> {
    apt_install(&["chromium", "chromium-driver", CHINESE_FONTS])
}

/// A program that comes with PostgreSQL's server. Debian keeps them off `PATH`, by major version.
pub(crate) fn postgres_program(name: &str) -> Option<PathBuf> {
    let program = postgres_folder()?.join(name);
    is_executable(&program).then_some(program)
}

fn postgres_folder() -> Option<PathBuf> {
    if let Some(server) = find("postgres") {
        // The real folder: a link beside other programs has no `initdb` of the same version next to it.
        return Some(fs::canonicalize(server).ok()?.parent()?.to_owned());
    }
    let entries = fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders
        .into_iter()
        .rev()
        .find(|folder| is_executable(&folder.join("postgres")))
}

/// Installs PostgreSQL.
pub(super) fn add_postgres() -> Result<()> {
    apt_install(&["postgresql"])
}

/// Installs packages of the distribution.
pub(super) fn apt_install(packages: &[&str]) -> Result<()> {
    if find("apt-get").is_none() {
        bail!(
            "please install {} by your system's own means",
            packages.join(", ")
        );
    }
    let is_root = nix::unistd::geteuid().is_root();
    if !is_root && find("sudo").is_none() {
        bail!("please run as root: apt-get install {}", packages.join(" "));
    }
    let apt = |arguments: &[&str]| {
        let mut command = if is_root {
            Command::new("apt-get")
        } else {
            Command::new("sudo")
        };
        if !is_root {
            command.arg("apt-get");
        }
        command
            .args(["-q", "-y"])
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    quietly(&mut apt(&["update"])).context("apt-get update")?;
    run(apt(&["install", "--no-install-recommends"]).args(packages))
}

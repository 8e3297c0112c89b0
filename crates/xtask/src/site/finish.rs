//! Trunk's `post_build` hook: from what Trunk has put together to a site that any server can hand out.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::assets::{FIRST_SHEET, INSIDE_SHEET};
use super::html::{self, Asset};
use super::{compress, digest, previous, service_worker, strength, wasm};
use crate::process::quietly;
use crate::project::Project;

/// Set by `dist`: the application was compiled to be cut into parts.
pub(super) const SPLIT: &str = "PORTICO_SPLIT";

/// Runs inside Trunk, which says by its environment where the site lies and what is being built.
pub(crate) fn run(project: &Project) -> Result<()> {
    let site = folder("TRUNK_STAGING_DIR")?;
    copy_public(&project.root.join("public"), &site)?;
    previous::copy(&project.staging().join("locales"), &site.join("locales"))?;
    if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        return publish(project, &site, &folder("TRUNK_DIST_DIR")?);
    }
    // As it is compiled: while developing, waiting is worse than weight.
    strength::make(project, &site)
}

fn publish(project: &Project, site: &Path, old_site: &Path) -> Result<()> {
    let unnamed = site.join("assets/build");
    fs::create_dir_all(&unnamed)?;
    let trunk = TrunkFiles::find(site)?;
    bind(project, site, &trunk, &unnamed)?;
    wasm::shorten_names(&unnamed)?;
    strength::make(project, &unnamed)?;
    wasm::optimise(project, &unnamed)?;
    strength::seal(&unnamed)?;
    for (from, to) in [
        (trunk.css.as_str(), FIRST_SHEET),
        ("boot.js", "boot.js"),
        ("tt.js", "tt.js"),
        (INSIDE_SHEET, INSIDE_SHEET),
    ] {
        fs::rename(site.join(from), unnamed.join(to)).with_context(|| from.to_owned())?;
    }
    for file in super::fingerprint::files(&unnamed)? {
        minify(project, &file)?;
    }
    let build = name_of(&unnamed)?;
    previous::note_catalogues(site, &unnamed)?;
    fs::rename(&unnamed, site.join("assets").join(&build))?;
    rewrite_index(site, &trunk, &build)?;
    service_worker::complete(site, &build)?;
    minify(project, &site.join("sw.js"))?;
    previous::keep(old_site, site, &build)?;
    compress::all(site)
}

/// Takes from a script or a style sheet what only people read.
fn minify(project: &Project, file: &Path) -> Result<()> {
    let extension = file.extension();
    if !extension.is_some_and(|extension| extension == "js" || extension == "css") {
        return Ok(());
    }
    let mut esbuild = Command::new("esbuild");
    esbuild.env("PATH", project.path()).arg(file);
    esbuild.args(["--minify", "--allow-overwrite", "--log-level=warning"]);
    quietly(esbuild.arg(format!("--outfile={}", file.display())))?;
    Ok(())
}

/// Puts the application's JavaScript and WebAssembly into the build's folder.
fn bind(project: &Project, site: &Path, trunk: &TrunkFiles, out: &Path) -> Result<()> {
    let snippets = site.join("snippets");
    if env::var_os(SPLIT).is_some() {
        wasm::split(project, out)?;
        fs::remove_file(site.join(&trunk.js))?;
        fs::remove_file(site.join(&trunk.wasm))?;
        if snippets.exists() {
            fs::remove_dir_all(snippets)?;
        }
        return Ok(());
    }
    fs::rename(site.join(&trunk.js), out.join("portico.js"))?;
    fs::rename(site.join(&trunk.wasm), out.join("portico_bg.wasm"))?;
    if snippets.exists() {
        fs::rename(snippets, out.join("snippets"))?;
    }
    Ok(())
}

fn rewrite_index(site: &Path, trunk: &TrunkFiles, build: &str) -> Result<()> {
    let index = site.join("index.html");
    let mut text = fs::read_to_string(&index)?;
    let moved = [
        (trunk.js.as_str(), "portico.js"),
        (trunk.wasm.as_str(), "portico_bg.wasm"),
        (trunk.css.as_str(), FIRST_SHEET),
        ("boot.js", "boot.js"),
        ("tt.js", "tt.js"),
    ];
    for (from, to) in moved {
        let to = format!("/assets/{build}/{to}");
        let content = fs::read(site.join(&to[1..]))?;
        text = html::point(
            &text,
            &Asset {
                from: format!("/{from}"),
                to,
                content,
            },
        );
    }
    if let Some(found) = html::inline_code(&text) {
        bail!("index.html holds code that the content security policy refuses: {found}");
    }
    Ok(fs::write(index, text)?)
}

/// What Trunk has called the files it made.
struct TrunkFiles {
    js: String,
    wasm: String,
    css: String,
}

impl TrunkFiles {
    fn find(site: &Path) -> Result<Self> {
        let mut names = Vec::new();
        for entry in fs::read_dir(site)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        let prefix = format!("{}-", wasm::NAME);
        let one = |suffix: &str| {
            let found = names
                .iter()
                .find(|name| name.starts_with(&prefix) && name.ends_with(suffix));
            found
                .cloned()
                .with_context(|| format!("Trunk made no {prefix}*{suffix}"))
        };
        Ok(Self {
            js: one(".js")?,
            wasm: one("_bg.wasm")?,
            css: one(".css")?,
        })
    }
}

/// A name that changes with any content of the folder.
fn name_of(dir: &Path) -> Result<String> {
    let mut all = Vec::new();
    for file in super::fingerprint::files(dir)? {
        all.extend(digest::short(&fs::read(file)?).into_bytes());
    }
    Ok(digest::short(&all))
}

fn copy_public(public: &Path, site: &Path) -> Result<()> {
    // Trunk has written the real page from this one already.
    let page = fs::read(site.join("index.html"))?;
    previous::copy(public, site)?;
    Ok(fs::write(site.join("index.html"), page)?)
}

fn folder(variable: &str) -> Result<PathBuf> {
    let dir =
        env::var_os(variable).with_context(|| format!("{variable} is not set: this is a hook of Trunk"))?;
    Ok(dir.into())
}

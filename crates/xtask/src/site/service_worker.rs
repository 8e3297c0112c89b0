//! The service worker, told which build it belongs to and which files it is to keep.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::fingerprint::files;
use super::previous::CATALOGUES;
use super::strength;

/// What `public/sw.js` leaves open.
const BUILD: &str = "const BUILD = \"\";";
const FILES: &str = "const FILES = [];";

/// Fills in the site's `sw.js`. Before the earlier build and the compressed twins come in, which are not to be kept.
pub(super) fn complete(site: &Path, build: &str) -> Result<()> {
    let file = site.join("sw.js");
    let script = fs::read_to_string(&file).context("sw.js")?;
    Ok(fs::write(file, fill(&script, build, &addresses(site, build)?)?)?)
}

/// Where the files of the build are that never change.
fn addresses(site: &Path, build: &str) -> Result<Vec<String>> {
    let mut found = files(&site.join("assets").join(build))?;
    // What judges passwords is of no use without a network, and heavier than all the rest.
    let left_out = [CATALOGUES, strength::SCRIPT, strength::CODE];
    found.retain(|file| !left_out.iter().any(|name| file.ends_with(name)));
    found.extend(files(&site.join("locales"))?);
    let address = |file: &std::path::PathBuf| {
        let path = file
            .strip_prefix(site)?
            .to_str()
            .context("a name that is no text")?;
        Ok(format!("/{}", path.replace('\\', "/")))
    };
    found.iter().map(address).collect()
}

fn fill(script: &str, build: &str, files: &[String]) -> Result<String> {
    let mut out = script.to_owned();
    for (blank, filled) in [
        (BUILD, format!("const BUILD = {};", serde_json::to_string(build)?)),
        (FILES, format!("const FILES = {};", serde_json::to_string(files)?)),
    ] {
        if out.matches(blank).count() != 1 {
            bail!("sw.js must hold `{blank}` once");
        }
        out = out.replace(blank, &filled);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_learns_its_build_and_its_files() {
        let dir = tempfile::tempdir().expect("a folder");
        let site = dir.path();
        for file in [
            "sw.js",
            "config.json",
            "assets/1/portico.js",
            "assets/1/catalogues.json",
            "assets/1/strength.js",
            "assets/1/strength_bg.wasm",
            "assets/2/old.js",
            "locales/en/auth.1.json",
        ] {
            let path = site.join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, format!("{BUILD}\n{FILES}\n")).expect("a file");
        }
        complete(site, "1").expect("completed");
        assert_eq!(
            fs::read_to_string(site.join("sw.js")).expect("a script"),
            "const BUILD = \"1\";\nconst FILES = [\"/assets/1/portico.js\",\"/locales/en/auth.1.json\"];\n"
        );
    }

    #[test]
    fn the_script_of_the_site_has_what_is_filled_in() {
        let script = include_str!("../../../../public/sw.js");
        assert!(fill(script, "1", &[]).is_ok());
        assert!(fill("", "1", &[]).is_err());
    }
}

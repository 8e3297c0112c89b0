//! The build before this one.
//!
//! A page that is open during an update goes on asking for the parts and texts of its own build, and a part fits no
//! other. So one earlier build stays beside the new one.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::fingerprint::files;
use super::html;

/// In each build's folder: which catalogues of texts it asks for.
pub(super) const CATALOGUES: &str = "catalogues.json";

/// Notes in the build's folder which catalogues belong to it.
pub(super) fn note_catalogues(site: &Path, folder: &Path) -> Result<()> {
    let dir = site.join("locales");
    let found = files(&dir)?;
    let names: Vec<String> = found
        .iter()
        .filter_map(|file| Some(file.strip_prefix(&dir).ok()?.to_str()?.to_owned()))
        .collect();
    Ok(fs::write(
        folder.join(CATALOGUES),
        serde_json::to_string(&names)?,
    )?)
}

/// Copies the build before `build` from the site that is about to be replaced.
pub(super) fn keep(old_site: &Path, new_site: &Path, build: &str) -> Result<()> {
    let Ok(index) = fs::read_to_string(old_site.join("index.html")) else {
        return Ok(());
    };
    let earlier = match html::build_of(&index) {
        Some(current) if current != build => vec![current.to_owned()],
        // The same build again: what it had kept is still the one before.
        _ => folders(&old_site.join("assets"))?
            .into_iter()
            .filter(|name| name != build)
            .collect(),
    };
    for name in earlier {
        let old = old_site.join("assets").join(&name);
        copy(&old, &new_site.join("assets").join(&name))?;
        let noted = fs::read_to_string(old.join(CATALOGUES)).unwrap_or_else(|_| "[]".to_owned());
        for catalogue in serde_json::from_str::<Vec<String>>(&noted).context(CATALOGUES)? {
            let to = new_site.join("locales").join(&catalogue);
            if !to.exists() {
                fs::copy(old_site.join("locales").join(&catalogue), &to).context(catalogue)?;
            }
        }
    }
    Ok(())
}

/// Copies everything below `from`.
pub(super) fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files(from)? {
        let place = to.join(file.strip_prefix(from)?);
        fs::create_dir_all(place.parent().context("no folder")?)?;
        fs::copy(&file, &place).with_context(|| file.display().to_string())?;
    }
    Ok(())
}

fn folders(dir: &Path) -> Result<Vec<String>> {
    let Ok(entries) = fs::read_dir(dir) else {
        return Ok(Vec::new());
    };
    entries
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(dir: &Path, build: &str) {
        let folder = dir.join("assets").join(build);
        fs::create_dir_all(&folder).expect("a folder");
        fs::create_dir_all(dir.join("locales/en")).expect("a folder");
        fs::write(dir.join(format!("locales/en/auth.{build}.json")), "[]").expect("a catalogue");
        fs::write(
            dir.join("index.html"),
            format!("<script src=\"/assets/{build}/boot.js\">"),
        )
        .expect("a page");
        note_catalogues(dir, &folder).expect("noted");
    }

    #[test]
    fn exactly_one_earlier_build_stays_with_its_texts() {
        let dir = tempfile::tempdir().expect("a folder");
        let sites: Vec<_> = ["one", "two", "three"]
            .iter()
            .map(|build| dir.path().join(build))
            .collect();
        for (build, site_dir) in ["one", "two", "three"].iter().zip(&sites) {
            site(site_dir, build);
        }
        keep(&sites[0], &sites[1], "two").expect("kept");
        assert!(sites[1].join("assets/one").is_dir() && sites[1].join("locales/en/auth.one.json").exists());
        keep(&sites[1], &sites[2], "three").expect("kept");
        assert!(sites[2].join("assets/two").is_dir() && !sites[2].join("assets/one").exists());
        assert!(!sites[2].join("locales/en/auth.one.json").exists());
    }

    #[test]
    fn building_the_same_again_keeps_what_was_kept() {
        let dir = tempfile::tempdir().expect("a folder");
        let (one, two, again) = (dir.path().join("1"), dir.path().join("2"), dir.path().join("3"));
        site(&one, "one");
        site(&two, "two");
        site(&again, "two");
        keep(&one, &two, "two").expect("kept");
        keep(&two, &again, "two").expect("kept");
        assert!(again.join("assets/one").is_dir());
    }
}

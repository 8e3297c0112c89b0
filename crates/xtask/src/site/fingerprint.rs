//! Whether anything a build depends on has changed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::digest;
use crate::project::Project;

/// What the site is made of.
const INPUTS: [&str; 10] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "build.rs",
    "crates/contract",
    "crates/strength",
    "crates/xtask",
    "public",
    "src",
    "style",
];

/// A fingerprint of all inputs as they are now.
pub(super) fn now(project: &Project) -> Result<String> {
    let mut all = Sha256::new();
    for input in INPUTS {
        for file in files(&project.root.join(input))? {
            let content = fs::read(&file).with_context(|| file.display().to_string())?;
            let name = file.strip_prefix(&project.root).unwrap_or(&file);
            // Lengths keep apart what would read the same when run together.
            all.update(format!("{} {}\n", name.display(), content.len()));
            all.update(content);
        }
    }
    Ok(digest::short(&all.finalize()))
}

/// Every file at or below `path`, sorted; none if there is no such path.
pub(super) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !path.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path).with_context(|| path.display().to_string())? {
        found.extend(files(&entry?.path())?);
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_or_renamed_file_changes_the_fingerprint() {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().to_owned();
        fs::create_dir(root.join("src")).expect("a folder");
        let project = Project {
            target: root.join("target"),
            tools: root.join("tools"),
            root,
        };
        let mut seen = Vec::new();
        for (file, content) in [("a.rs", "1"), ("a.rs", "2"), ("b.rs", "2")] {
            fs::write(project.root.join("src").join(file), content).expect("a file");
            seen.push(now(&project).expect("a fingerprint"));
        }
        assert_eq!(now(&project).ok().as_ref(), seen.last(), "nothing changed");
        seen.dedup();
        assert_eq!(seen.len(), 3);
    }
}

//! Where things are: the checkout, cargo's output, the cache of tools.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders the commands work in.
#[derive(Debug)]
pub(crate) struct Project {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Cargo's output, which may lie outside the checkout.
    pub(crate) target: PathBuf,
    /// The pinned tools, shared by all checkouts.
    pub(crate) tools: PathBuf,
}

/// How the backend is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// In a quarter of the time, and with checks for overflow: for developing and testing.
    Dev,
    /// For people.
    Release,
}

impl Profile {
    /// The folder of its binaries below `target`.
    const fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

impl Project {
    /// Finds the folders from the environment cargo runs this program in.
    pub(crate) fn locate() -> Result<Self> {
        // At run time first: a target folder shared by several checkouts may hold another one's binary.
        let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest)
            .ancestors()
            .nth(2)
            .context("xtask is not below crates/")?
            .to_owned();
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self {
            tools: cache()?.join("tools"),
            target,
            root,
        })
    }

    /// Where the pieces are put that Trunk takes into the site. Fixed, because `Trunk.toml` and `index.html` name it.
    pub(crate) fn staging(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// The finished site.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The site with the gallery, as it is developed. For tests.
    pub(crate) fn gallery(&self) -> PathBuf {
        self.target.join("gallery")
    }

    /// The backend's binary.
    pub(crate) fn backend(&self, profile: Profile) -> PathBuf {
        self.target.join(profile.folder()).join("portico-backend")
    }

    /// `PATH` with the folders of all pinned tools in front.
    pub(crate) fn path(&self) -> OsString {
        let tools = crate::tools::PINNED
            .iter()
            .map(|tool| self.tools.join(tool).join("bin"));
        let inherited = env::var_os("PATH").unwrap_or_default();
        let inherited: Vec<PathBuf> = env::split_paths(&inherited).collect();
        // A folder with a colon in its name cannot be on a PATH; then only what is already there is found.
        env::join_paths(tools.chain(inherited)).unwrap_or_else(|_| env::var_os("PATH").unwrap_or_default())
    }
}

fn cache() -> Result<PathBuf> {
    if let Some(own) = env::var_os("PORTICO_CACHE") {
        return std::path::absolute(own).context("PORTICO_CACHE");
    }
    let base = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let base = base.or_else(|| env::home_dir().map(|home| home.join(".cache")));
    Ok(base
        .context("no home directory; set PORTICO_CACHE")?
        .join("portico"))
}

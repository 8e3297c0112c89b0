//! What the site weighs, and whether a sign-in stays light.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::compress::twin;
use super::fingerprint::files;
use super::{html, strength};

/// What a browser may load in all before somebody can sign in.
const LIMIT: u64 = 220 * 1024;

/// What the judgement of passwords may weigh, which only those load who choose one.
const STRENGTH_LIMIT: u64 = 750 * 1024;

/// Files that the application's code may come in: each is a request. The splitter makes one for each set of pages that share
/// something, until they are put together.
const CODE_FILES: usize = 80;

/// The namespaces of texts the sign-in page shows.
const SIGN_IN_TEXTS: [&str; 2] = ["auth", "common"];

struct Weight {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints every file of the build with its weight; fails if the sign-in page is too heavy.
pub(super) fn report(site: &Path) -> Result<()> {
    let index = fs::read_to_string(site.join("index.html"))?;
    let build = html::build_of(&index)
        .context("index.html names no build")?
        .to_owned();
    let weights = weigh(site, &build)?;
    println!("\n{:>10} {:>10} {:>10}  file", "raw", "gzip", "brotli");
    for Weight {
        name,
        raw,
        gzip,
        brotli,
    } in &weights
    {
        println!("{raw:>10} {gzip:>10} {brotli:>10}  {name}");
    }
    println!();
    let sign_in = judge("the sign-in page", &first_load(&weights, &build)?, LIMIT);
    let strength = judge(
        "the judgement of passwords",
        &strength(&weights, &build)?,
        STRENGTH_LIMIT,
    );
    sign_in.and(strength).and(judge_code(&weights))
}

/// Says in how many files the application's code comes, and whether that is within the limit.
fn judge_code(weights: &[Weight]) -> Result<()> {
    let is_code = |weight: &&Weight| Path::new(&weight.name).extension().is_some_and(|it| it == "wasm");
    let count = weights.iter().filter(is_code).count();
    println!("the application's code comes in {count} files (limit {CODE_FILES}).");
    if count > CODE_FILES {
        bail!(
            "the application's code comes in {} files too many",
            count - CODE_FILES
        );
    }
    Ok(())
}

/// Says what `what` loads, and whether that is within its limit.
fn judge(what: &str, files: &[&Weight], limit: u64) -> Result<()> {
    let total: u64 = files.iter().map(|weight| weight.brotli).sum();
    println!(
        "{what} loads {:.1} KiB in all (limit {} KiB).",
        kibibytes(total),
        limit / 1024
    );
    if total > limit {
        bail!("{what} is {:.1} KiB over its limit", kibibytes(total - limit));
    }
    Ok(())
}

/// The files of the worker that judges passwords. Nobody loads them who does not choose one.
fn strength<'a>(weights: &'a [Weight], build: &str) -> Result<Vec<&'a Weight>> {
    let find = |file: &str| {
        let name = format!("assets/{build}/{file}");
        let found = weights.iter().find(|weight| weight.name == name);
        found.with_context(|| format!("no {name}"))
    };
    Ok(vec![find(strength::SCRIPT)?, find(strength::CODE)?])
}

fn weigh(site: &Path, build: &str) -> Result<Vec<Weight>> {
    let own = site.join("assets").join(build);
    let mut weights = Vec::new();
    for file in files(site)? {
        let earlier = file.starts_with(site.join("assets")) && !file.starts_with(&own);
        let is_twin = file
            .extension()
            .is_some_and(|extension| extension == "br" || extension == "gz");
        if !earlier && !is_twin {
            let raw = size(&file)?;
            let packed = |extension: &str| {
                let packed: PathBuf = twin(&file, extension);
                if packed.exists() { size(&packed) } else { Ok(raw) }
            };
            let name = file.strip_prefix(site)?.display().to_string();
            weights.push(Weight {
                name,
                raw,
                gzip: packed("gz")?,
                brotli: packed("br")?,
            });
        }
    }
    Ok(weights)
}

/// The files loaded before somebody can sign in, in the language whose texts weigh most.
fn first_load<'a>(weights: &'a [Weight], build: &str) -> Result<Vec<&'a Weight>> {
    let mut names: Vec<String> = vec!["index.html".to_owned(), "config.json".to_owned()];
    names.extend(
        ["tt.js", "boot.js", "portico.css", "portico.js", "portico_bg.wasm"]
            .map(|file| format!("assets/{build}/{file}")),
    );
    // Present when pages are split: the code that fetches their parts.
    let splitting = format!("assets/{build}/__wasm_split.js");
    let mut loaded: Vec<&Weight> = weights.iter().filter(|weight| weight.name == splitting).collect();
    for name in names {
        loaded.push(
            weights
                .iter()
                .find(|weight| weight.name == name)
                .with_context(|| format!("no {name}"))?,
        );
    }
    for namespace in SIGN_IN_TEXTS {
        let texts = weights.iter().filter(|weight| {
            weight.name.starts_with("locales/") && weight.name.contains(&format!("/{namespace}."))
        });
        loaded.push(
            texts
                .max_by_key(|weight| weight.brotli)
                .with_context(|| format!("no texts of {namespace}"))?,
        );
    }
    Ok(loaded)
}

fn size(file: &Path) -> Result<u64> {
    Ok(file.metadata().with_context(|| file.display().to_string())?.len())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "sizes of files, shown with one decimal"
)]
fn kibibytes(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(wasm: usize) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a folder");
        let assets = dir.path().join("assets/1");
        fs::create_dir_all(&assets).expect("a folder");
        fs::create_dir_all(dir.path().join("locales/en")).expect("a folder");
        fs::write(
            dir.path().join("index.html"),
            "<script src=\"/assets/1/tt.js\"></script>",
        )
        .expect("a file");
        for file in [
            "config.json",
            "locales/en/auth.1.json",
            "locales/en/common.1.json",
        ] {
            fs::write(dir.path().join(file), "[]").expect("a file");
        }
        for file in [
            "tt.js",
            "boot.js",
            "portico.css",
            "portico.js",
            strength::SCRIPT,
            strength::CODE,
        ] {
            fs::write(assets.join(file), "x").expect("a file");
        }
        fs::write(assets.join("portico_bg.wasm"), vec![0; 1_000_000]).expect("a file");
        fs::write(assets.join("portico_bg.wasm.br"), vec![0; wasm]).expect("a file");
        dir
    }

    #[test]
    fn a_light_site_passes_and_a_heavy_one_does_not() {
        assert!(report(site(200 * 1024).path()).is_ok());
        assert!(report(site(221 * 1024).path()).is_err());
    }

    #[test]
    fn a_missing_part_is_no_weight_of_nothing() {
        let dir = site(10);
        fs::remove_file(dir.path().join("assets/1/portico.css")).expect("removed");
        assert!(report(dir.path()).is_err());
    }

    #[test]
    fn what_judges_passwords_has_a_limit_of_its_own() {
        let dir = site(10);
        let code = dir.path().join("assets/1").join(strength::CODE);
        fs::write(&code, vec![0; 300 * 1024]).expect("a file");
        assert!(report(dir.path()).is_ok());
        fs::write(&code, vec![0; 751 * 1024]).expect("a file");
        assert!(report(dir.path()).is_err());
    }

    #[test]
    fn code_in_too_many_files_does_not_pass() {
        let dir = site(10);
        // Two are there.
        for number in 2..CODE_FILES {
            let file = format!("assets/1/{number}.wasm");
            fs::write(dir.path().join(file), "x").expect("a file");
        }
        assert!(report(dir.path()).is_ok());
        fs::write(dir.path().join("assets/1/one_more.wasm"), "x").expect("a file");
        assert!(report(dir.path()).is_err());
    }
}

//! The compressed twins a server hands out instead of the files.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;

use super::fingerprint::files;
use super::parallel;

const COMPRESSIBLE: [&str; 9] = [
    "css",
    "html",
    "js",
    "json",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
    "xml",
];

/// Writes `.br` and `.gz` beside each file of `dir` that gains by it and has none yet.
pub(super) fn all(dir: &Path) -> Result<()> {
    let wanted = |file: &PathBuf| {
        let extension = file
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        COMPRESSIBLE.contains(&extension) && !twin(file, "br").exists()
    };
    parallel::for_each(files(dir)?.into_iter().filter(wanted).collect(), compress)
}

fn compress(file: &Path) -> Result<()> {
    let content = fs::read(file).with_context(|| file.display().to_string())?;
    for (extension, packed) in [("br", brotli(&content)?), ("gz", gzip(&content)?)] {
        if packed.len() < content.len() {
            fs::write(twin(file, extension), packed)?;
        }
    }
    Ok(())
}

/// Where the compressed twin of `file` lies.
pub(super) fn twin(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut out, &parameters)?;
    Ok(out)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_hold_the_same_content() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("app.js");
        let content = "let portico = 1;\n".repeat(100);
        fs::write(&file, &content).expect("a file");
        fs::write(dir.path().join("icon.png"), "no").expect("a file");
        all(dir.path()).expect("compressed");
        let mut plain = Vec::new();
        let packed = fs::read(twin(&file, "br")).expect("a twin");
        brotli::BrotliDecompress(&mut &*packed, &mut plain).expect("Brotli");
        assert_eq!(plain, content.as_bytes());
        assert!(twin(&file, "gz").exists() && !twin(&dir.path().join("icon.png"), "br").exists());
    }
}

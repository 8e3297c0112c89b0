//! The backend's cryptography: which crates do it, and that the document names each with what it is for (ASVS 5.0, V11).

use std::fs;
use std::path::Path;

use crate::sources::{self, assert_none, words};

/// What may be used, each under its name in code.
const USED: [&str; 6] = [
    "argon2",
    "chacha20poly1305",
    "getrandom",
    "hmac",
    "sha2",
    "totp_rs",
];

/// What has no place: broken, unauthenticated, home-made, or not for secrets.
const REFUSED: [&str; 16] = [
    "aes",
    "blowfish",
    "cbc",
    "cipher",
    "ctr",
    "des",
    "ecb",
    "ed25519_dalek",
    "md4",
    "md5",
    "rand",
    "rc4",
    "ring",
    "rsa",
    "sha1",
    "xor_cipher",
];

fn backend() -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&sources::root().join("crates/backend/src"), &mut found);
    assert!(found.len() > 50, "the sources were not found");
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = sources::code(&fs::read_to_string(&path).unwrap_or_default());
            found.push((path.display().to_string(), text));
        }
    }
}

/// Whether `code` names something of the crate `name`.
fn names(code: &str, name: &str) -> bool {
    words(code, name).any(|at| code[at + name.len()..].starts_with("::"))
}

fn refused(code: &str) -> Vec<&'static str> {
    REFUSED.into_iter().filter(|name| names(code, name)).collect()
}

#[test]
fn nothing_weak_is_used() {
    let found: Vec<_> = backend()
        .iter()
        .flat_map(|(path, code)| {
            refused(code)
                .into_iter()
                .map(move |name| format!("{path}: {name}"))
        })
        .collect();
    assert_none(&found);
}

#[test]
fn what_is_used_is_in_the_document() {
    let document = sources::file("docs/SECURITY.md");
    let section = document
        .split("\n## Keys and algorithms\n")
        .nth(1)
        .expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let code: String = backend().into_iter().map(|(_, code)| code).collect();
    let missing: Vec<_> = USED
        .into_iter()
        .filter(|name| !names(&code, name) || !section.contains(&format!("`{}`", name.replace('_', "-"))))
        .map(|name| format!("{name}: not used, or not in the document"))
        .collect();
    assert_none(&missing);
}

#[test]
fn a_weak_one_would_be_found() {
    assert_eq!(
        refused("use md5::Digest;\nlet x = aes::Aes128::new(k);"),
        ["aes", "md5"]
    );
    assert!(refused("let des = 1; other_rand::x()").is_empty());
}

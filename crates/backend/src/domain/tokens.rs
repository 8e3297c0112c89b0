//! Opaque tokens: 256 random bits, stored only as a hash.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest as _, Sha256};

use super::failure::Failure;
use super::random::Random;

const BYTES: usize = 32;
const NONCE: usize = 24;

/// Keeps the sealing key apart from the stored hash of the same token.
const SEAL_CONTEXT: &[u8] = b"portico refresh successor v1";

/// A new token.
pub(crate) fn generate(random: &dyn Random) -> Result<String, Failure> {
    let mut bytes = [0; BYTES];
    random.fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// A number of `count` digits, each as likely as any other.
pub(crate) fn digits(random: &dyn Random, count: usize) -> Result<String, Failure> {
    let numbers = 10_u64.pow(u32::try_from(count).map_err(Failure::internal)?);
    // Beyond the last multiple of what is wanted the low numbers would come up more often.
    let end = u64::MAX - u64::MAX % numbers;
    loop {
        let mut bytes = [0; 8];
        random.fill(&mut bytes)?;
        let number = u64::from_be_bytes(bytes);
        if number < end {
            return Ok(format!("{:0count$}", number % numbers));
        }
    }
}

/// A new token and what the database keeps of it.
pub(crate) struct Fresh {
    pub(crate) text: String,
    pub(crate) hash: String,
}

/// A new token with its hash.
pub(crate) fn fresh(random: &dyn Random) -> Result<Fresh, Failure> {
    let text = generate(random)?;
    let hash = hash(&text).ok_or_else(|| Failure::internal("a token of ours has no hash"))?;
    Ok(Fresh { text, hash })
}

/// What the database keeps of `token`; `None` for text that was never one of ours.
pub(crate) fn hash(token: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    (bytes.len() == BYTES).then(|| hex(&Sha256::digest(token.as_bytes())))
}

/// `bytes` in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn cipher(token: &str) -> XChaCha20Poly1305 {
    let key = Sha256::new()
        .chain_update(SEAL_CONTEXT)
        .chain_update(token)
        .finalize();
    XChaCha20Poly1305::new(&key)
}

/// `successor`, readable only to who holds `token`: the database alone reveals neither.
pub(crate) fn seal(token: &str, successor: &str, random: &dyn Random) -> Result<Vec<u8>, Failure> {
    let mut sealed = vec![0; NONCE];
    random.fill(&mut sealed)?;
    let secret = cipher(token)
        .encrypt(XNonce::from_slice(&sealed), successor.as_bytes())
        .map_err(Failure::internal)?;
    sealed.extend(secret);
    Ok(sealed)
}

/// The successor that was sealed for `token`.
pub(crate) fn open(token: &str, sealed: &[u8]) -> Option<String> {
    let (nonce, secret) = sealed.split_at_checked(NONCE)?;
    let plain = cipher(token).decrypt(XNonce::from_slice(nonce), secret).ok()?;
    String::from_utf8(plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::random::OsRandom;

    #[test]
    fn tokens_are_long_and_distinct() {
        let first = generate(&OsRandom).unwrap();
        assert_eq!(first.len(), 43);
        assert_ne!(first, generate(&OsRandom).unwrap());
    }

    #[test]
    fn only_the_old_token_opens_its_successor() {
        let (old, other) = (generate(&OsRandom).unwrap(), generate(&OsRandom).unwrap());
        let mut sealed = seal(&old, "successor", &OsRandom).unwrap();
        assert_eq!(open(&old, &sealed).as_deref(), Some("successor"));
        assert_eq!(open(&other, &sealed), None);
        *sealed.last_mut().unwrap() ^= 1;
        assert_eq!(open(&old, &sealed), None);
        assert_eq!(open(&old, &[1, 2]), None);
    }

    #[test]
    fn foreign_text_has_no_hash() {
        for text in ["", "abc", "🦀", &"a".repeat(100_000)] {
            assert_eq!(hash(text), None);
        }
        assert!(hash(&generate(&OsRandom).unwrap()).is_some());
    }
}

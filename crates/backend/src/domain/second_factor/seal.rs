//! Secrets of second factors at rest: XChaCha20-Poly1305 with keys that can be changed (ASVS 5.0, 11.3).

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::domain::failure::Failure;
use crate::domain::instance::InstanceKey;
use crate::domain::random::Random;
use crate::domain::tokens::hex;

const KEY: usize = 32;
const NONCE: usize = 24;
/// How much of a key's hash is its name.
const NAME: usize = 8;

/// The keys, of which the first seals and all open.
#[derive(Clone)]
pub struct SealKeys(Vec<(String, [u8; KEY])>);

impl std::fmt::Debug for SealKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealKeys({})", self.0.len())
    }
}

/// What a secret is sealed with and for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sealed<'a> {
    pub(crate) secret: &'a [u8],
    pub(crate) key_id: &'a str,
    pub(crate) user: Uuid,
    pub(crate) factor: Uuid,
}

fn named(key: [u8; KEY]) -> (String, [u8; KEY]) {
    let name = hex(&Sha256::digest(key)[..NAME]);
    (name, key)
}

fn belonging(user: Uuid, factor: Uuid) -> Vec<u8> {
    [user.as_bytes().as_slice(), factor.as_bytes()].concat()
}

impl SealKeys {
    /// The keys of the file at `path`: 32 bytes in base 64 a line, the one to seal with first. An older one stays below it
    /// until everything was sealed anew.
    pub fn read(path: &Path) -> std::io::Result<Self> {
        let text = std::fs::read_to_string(path)?;
        Self::parse(&text).ok_or_else(|| {
            let fault = "every line must be 32 bytes in base 64, and there must be one";
            std::io::Error::new(std::io::ErrorKind::InvalidData, fault)
        })
    }

    fn parse(text: &str) -> Option<Self> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let keys: Option<Vec<_>> = lines
            .map(|line| STANDARD.decode(line).ok()?.try_into().ok().map(named))
            .collect();
        keys.filter(|keys| !keys.is_empty()).map(Self)
    }

    /// The keys of the operator, and after them the one that lies in the same database as what it seals: it is what seals
    /// where the operator has named none, and opens what was sealed before the operator did.
    pub(crate) fn of_instance(named_by_operator: Option<Self>, key: &InstanceKey) -> Self {
        let Self(mut keys) = named_by_operator.unwrap_or_else(|| Self(Vec::new()));
        keys.push(named(key.tag("second factor seal", &[])));
        Self(keys)
    }

    /// The name of the key that seals.
    pub(crate) fn current(&self) -> &str {
        self.0.first().map(|(name, _)| name.as_str()).unwrap_or_default()
    }

    /// `secret`, which only opens for this factor of this person.
    pub(crate) fn seal(
        &self,
        secret: &[u8],
        user: Uuid,
        factor: Uuid,
        random: &dyn Random,
    ) -> Result<Vec<u8>, Failure> {
        let (_, key) = self
            .0
            .first()
            .ok_or_else(|| Failure::internal("there is no key to seal with"))?;
        let mut sealed = vec![0; NONCE];
        random.fill(&mut sealed)?;
        let payload = Payload {
            msg: secret,
            aad: &belonging(user, factor),
        };
        let secret = XChaCha20Poly1305::new(Key::from_slice(key))
            .encrypt(XNonce::from_slice(&sealed), payload)
            .map_err(Failure::internal)?;
        sealed.extend(secret);
        Ok(sealed)
    }

    /// The secret that was sealed.
    pub(crate) fn open(&self, sealed: Sealed<'_>) -> Result<Vec<u8>, Failure> {
        let unreadable =
            || Failure::internal("a second factor cannot be opened: is its key still in the file?");
        let (_, key) = self
            .0
            .iter()
            .find(|(name, _)| name == sealed.key_id)
            .ok_or_else(unreadable)?;
        let (nonce, secret) = sealed.secret.split_at_checked(NONCE).ok_or_else(unreadable)?;
        let payload = Payload {
            msg: secret,
            aad: &belonging(sealed.user, sealed.factor),
        };
        XChaCha20Poly1305::new(Key::from_slice(key))
            .decrypt(XNonce::from_slice(nonce), payload)
            .map_err(|_| unreadable())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::random::OsRandom;

    const OLD: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const NEW: &str = "/////////////////////////////////////////38=";

    fn keys(lines: &[&str]) -> SealKeys {
        SealKeys::parse(&lines.join("\n")).unwrap()
    }

    #[test]
    fn a_secret_opens_for_its_factor_and_its_person_only() {
        let keys = keys(&[OLD]);
        let (user, factor) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut secret = keys.seal(b"seed", user, factor, &OsRandom).unwrap();
        let open = |secret: &[u8], user, factor| {
            keys.open(Sealed {
                secret,
                key_id: keys.current(),
                user,
                factor,
            })
        };
        assert_eq!(open(&secret, user, factor).unwrap(), b"seed");
        assert!(open(&secret, factor, factor).is_err());
        assert!(open(&secret, user, user).is_err());
        *secret.last_mut().unwrap() ^= 1;
        assert!(open(&secret, user, factor).is_err());
        assert!(open(&[1, 2, 3], user, factor).is_err());
    }

    #[test]
    fn an_older_key_opens_and_the_newest_seals() {
        let (before, after) = (keys(&[OLD]), keys(&[NEW, "", OLD]));
        let (user, factor) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let secret = before.seal(b"seed", user, factor, &OsRandom).unwrap();
        let sealed = Sealed {
            secret: &secret,
            key_id: before.current(),
            user,
            factor,
        };
        assert_eq!(after.open(sealed).unwrap(), b"seed");
        assert_ne!(after.current(), before.current());
        assert!(keys(&[NEW]).open(sealed).is_err());
    }

    #[test]
    fn two_seals_of_one_secret_are_two_texts() {
        let keys = keys(&[OLD]);
        let seal = || keys.seal(b"seed", Uuid::nil(), Uuid::nil(), &OsRandom).unwrap();
        assert_ne!(seal(), seal());
    }

    #[test]
    fn a_file_with_anything_else_is_refused() {
        for text in ["", "\n\n", "short", &format!("{OLD}\nAAAA"), &OLD[1..]] {
            assert!(SealKeys::parse(text).is_none(), "{text:?}");
        }
    }
}

//! The secret that all processes of one installation share, and what is derived from it.

use hmac::{Hmac, Mac};
use sha2::Sha256;

/// How many bytes the secret has.
pub(crate) const KEY_BYTES: usize = 32;

/// The block size of SHA-256.
const BLOCK_BYTES: usize = 64;

/// The installation's secret. It cannot be printed.
#[derive(Clone)]
pub(crate) struct InstanceKey([u8; KEY_BYTES]);

impl InstanceKey {
    /// Wraps the stored secret.
    pub(crate) fn new(secret: [u8; KEY_BYTES]) -> Self {
        Self(secret)
    }

    fn mac(&self, context: &str, data: &[u8]) -> Hmac<Sha256> {
        // The block an HMAC key is padded to with zeros anyway; a key of this type needs no fallible constructor.
        let mut block = [0; BLOCK_BYTES];
        block[..KEY_BYTES].copy_from_slice(&self.0);
        // A context never holds the separator, so no two pairs give the same input.
        <Hmac<Sha256> as Mac>::new(&block.into())
            .chain_update(context)
            .chain_update([0])
            .chain_update(data)
    }

    /// A keyed hash of `data` for one purpose.
    pub(crate) fn tag(&self, context: &str, data: &[u8]) -> [u8; 32] {
        self.mac(context, data).finalize().into_bytes().into()
    }

    /// Whether `tag` starts the keyed hash of `data`, in constant time.
    pub(crate) fn verify_prefix(&self, context: &str, data: &[u8], tag: &[u8]) -> bool {
        self.mac(context, data).verify_truncated_left(tag).is_ok()
    }

    /// A name for a sign-in identifier that says nothing about it: for counters and logs.
    pub(crate) fn pseudonym(&self, identifier: &str) -> String {
        super::tokens::hex(&self.tag("identifier", identifier.as_bytes()))
    }

    /// A name for a session in logs, which are not to say which session a browser has.
    pub(crate) fn session_pseudonym(&self, session: uuid::Uuid) -> String {
        super::tokens::hex(&self.tag("session", session.as_bytes()))
    }
}

//! Encryption with a key that is held in memory only: AES-GCM of the browser's own `SubtleCrypto`.
//!
//! A page without a secure connection has no `SubtleCrypto`; then nothing can be sealed and nothing is kept.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, Crypto, CryptoKey, SubtleCrypto};

/// Bytes of the number that is used once, as NIST SP 800-38D recommends.
const NONCE_BYTES: usize = 12;

/// `text` under `key`, 32 bytes in base64url. `context` is what it belongs to: it is not part of the secret, but must be
/// the same again when it is opened.
pub async fn seal(key: &str, context: &str, text: &str) -> Option<String> {
    let (crypto, key) = ready(key).await?;
    let nonce = Uint8Array::new_with_length(u32::try_from(NONCE_BYTES).ok()?);
    crypto.get_random_values_with_array_buffer_view(&nonce).ok()?;
    let work =
        crypto
            .subtle()
            .encrypt_with_object_and_u8_array(&method(&nonce, context), &key, text.as_bytes());
    let sealed = bytes(work).await?;
    Some(encode(&[nonce.to_vec(), sealed].concat()))
}

/// The text that [`seal`] made `sealed` of, if key and context are the same and nobody changed it.
pub async fn open(key: &str, context: &str, sealed: &str) -> Option<String> {
    let sealed = decode(sealed)?;
    let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES)?;
    let (crypto, key) = ready(key).await?;
    let method = method(&Uint8Array::from(nonce), context);
    let work = crypto
        .subtle()
        .decrypt_with_object_and_u8_array(&method, &key, sealed);
    String::from_utf8(bytes(work).await?).ok()
}

/// The browser's machinery and `key` in the form it wants.
async fn ready(key: &str) -> Option<(Crypto, CryptoKey)> {
    let crypto = super::window().crypto().ok()?;
    let subtle: JsValue = crypto.subtle().into();
    if subtle.is_undefined() {
        return None;
    }
    let subtle: SubtleCrypto = subtle.unchecked_into();
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let raw = Uint8Array::from(decode(key)?.as_slice());
    let import = subtle
        .import_key_with_str("raw", &raw, "AES-GCM", false, &uses)
        .ok()?;
    let key = JsFuture::from(import).await.ok()?.dyn_into().ok()?;
    Some((crypto, key))
}

fn method(nonce: &Uint8Array, context: &str) -> AesGcmParams {
    let method = AesGcmParams::new("AES-GCM", nonce);
    method.set_additional_data(&Uint8Array::from(context.as_bytes()));
    method
}

async fn bytes(work: Result<Promise, JsValue>) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(work.ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Base64url without padding, RFC 4648 section 5.
fn encode(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk
            .iter()
            .fold(0_u32, |word, byte| word << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let index = word >> (18 - 6 * place) & 63;
            text.push(char::from(LETTERS[index as usize]));
        }
    }
    text
}

/// What [`encode`] made `text` of.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let mut word = 0_u32;
    let mut bits = 0;
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        word = word << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(word >> bits & 255).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{decode, encode};

    #[test]
    fn letters_are_those_of_the_standard() {
        // Test vectors of RFC 4648, section 10, and two letters that differ from plain base64.
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg"),
            (b"fo", "Zm8"),
            (b"foo", "Zm9v"),
            (b"foobar", "Zm9vYmFy"),
            (&[0xfb, 0xff], "-_8"),
        ] {
            assert_eq!(encode(bytes), text);
            assert_eq!(decode(text).as_deref(), Some(bytes));
        }
        assert_eq!(decode("a+b/"), None);
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }
}

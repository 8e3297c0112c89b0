//! Encryption with a key that is held in memory only: AES-GCM of the browser's own `SubtleCrypto`.
//!
//! A page without a secure connection has no `SubtleCrypto`; then nothing can be sealed and nothing is kept.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, Crypto, CryptoKey, SubtleCrypto};

use super::base64url::{decode, encode};

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

//! An authenticator that does as it is told: also what an honest one would not.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{DerSignature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// User present.
const PRESENT: u8 = 0x01;
/// User verified.
const VERIFIED: u8 = 0x04;
/// A key comes with it.
const ATTESTED: u8 = 0x40;

pub(crate) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// One passkey, where it is and what it says of itself.
#[derive(Clone)]
pub(crate) struct Authenticator {
    key: SigningKey,
    pub(crate) credential: String,
    pub(crate) handle: Option<String>,
    pub(crate) counter: u32,
    pub(crate) verifies: bool,
    pub(crate) origin: String,
    pub(crate) domain: String,
}

impl Authenticator {
    /// One with a new key; `seed` tells it from others.
    pub(crate) fn new(seed: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[seed; 32]).unwrap(),
            credential: base64url(&[seed; 16]),
            handle: None,
            counter: 1,
            verifies: true,
            origin: "https://portico.example".to_owned(),
            domain: "portico.example".to_owned(),
        }
    }

    fn client_data(&self, kind: &str, question: &Value) -> Vec<u8> {
        let data = json!({
            "type": kind,
            "challenge": question["challenge"],
            "origin": self.origin,
            "crossOrigin": false,
        });
        data.to_string().into_bytes()
    }

    fn data(&self, extra: u8) -> Vec<u8> {
        let verified = if self.verifies { VERIFIED } else { 0 };
        let mut data = Sha256::digest(self.domain.as_bytes()).to_vec();
        data.push(PRESENT | verified | extra);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The passkey, as `question` asks to make it.
    pub(crate) fn make(&mut self, question: &Value, name: Option<&str>) -> Value {
        self.handle = question["user"]["handle"].as_str().map(str::to_owned);
        let id = URL_SAFE_NO_PAD.decode(&self.credential).unwrap();
        let point = self.key.verifying_key().to_sec1_point(false);
        let mut data = self.data(ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(id.len()).unwrap().to_be_bytes());
        data.extend(&id);
        // An EC2 key on P-256 for ES256, in the one form CTAP2 allows.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(point.x().unwrap().iter());
        data.extend([0x22, 0x58, 0x20]);
        data.extend(point.y().unwrap().iter());
        let mut attestation = vec![0xa3];
        attestation.extend(b"\x63fmt\x64none\x67attStmt\xa0\x68authData\x58");
        attestation.push(u8::try_from(data.len()).unwrap());
        attestation.extend(data);
        let mut answer = json!({
            "ceremony": question["ceremony"],
            "credential": self.credential,
            "client_data": base64url(&self.client_data("webauthn.create", question)),
            "attestation": base64url(&attestation),
            "transports": ["internal", "hybrid", "telepathy"],
        });
        if let Some(name) = name {
            answer["name"] = json!(name);
        }
        answer
    }

    /// The passkey, as `question` asks to show it.
    pub(crate) fn answer(&mut self, question: &Value) -> Value {
        self.counter += 1;
        let client_data = self.client_data("webauthn.get", question);
        let data = self.data(0);
        let signed = [data.as_slice(), &Sha256::digest(&client_data)].concat();
        let signature: DerSignature = self.key.sign(&signed);
        let mut answer = json!({
            "ceremony": question["ceremony"],
            "credential": self.credential,
            "client_data": base64url(&client_data),
            "authenticator_data": base64url(&data),
            "signature": base64url(signature.as_bytes()),
        });
        if let Some(handle) = &self.handle {
            answer["user_handle"] = json!(handle);
        }
        answer
    }
}

//! The site as authenticators know it: the questions they are asked, and whether an answer fits (WebAuthn level 3).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use portico_contract::passkey::{NewPasskey, PasskeyAssertion, PasskeyUser};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::{Host, Url};
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Webauthn, WebauthnBuilder,
};
use webauthn_rs_proto::{
    AuthenticatorAssertionResponseRaw, AuthenticatorAttestationResponseRaw, AuthenticatorTransport,
};

use crate::domain::failure::Failure;
use crate::domain::site::{Site, is_loopback};
use crate::store::UserRow;

/// What passkeys are made for.
pub(crate) struct RelyingParty {
    webauthn: Webauthn,
    domain: String,
    site: String,
}

/// A question, and what is needed to judge the answer.
pub(super) struct Question {
    pub(super) challenge: String,
    pub(super) state: String,
}

/// A question that a new passkey answers.
pub(super) struct Making {
    pub(super) question: Question,
    pub(super) user: PasskeyUser,
    pub(super) algorithms: Vec<i64>,
}

/// `bytes` as they travel.
pub(super) fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// The account that `handle` names.
pub(super) fn account(handle: &str) -> Option<Uuid> {
    Uuid::from_slice(&decoded(handle)?).ok()
}

fn written(state: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(state).map_err(Failure::internal)
}

fn read<T: DeserializeOwned>(state: &str) -> Result<T, Failure> {
    serde_json::from_str(state).map_err(Failure::internal)
}

/// The domain of passkeys made at `url`, and the origin they are shown at. There are none for a bare address; this machine
/// has a name.
fn place(url: &Url) -> Option<(String, Url)> {
    let host = url.host()?;
    if let Host::Domain(name) = host {
        return Some((name.to_owned(), url.clone()));
    }
    if !is_loopback(&host) {
        return None;
    }
    let mut url = url.clone();
    url.set_host(Some("localhost")).ok()?;
    Some(("localhost".to_owned(), url))
}

impl RelyingParty {
    /// The one of `site`, if its address is one that passkeys can be made for.
    pub(crate) fn of(site: &Site) -> Result<Option<Self>, Failure> {
        let url = Url::parse(&site.page("/")).map_err(Failure::internal)?;
        let Some((domain, origin)) = place(&url) else {
            return Ok(None);
        };
        let webauthn = WebauthnBuilder::new(&domain, &origin)
            .map(|builder| builder.rp_name(&site.product))
            .and_then(WebauthnBuilder::build)
            .map_err(Failure::internal)?;
        Ok(Some(Self {
            webauthn,
            domain,
            site: site.product.clone(),
        }))
    }

    /// The domain that passkeys are made for.
    pub(super) fn domain(&self) -> &str {
        &self.domain
    }

    /// What the site is called.
    pub(super) fn site(&self) -> &str {
        &self.site
    }

    /// Asks for any passkey.
    pub(super) fn ask(&self) -> Result<Question, Failure> {
        let (request, state) = self
            .webauthn
            .start_discoverable_authentication()
            .map_err(Failure::internal)?;
        Ok(Question {
            challenge: encoded(&request.public_key.challenge),
            state: written(&state)?,
        })
    }

    /// What `passkey` says to the question of `state`; nothing where the answer does not fit.
    pub(super) fn shown(
        &self,
        answer: &PasskeyAssertion,
        state: &str,
        passkey: &Passkey,
    ) -> Result<Option<AuthenticationResult>, Failure> {
        let state: DiscoverableAuthentication = read(state)?;
        let Some(answer) = assertion(answer) else {
            return Ok(None);
        };
        let key = DiscoverableKey::from(passkey);
        match self
            .webauthn
            .finish_discoverable_authentication_v2(&answer, state, &key)
        {
            Ok(result) => Ok(Some(result)),
            Err(error) => {
                // Among them a counter that went back: two authenticators have the key.
                tracing::warn!(event = "passkey", reason = %error, "a passkey was refused");
                Ok(None)
            }
        }
    }

    /// Asks for a new passkey of `user`, from an authenticator that has none of `existing`.
    pub(super) fn ask_to_make(&self, user: &UserRow, existing: &[Passkey]) -> Result<Making, Failure> {
        let excluded = existing.iter().map(|passkey| passkey.cred_id().clone()).collect();
        let (creation, state) = self
            .webauthn
            .start_passkey_registration(user.id, &user.email, &user.name, Some(excluded))
            .map_err(Failure::internal)?;
        let asked = creation.public_key;
        Ok(Making {
            question: Question {
                challenge: encoded(&asked.challenge),
                state: written(&state)?,
            },
            user: PasskeyUser {
                handle: encoded(&asked.user.id),
                name: asked.user.name,
                display_name: asked.user.display_name,
            },
            algorithms: asked.pub_key_cred_params.iter().map(|it| it.alg).collect(),
        })
    }

    /// The passkey that answers the question of `state`; nothing where the answer does not fit.
    pub(super) fn made(&self, answer: &NewPasskey, state: &str) -> Result<Option<Passkey>, Failure> {
        let state: PasskeyRegistration = read(state)?;
        let Some(answer) = attestation(answer) else {
            return Ok(None);
        };
        match self.webauthn.finish_passkey_registration(&answer, &state) {
            Ok(passkey) => Ok(Some(passkey)),
            Err(error) => {
                tracing::warn!(event = "passkey", reason = %error, "a new passkey was refused");
                Ok(None)
            }
        }
    }
}

const KIND: &str = "public-key";

fn assertion(answer: &PasskeyAssertion) -> Option<PublicKeyCredential> {
    Some(PublicKeyCredential {
        id: answer.credential.clone(),
        raw_id: decoded(&answer.credential)?,
        response: AuthenticatorAssertionResponseRaw {
            authenticator_data: decoded(&answer.authenticator_data)?,
            client_data_json: decoded(&answer.client_data)?,
            signature: decoded(&answer.signature)?,
            user_handle: match &answer.user_handle {
                Some(handle) => Some(decoded(handle)?),
                None => None,
            },
        },
        extensions: webauthn_rs_proto::AuthenticationExtensionsClientOutputs::default(),
        type_: KIND.to_owned(),
    })
}

fn attestation(answer: &NewPasskey) -> Option<RegisterPublicKeyCredential> {
    let transports = answer.transports.iter();
    let transports: Vec<AuthenticatorTransport> = transports.filter_map(|name| name.parse().ok()).collect();
    Some(RegisterPublicKeyCredential {
        id: answer.credential.clone(),
        raw_id: decoded(&answer.credential)?,
        response: AuthenticatorAttestationResponseRaw {
            attestation_object: decoded(&answer.attestation)?,
            client_data_json: decoded(&answer.client_data)?,
            transports: Some(transports).filter(|names| !names.is_empty()),
        },
        type_: KIND.to_owned(),
        extensions: webauthn_rs_proto::RegistrationExtensionsClientOutputs::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Option<(String, String)> {
        let (domain, origin) = place(&Url::parse(url).unwrap())?;
        Some((domain, origin.to_string()))
    }

    #[test]
    fn passkeys_are_made_for_names() {
        let named = |domain: &str, origin: &str| Some((domain.to_owned(), origin.to_owned()));
        assert_eq!(
            of("https://crm.acme.example/"),
            named("crm.acme.example", "https://crm.acme.example/")
        );
        assert_eq!(
            of("http://127.0.0.1:8080/"),
            named("localhost", "http://localhost:8080/")
        );
        assert_eq!(
            of("http://[::1]:8080/"),
            named("localhost", "http://localhost:8080/")
        );
        assert_eq!(of("https://192.0.2.7/"), None);
    }

    #[test]
    fn an_account_is_named_by_its_bytes() {
        let id = Uuid::from_u128(7);
        assert_eq!(account(&encoded(id.as_bytes())), Some(id));
        assert_eq!(account("AAAA"), None);
        assert_eq!(account("=?"), None);
    }
}

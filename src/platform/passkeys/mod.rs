//! Passkeys (Web Authentication, level 3): asking the browser for one, having one made, and telling it which ones count.
//!
//! Called by name, because what a browser has of it differs. Bytes are base64url without padding on this side and buffers
//! on the browser's. One ceremony runs at a time: the next one ends the one before.

mod rules;

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::base64url::{decode, encode};
use super::task;

pub use rules::Fault;

/// What an authenticator is asked to sign.
pub struct Question {
    /// What is to be signed.
    pub challenge: String,
    /// The domain that the passkey is for.
    pub domain: String,
    /// The passkeys that may answer; empty for any of the domain.
    pub allowed: Vec<String>,
    /// Seconds until the question is too old.
    pub seconds: u32,
}

/// How the browser asks the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mediation {
    /// At once, in a dialog of its own.
    Dialog,
    /// Among what it offers for a field whose `autocomplete` ends with `webauthn`.
    Autofill,
}

/// What an authenticator says to a [`Question`].
pub struct Answer {
    /// Which passkey it is.
    pub credential: String,
    /// What the browser says about the question.
    pub client_data: String,
    /// What the authenticator says about itself.
    pub authenticator_data: String,
    /// Its signature over both.
    pub signature: String,
    /// Whose passkey it is, if it says so.
    pub user_handle: Option<String>,
}

/// What an authenticator is to make a passkey from.
pub struct Wish {
    /// What the answer has to repeat.
    pub challenge: String,
    /// The domain that the passkey is for.
    pub domain: String,
    /// What the site is called.
    pub site: String,
    /// The person's account.
    pub handle: String,
    /// What they sign in with.
    pub name: String,
    /// What they are called.
    pub display_name: String,
    /// The algorithms that are understood, the best first.
    pub algorithms: Vec<i64>,
    /// Passkeys that the person has: an authenticator with one of them makes no other.
    pub excluded: Vec<String>,
    /// Seconds until the question is too old.
    pub seconds: u32,
}

/// A passkey as it was made.
pub struct Made {
    /// Which passkey it is.
    pub credential: String,
    /// What the browser says about the question.
    pub client_data: String,
    /// The key, and what the authenticator says about itself.
    pub attestation: String,
    /// The ways to reach the authenticator, as far as they are known.
    pub transports: Vec<String>,
}

thread_local! {
    /// What ends the ceremony that runs.
    static RUNNING: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// A ceremony that runs as long as this value lives.
struct Ceremony(Option<AbortController>);

impl Ceremony {
    fn begin() -> Self {
        stop();
        let own = AbortController::new().ok();
        RUNNING.set(own.clone());
        Self(own)
    }
}

impl Drop for Ceremony {
    fn drop(&mut self) {
        RUNNING.with_borrow_mut(|running| {
            if *running == self.0 {
                *running = None;
            }
        });
        if let Some(own) = &self.0 {
            own.abort();
        }
    }
}

/// Ends the ceremony that runs, if one does.
pub fn stop() {
    if let Some(running) = RUNNING.take() {
        running.abort();
    }
}

/// Whether this browser could use a passkey at this page's address: it knows them, and the address has a name. No browser
/// uses one at an address of numbers.
pub fn is_possible() -> bool {
    class().is_some() && credentials().is_some() && !rules::is_of_numbers(&host())
}

/// Whether passkeys for `domain` work at this page's address.
pub fn fits(domain: &str) -> bool {
    rules::is_within(&host(), domain)
}

/// Whether the browser offers passkeys for a field.
pub async fn has_autofill() -> bool {
    let Some(class) = class() else { return false };
    let asked = function(&class, "isConditionalMediationAvailable").and_then(|ask| ask.call0(&class).ok());
    let Some(Ok(asked)) = asked.map(JsCast::dyn_into::<Promise>) else {
        return false;
    };
    JsFuture::from(asked)
        .await
        .is_ok_and(|is_there| is_there.is_truthy())
}

/// Asks for a passkey. Dropping the future ends it.
pub async fn get(question: &Question, mediation: Mediation) -> Result<Answer, Fault> {
    let public_key = object(&[
        ("challenge", bytes(&question.challenge)?),
        ("rpId", question.domain.as_str().into()),
        ("allowCredentials", descriptors(&question.allowed)?),
        ("userVerification", "required".into()),
        ("timeout", milliseconds(question.seconds)),
    ]);
    let credential = run("get", public_key, mediation).await?;
    let response = value(&credential, "response");
    Ok(Answer {
        credential: text(&credential, "id")?,
        client_data: buffer(&response, "clientDataJSON")?,
        authenticator_data: buffer(&response, "authenticatorData")?,
        signature: buffer(&response, "signature")?,
        user_handle: buffer(&response, "userHandle").ok(),
    })
}

/// Has a passkey made that is found without a name. Dropping the future ends it.
pub async fn create(wish: &Wish) -> Result<Made, Fault> {
    let site = object(&[
        ("id", wish.domain.as_str().into()),
        ("name", wish.site.as_str().into()),
    ]);
    let user = object(&[
        ("id", bytes(&wish.handle)?),
        ("name", wish.name.as_str().into()),
        ("displayName", wish.display_name.as_str().into()),
    ]);
    let selection = object(&[
        ("residentKey", "required".into()),
        // The same for browsers that only know the older word.
        ("requireResidentKey", true.into()),
        ("userVerification", "required".into()),
    ]);
    let public_key = object(&[
        ("challenge", bytes(&wish.challenge)?),
        ("rp", site),
        ("user", user),
        ("pubKeyCredParams", algorithms(&wish.algorithms)),
        ("excludeCredentials", descriptors(&wish.excluded)?),
        ("authenticatorSelection", selection),
        ("attestation", "none".into()),
        ("timeout", milliseconds(wish.seconds)),
    ]);
    let credential = run("create", public_key, Mediation::Dialog).await?;
    let response = value(&credential, "response");
    Ok(Made {
        credential: text(&credential, "id")?,
        client_data: buffer(&response, "clientDataJSON")?,
        attestation: buffer(&response, "attestationObject")?,
        transports: transports(&response),
    })
}

/// Tells the browser that `credential` is nobody's, so that it does not offer it again.
pub fn signal_unknown(domain: &str, credential: &str) {
    let about = [("rpId", domain.into()), ("credentialId", credential.into())];
    signal("signalUnknownCredential", &object(&about));
}

/// Tells the browser which passkeys of the person `handle` count: it may forget the others.
pub fn signal_accepted(domain: &str, handle: &str, credentials: &[String]) {
    let credentials: Array = credentials.iter().map(|id| JsValue::from_str(id)).collect();
    let about = [
        ("rpId", domain.into()),
        ("userId", handle.into()),
        ("allAcceptedCredentialIds", credentials.into()),
    ];
    signal("signalAllAcceptedCredentials", &object(&about));
}

/// Not every browser listens, and none has to.
fn signal(name: &str, about: &JsValue) {
    let Some(class) = class() else { return };
    let told = function(&class, name).and_then(|tell| tell.call1(&class, about).ok());
    if let Some(Ok(told)) = told.map(JsCast::dyn_into::<Promise>) {
        task::detached(async move {
            let _ = JsFuture::from(told).await;
        });
    }
}

async fn run(method: &'static str, public_key: JsValue, mediation: Mediation) -> Result<JsValue, Fault> {
    let ceremony = Ceremony::begin();
    let credentials = credentials().ok_or(Fault::Unfit)?;
    let ask = function(&credentials, method).ok_or(Fault::Unfit)?;
    let mut options = vec![("publicKey", public_key)];
    options.extend(ceremony.0.as_ref().map(|own| ("signal", own.signal().into())));
    if mediation == Mediation::Autofill {
        options.push(("mediation", "conditional".into()));
    }
    let fault = |error: JsValue| {
        let name = value(&error, "name").as_string().unwrap_or_default();
        rules::fault(&name)
    };
    let begun = ask.call1(&credentials, &object(&options)).map_err(fault)?;
    let begun: Promise = begun.dyn_into().map_err(|_| Fault::Failed)?;
    JsFuture::from(begun).await.map_err(fault)
}

/// The name that this page's address counts as.
fn host() -> String {
    let document = super::window().document();
    document
        .map(|document| value(&document, "domain"))
        .and_then(|domain| domain.as_string())
        .unwrap_or_default()
}

/// `PublicKeyCredential`, where the browser has it.
fn class() -> Option<JsValue> {
    Some(value(&super::window(), "PublicKeyCredential")).filter(JsValue::is_function)
}

/// `navigator.credentials`, where the browser has it.
fn credentials() -> Option<JsValue> {
    Some(value(&super::window().navigator(), "credentials")).filter(JsValue::is_object)
}

fn value(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or_default()
}

fn function(of: &JsValue, name: &str) -> Option<Function> {
    value(of, name).dyn_into().ok()
}

fn text(of: &JsValue, name: &str) -> Result<String, Fault> {
    value(of, name).as_string().ok_or(Fault::Failed)
}

fn buffer(of: &JsValue, name: &str) -> Result<String, Fault> {
    let buffer = value(of, name);
    if !buffer.is_object() {
        return Err(Fault::Failed);
    }
    Ok(encode(&Uint8Array::new(&buffer).to_vec()))
}

fn transports(response: &JsValue) -> Vec<String> {
    let known = function(response, "getTransports").and_then(|ask| ask.call0(response).ok());
    let known = known.filter(Array::is_array);
    known
        .map(|known| {
            Array::from(&known)
                .iter()
                .filter_map(|name| name.as_string())
                .collect()
        })
        .unwrap_or_default()
}

fn bytes(text: &str) -> Result<JsValue, Fault> {
    let bytes = decode(text).ok_or(Fault::Failed)?;
    Ok(Uint8Array::from(bytes.as_slice()).into())
}

fn descriptors(credentials: &[String]) -> Result<JsValue, Fault> {
    let one = |id: &String| Ok(object(&[("type", PUBLIC_KEY.into()), ("id", bytes(id)?)]));
    Ok(credentials
        .iter()
        .map(one)
        .collect::<Result<Array, Fault>>()?
        .into())
}

fn algorithms(known: &[i64]) -> JsValue {
    #[expect(clippy::cast_precision_loss, reason = "numbers of COSE are small")]
    let one = |number: &i64| object(&[("type", PUBLIC_KEY.into()), ("alg", (*number as f64).into())]);
    known.iter().map(one).collect::<Array>().into()
}

/// The only type of credential there is.
const PUBLIC_KEY: &str = "public-key";

fn milliseconds(seconds: u32) -> JsValue {
    seconds.saturating_mul(1_000).into()
}

fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries {
        // A new object takes any property.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

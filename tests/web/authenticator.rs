//! What a person has in a test to show passkeys with: a browser that asks, and fingers that do or do not.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// In place of the browser's own, at an address with a name.
const BROWSER: &str = "
    const asked = [], told = [], known = globalThis.PublicKeyCredential;
    const ask = (way) => (options) => new Promise((resolve, reject) => {
        const { publicKey, mediation, signal } = options;
        const question = { way: mediation ?? way, domain: publicKey.rpId ?? publicKey.rp.id, state: 'open' };
        const end = (state, settle) => { if (question.state === 'open') { question.state = state; settle(); } };
        question.fail = (name) => end(name, () => reject(new DOMException('', name)));
        question.answer = (credential) => end('answered', () => resolve(credential));
        signal.addEventListener('abort', () => question.fail('AbortError'));
        asked.push(question);
    });
    const bytes = (...values) => Uint8Array.from(values).buffer;
    const put = (object, name, value) => Object.defineProperty(object, name, { value, configurable: true });
    put(document, 'domain', 'localhost');
    put(navigator, 'credentials', { get: ask('get'), create: ask('create') });
    globalThis.PublicKeyCredential = Object.assign(function () {}, {
        isConditionalMediationAvailable: async () => true,
        signalUnknownCredential: async (about) => { told.push('unknown ' + about.credentialId); },
        signalAllAcceptedCredentials: async (about) => { told.push('accepted ' + about.allAcceptedCredentialIds.join()); },
    });
    const last = () => asked.at(-1);
    return {
        asked: () => asked.map(({ way, state }) => way + ' ' + state),
        told: () => told,
        fail: (name) => last().fail(name),
        show: () => last().answer({ id: 'AQID', response: {
            clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(251, 255), userHandle: null,
        } }),
        make: () => last().answer({ id: 'AQID', response: {
            clientDataJSON: bytes(1), attestationObject: bytes(2), getTransports: () => ['internal'],
        } }),
        stop: () => {
            delete document.domain;
            delete navigator.credentials;
            globalThis.PublicKeyCredential = known;
        },
    };
";

/// The domain that the page of a test belongs to while there is one.
pub(crate) const DOMAIN: &str = "localhost";

/// It is there as long as it lives.
pub(crate) struct Authenticator(JsValue);

impl Authenticator {
    /// Nobody asks yet.
    pub(crate) fn start() -> Self {
        Self(Function::new_no_args(BROWSER).call0(&JsValue::NULL).unwrap())
    }

    fn call(&self, name: &str, arguments: &Array) -> JsValue {
        let function: Function = Reflect::get(&self.0, &name.into()).unwrap().unchecked_into();
        function.apply(&self.0, arguments).unwrap()
    }

    fn list(&self, name: &str) -> Vec<String> {
        let list: Array = self.call(name, &Array::new()).unchecked_into();
        list.iter().map(|one| one.as_string().unwrap()).collect()
    }

    /// What was asked, in order: the way and what became of it.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.list("asked")
    }

    /// What the browser was told.
    pub(crate) fn told(&self) -> Vec<String> {
        self.list("told")
    }

    /// The person leaves the last question.
    pub(crate) fn leave(&self) {
        self.call("fail", &Array::of1(&"NotAllowedError".into()));
    }

    /// The person shows a passkey.
    pub(crate) fn show(&self) {
        self.call("show", &Array::new());
    }

    /// The person has one made.
    pub(crate) fn make(&self) {
        self.call("make", &Array::new());
    }
}

impl Drop for Authenticator {
    fn drop(&mut self) {
        self.call("stop", &Array::new());
    }
}

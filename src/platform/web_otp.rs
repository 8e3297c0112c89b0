//! Reading a code off a text message for the person who waits for it (`WebOTP`).
//!
//! Called by name: few browsers have it, and none has to. What goes wrong is nobody's matter, for the code can be typed.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

/// The code of the next message that is meant for this site, once it is here and the person agrees. Dropping the future
/// ends it.
pub async fn receive() -> Option<String> {
    let window = super::window();
    if !Reflect::has(&window, &"OTPCredential".into()).unwrap_or_default() {
        return None;
    }
    let listening = Listening(AbortController::new().ok()?);
    let credentials = value(&window.navigator(), "credentials");
    let get: Function = value(&credentials, "get").dyn_into().ok()?;
    let otp = object("transport", &Array::of1(&"sms".into()));
    let options = object("otp", &otp);
    Reflect::set(&options, &"signal".into(), &listening.0.signal()).ok()?;
    let begun: Promise = get.call1(&credentials, &options).ok()?.dyn_into().ok()?;
    let credential = JsFuture::from(begun).await.ok()?;
    value(&credential, "code").as_string()
}

/// Waiting for a message, as long as this value lives.
struct Listening(AbortController);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn value(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

fn object(name: &str, value: &JsValue) -> Object {
    let object = Object::new();
    // A new object takes any property.
    let _ = Reflect::set(&object, &name.into(), value);
    object
}

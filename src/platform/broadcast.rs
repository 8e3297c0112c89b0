//! Words between the tabs of one browser. Never a token: anything here can be heard by any script of the origin.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel that is open as long as this value lives.
pub struct Channel {
    channel: BroadcastChannel,
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Opens `name`. `heard` gets every message of another tab that has the shape of `M`; all else is ignored.
    pub fn open<M: for<'de> Deserialize<'de> + 'static>(
        name: &str,
        heard: impl Fn(M) + 'static,
    ) -> Option<Rc<Self>> {
        let channel = BroadcastChannel::new(name).ok()?;
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let message = event
                .data()
                .as_string()
                .and_then(|json| serde_json::from_str(&json).ok());
            if let Some(message) = message {
                heard(message);
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Some(Rc::new(Self {
            channel,
            _listener: listener,
        }))
    }

    /// Tells the other tabs.
    pub fn tell<M: Serialize>(&self, message: &M) {
        if let Ok(json) = serde_json::to_string(message) {
            // Fails only on a closed channel, and this one is open.
            let _ = self.channel.post_message(&JsValue::from_str(&json));
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

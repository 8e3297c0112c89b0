//! Running futures. The only place that spawns.

use std::future::Future;
use std::pin::Pin;

use js_sys::Promise;
use leptos::prelude::*;
use leptos::task;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A future without its type: the machinery around a spawned future is compiled once instead of once for each.
type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Runs `future` until it ends, or until the component or effect that started it is cleaned up. For reads: an answer
/// that nobody waits for any more is dropped, and its request with it.
pub fn scoped(future: impl Future<Output = ()> + 'static) {
    let future: Task = Box::pin(future);
    task::spawn_local_scoped_with_cancellation(future);
}

/// Runs `future` to its end whatever happens to the screen. For writes, which must not be lost when a person goes on.
/// It must not read signals of a screen, only try to set them.
pub fn detached(future: impl Future<Output = ()> + 'static) {
    let future: Task = Box::pin(future);
    task::spawn_local(future);
}

/// Waits until `signal` says yes. Inside of [`scoped`] only: what looks at the signal goes with the screen.
pub async fn until(signal: Signal<bool>) {
    let mut looking = None;
    let yes = Promise::new(&mut |resolve, _| {
        looking = Some(Effect::new(move |_| {
            if signal.get() {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            }
        }));
    });
    let _ = JsFuture::from(yes).await;
    if let Some(looking) = looking {
        looking.dispose();
    }
}

//! Web Locks: one tab at a time. Called by name because `web-sys` still guards them with a compiler flag.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Runs `work` while holding the lock `name`. A browser without Web Locks, or one that refuses the lock, runs it at
/// once. The backend's grace rule makes that safe: two tabs that refresh at the same moment get the same answer.
pub async fn hold<T: 'static>(name: &str, work: impl Future<Output = T> + 'static) -> T {
    let work: Slot<_> = Rc::new(RefCell::new(Some(Box::pin(work))));
    let result = Rc::new(RefCell::new(None));
    if let Some(granted) = request(name, &on_granted(&work, &result)) {
        // It settles when the callback's promise does; a rejection means that the lock was never granted.
        let _ = JsFuture::from(granted).await;
    }
    if let Some(result) = result.take() {
        return result;
    }
    let unstarted = work.take();
    match unstarted {
        Some(work) => work.await,
        // The lock was granted and broken in the middle of the work: the page is going away.
        None => std::future::pending().await,
    }
}

type Slot<F> = Rc<RefCell<Option<F>>>;

/// The callback for the lock manager: does the work and leaves its result.
fn on_granted<T: 'static, F: Future<Output = T> + 'static>(work: &Slot<F>, result: &Slot<T>) -> JsValue {
    let (work, result) = (Rc::clone(work), Rc::clone(result));
    Closure::once_into_js(move |_lock: JsValue| -> JsValue {
        let Some(work) = work.take() else {
            return JsValue::UNDEFINED;
        };
        let done = async move {
            let value = work.await;
            *result.borrow_mut() = Some(value);
            Ok(JsValue::UNDEFINED)
        };
        future_to_promise(done).into()
    })
}

fn request(name: &str, callback: &JsValue) -> Option<Promise> {
    let navigator = super::window().navigator();
    let locks = Reflect::get(&navigator, &JsValue::from_str("locks")).ok()?;
    let request: Function = Reflect::get(&locks, &JsValue::from_str("request"))
        .ok()?
        .dyn_into()
        .ok()?;
    request
        .call2(&locks, &JsValue::from_str(name), callback)
        .ok()?
        .dyn_into()
        .ok()
}

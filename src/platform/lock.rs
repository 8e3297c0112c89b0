//! Web Locks: what the tabs of a browser may not do at the same time. Called by name because `web-sys` still guards them with a compiler flag.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{AbortController, AbortSignal};

/// Who may hold a lock at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Nobody else.
    Exclusive,
    /// Whoever shares it as well.
    Shared,
}

impl Mode {
    const fn name(self) -> &'static str {
        match self {
            Self::Exclusive => "exclusive",
            Self::Shared => "shared",
        }
    }
}

/// Runs `work` while holding the lock `name`. A browser without Web Locks, or one that refuses the lock, runs it at
/// once: nobody may rely on a lock for what must not happen, only the backend can see to that.
pub async fn hold<T: 'static>(name: &str, mode: Mode, work: impl Future<Output = T> + 'static) -> T {
    hold_unless(None, name, mode, work).await
}

/// Waits until nobody holds the lock `name`. Who stops waiting leaves the queue: those behind must not wait for nobody.
pub async fn free(name: &str) {
    let place = Place(AbortController::new().ok());
    let left = place.0.as_ref().map(AbortController::signal);
    hold_unless(left, name, Mode::Exclusive, std::future::ready(())).await;
}

/// A place in the queue for a lock, until it is dropped.
struct Place(Option<AbortController>);

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Holds the lock `name`, unless `left` says before that the queue is left.
async fn hold_unless<T: 'static>(
    left: Option<AbortSignal>,
    name: &str,
    mode: Mode,
    work: impl Future<Output = T> + 'static,
) -> T {
    let work: Slot<_> = Rc::new(RefCell::new(Some(Box::pin(work))));
    let result = Rc::new(RefCell::new(None));
    if let Some(granted) = request(name, mode, left.as_ref(), &on_granted(&work, &result)) {
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

fn request(name: &str, mode: Mode, left: Option<&AbortSignal>, callback: &JsValue) -> Option<Promise> {
    let navigator = super::window().navigator();
    let locks = Reflect::get(&navigator, &JsValue::from_str("locks")).ok()?;
    let request: Function = Reflect::get(&locks, &JsValue::from_str("request"))
        .ok()?
        .dyn_into()
        .ok()?;
    let options = Object::new();
    Reflect::set(
        &options,
        &JsValue::from_str("mode"),
        &JsValue::from_str(mode.name()),
    )
    .ok()?;
    if let Some(left) = left {
        Reflect::set(&options, &JsValue::from_str("signal"), left).ok()?;
    }
    request
        .call3(&locks, &JsValue::from_str(name), &options, callback)
        .ok()?
        .dyn_into()
        .ok()
}

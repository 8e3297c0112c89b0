//! The time.

use std::pin::pin;

use futures_util::future::{Either, select};
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Milliseconds since the Unix epoch, by this device's clock.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// Milliseconds since some moment of this page's life, by a clock that nobody sets.
pub fn elapsed_ms() -> f64 {
    super::window().performance().map_or_else(now_ms, |it| it.now())
}

/// Whole seconds until `until_ms`, by the clock of [`now_ms`].
pub fn seconds_until(until_ms: f64) -> u32 {
    seconds_between(now_ms(), until_ms)
}

fn seconds_between(now_ms: f64, until_ms: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most what the backend said, and not less than nothing"
    )]
    let seconds = ((until_ms - now_ms) / 1_000.0).ceil().max(0.0) as u32;
    seconds
}

/// Waits for `ms` milliseconds.
pub async fn sleep(ms: u32) {
    gloo_timers::future::TimeoutFuture::new(ms).await;
}

/// Waits for a moment in which the browser has nothing else to do.
pub async fn idle() {
    let moment = Promise::new(&mut |resolve, _| {
        // A browser that cannot tell, such as an older Safari, is taken to be idle.
        if super::window().request_idle_callback(&resolve).is_err() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    let _ = JsFuture::from(moment).await;
}

/// What `work` brings within `ms` milliseconds. Work that takes longer is dropped.
pub async fn within<T>(ms: u32, work: impl Future<Output = T>) -> Option<T> {
    match select(pin!(work), pin!(sleep(ms))).await {
        Either::Left((outcome, _)) => Some(outcome),
        Either::Right(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::seconds_between;

    #[test]
    fn a_wait_is_never_less_than_nothing() {
        assert_eq!(seconds_between(1_000.0, 2_500.0), 2);
        assert_eq!(seconds_between(2_500.0, 1_000.0), 0);
    }
}

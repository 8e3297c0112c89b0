//! The time.

/// Milliseconds since the Unix epoch, by this device's clock.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// Waits for `ms` milliseconds.
pub async fn sleep(ms: u32) {
    gloo_timers::future::TimeoutFuture::new(ms).await;
}

/// Today's date on this device's calendar, `YYYY-MM-DD`.
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    format!(
        "{:04}-{:02}-{:02}",
        now.get_full_year(),
        now.get_month() + 1,
        now.get_date()
    )
}

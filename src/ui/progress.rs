//! How far something is that takes its time.

use leptos::prelude::*;

use super::field::unique_id;
use crate::i18n::{format, use_i18n};

/// How far something is, in words and as a bar. Without a value it only says that it goes on.
#[component]
pub fn Progress(
    /// What is going on.
    #[prop(into)]
    label: Signal<String>,
    /// How much of it is done, from 0 to 1, if that is known.
    #[prop(optional, into)]
    value: MaybeProp<f64>,
    /// The same in words, such as "3 of 8"; percent if left out.
    #[prop(optional, into)]
    text: MaybeProp<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = unique_id("progress");
    let done = Memo::new(move |_| value.get().map(percent));
    let words = Memo::new(move |_| {
        let own = text.get();
        own.or_else(|| done.get().map(|done| format::percent(i18n.locale(), done)))
    });
    view! {
        <div class="progress">
            <div class="progress__words">
                <span id=id.clone()>{move || label.get()}</span>
                // The bar says it to screen readers.
                <span class="progress__value" aria-hidden="true">{move || words.get()}</span>
            </div>
            <progress
                class="progress__bar"
                max="100"
                value=move || done.get().map(|done| done.to_string())
                aria-labelledby=id
                aria-valuetext=move || words.get()
            ></progress>
        </div>
    }
}

/// Whole percent of a part; what is not between nothing and all of it is taken for the nearer of the two.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is between 0 and 100"
)]
fn percent(part: f64) -> u8 {
    // Down, so that all of it is said only of all of it. A number that is none becomes 0.
    (part.clamp(0.0, 1.0) * 100.0).floor() as u8
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn all_of_it_is_said_only_of_all_of_it() {
        assert_eq!(percent(0.999), 99);
        assert_eq!(percent(1.0), 100);
    }

    #[test]
    fn nonsense_stays_within_bounds() {
        assert_eq!(percent(-3.0), 0);
        assert_eq!(percent(7.0), 100);
        assert_eq!(percent(f64::NAN), 0);
    }
}

//! A point in time as people say it, with the exact one at hand.

use leptos::prelude::*;
use portico_contract::time::Timestamp;

use crate::i18n::{format, use_i18n};

/// "3 days ago"; the exact time on hover, and for screen readers in the `datetime` of the element.
#[component]
pub fn Moment(
    /// When.
    at: Timestamp,
) -> impl IntoView {
    let i18n = use_i18n();
    let exact = at.clone();
    let machine = at.as_str().to_owned();
    view! {
        <time datetime=machine title=move || format::date_time(i18n.locale(), &i18n.zone(), &exact)>
            {move || format::relative(i18n.locale(), &at)}
        </time>
    }
}

//! What happened, one thing below the other.

mod waiting;

pub use waiting::TimelineSkeleton;

use leptos::prelude::*;
use portico_contract::time::Timestamp;

use super::icon::IconName;
use super::moment::Moment;
use super::round_icon::RoundIcon;

/// A list of [`TimelineEntry`]s, newest first.
#[component]
pub fn Timeline(
    /// The entries.
    children: Children,
) -> impl IntoView {
    view! { <ol class="timeline">{children()}</ol> }
}

/// One thing that happened: what, who did it, when, and what there is to say about it.
#[component]
pub fn TimelineEntry(
    /// Shows of what kind it is; `what` says it.
    icon: IconName,
    /// What happened.
    #[prop(into)]
    what: Signal<String>,
    /// Who did it.
    #[prop(into)]
    who: Signal<String>,
    /// When.
    at: Timestamp,
    /// What there is to say about it, in lines of its own.
    #[prop(optional, into)]
    text: MaybeProp<String>,
    /// What it was about: a link.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let text = move || {
        let text = text.get().filter(|text| !text.is_empty());
        text.map(|text| view! { <p class="timeline__text">{text}</p> })
    };
    view! {
        <li class="timeline__item">
            <RoundIcon icon/>
            <div>
                <p class="timeline__head">
                    <strong>{move || what.get()}</strong>
                    <span>{move || who.get()}</span>
                    <Moment at/>
                    {children.map(|children| children())}
                </p>
                {text}
            </div>
        </li>
    }
}

//! What stands in for a timeline on its way.

use leptos::prelude::*;

use crate::ui::round_icon::RoundIcon;

/// Entries without words, in the shape of those that come. Shown only after 150 ms, as every skeleton is.
#[component]
pub fn TimelineSkeleton(
    /// How many entries.
    #[prop(default = 3)]
    entries: usize,
) -> impl IntoView {
    let entry = |_| {
        view! {
            <div class="timeline__item">
                <RoundIcon/>
                <div class="timeline__lines">
                    <span class="skeleton__line"></span>
                    <span class="skeleton__line"></span>
                </div>
            </div>
        }
    };
    let entries = (0..entries).map(entry).collect_view();
    view! { <div class="timeline skeleton" aria-hidden="true">{entries}</div> }
}

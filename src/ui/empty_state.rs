//! What a place says that has nothing in it.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// What belongs here and, as children, the one thing to do about it.
#[component]
pub fn EmptyState(
    /// Shows what belongs here.
    icon: IconName,
    /// What is missing.
    #[prop(into)]
    title: Signal<String>,
    /// What to do.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// The one action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let action = children.map(|children| view! { <div class="empty-state__action">{children()}</div> });
    view! {
        <div class="empty-state">
            <span class="empty-state__icon"><Icon name=icon/></span>
            <h2 class="empty-state__title">{move || title.get()}</h2>
            {move || hint.get().map(|hint| view! { <p class="empty-state__hint">{hint}</p> })}
            {action}
        </div>
    }
}

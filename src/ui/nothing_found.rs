//! What a list says that has no rows.

use leptos::prelude::*;

use super::button::{Button, ButtonVariant};
use super::empty_state::EmptyState;
use super::icon::IconName;

/// Why a list is empty, and the way out: nothing fits what narrows it, or there is nothing at all.
#[component]
pub fn NothingFound(
    /// Something narrows the list.
    #[prop(into)]
    narrow: Signal<bool>,
    /// That nothing was found, and what to try.
    nothing: (Signal<String>, Signal<String>),
    /// That there is nothing, and what will be here.
    empty: (Signal<String>, Signal<String>),
    /// The verb that takes away what narrows the list.
    #[prop(into)]
    clear: Signal<String>,
    /// The person wants it taken away.
    #[prop(into)]
    on_clear: Callback<()>,
) -> impl IntoView {
    let narrow = Memo::new(move |_| narrow.get());
    let text = move |narrowed: Signal<String>, all: Signal<String>| {
        Signal::derive(move || if narrow.get() { narrowed.get() } else { all.get() })
    };
    view! {
        <EmptyState icon=IconName::Search title=text(nothing.0, empty.0) hint=text(nothing.1, empty.1)>
            <Show when=move || narrow.get()>
                <Button variant=ButtonVariant::Secondary label=clear on_click=on_clear />
            </Show>
        </EmptyState>
    }
}

//! Tabs, by the pattern of the ARIA Authoring Practices: arrows move and choose at once.

use leptos::ev;
use leptos::prelude::*;

use super::field::unique_id;
use super::roving::{Step, step};
use crate::platform::document;

/// One tab.
#[derive(Clone, Copy, Debug)]
pub struct Tab {
    id: &'static str,
    label: Signal<String>,
}

impl Tab {
    /// A tab that is called `id` in `selected` and `label` on the screen.
    pub fn new(id: &'static str, label: impl Into<Signal<String>>) -> Self {
        Self {
            id,
            label: label.into(),
        }
    }
}

/// A row of tabs and the panel of the chosen one.
#[component]
pub fn Tabs<P>(
    /// What the tabs are about.
    #[prop(into)]
    label: Signal<String>,
    /// The tabs in order.
    tabs: Vec<Tab>,
    /// The id of the chosen one.
    #[prop(into)]
    selected: Signal<String>,
    /// The person chose.
    #[prop(into)]
    on_change: Callback<String>,
    /// Draws the panel of the tab with the given id.
    panel: P,
) -> impl IntoView
where
    P: Fn(String) -> AnyView + Send + Sync + 'static,
{
    let base = unique_id("tabs");
    let panel_id = format!("{base}-panel");
    let names: Vec<&'static str> = tabs.iter().map(|tab| tab.id).collect();
    let moved = {
        let base = base.clone();
        move |event: ev::KeyboardEvent| {
            let now = selected.with_untracked(|selected| names.iter().position(|name| name == selected));
            let Some(next) = Step::along(&event.key()).and_then(|towards| step(towards, now, names.len()))
            else {
                return;
            };
            event.prevent_default();
            on_change.run(names[next].to_owned());
            document::focus_id(&format!("{base}-{}", names[next]));
        }
    };
    let buttons = tabs
        .into_iter()
        .map(|tab| view! { <TabButton tab base=base.clone() panel=panel_id.clone() selected on_change/> })
        .collect_view();
    let labelled = move || format!("{base}-{}", selected.get());
    view! {
        <div class="tabs">
            <div class="tabs__list" role="tablist" aria-label=move || label.get() on:keydown=moved>{buttons}</div>
            <div class="tabs__panel" role="tabpanel" id=panel_id tabindex="0" aria-labelledby=labelled>
                {move || panel(selected.get())}
            </div>
        </div>
    }
}

#[component]
fn TabButton(
    tab: Tab,
    base: String,
    panel: String,
    selected: Signal<String>,
    on_change: Callback<String>,
) -> impl IntoView {
    let chosen = Memo::new(move |_| selected.with(|selected| selected == tab.id));
    view! {
        <button
            class="tabs__tab"
            type="button"
            role="tab"
            id=format!("{base}-{}", tab.id)
            aria-selected=move || chosen.get().to_string()
            aria-controls=move || chosen.get().then(|| panel.clone())
            tabindex=move || if chosen.get() { "0" } else { "-1" }
            on:click=move |_| on_change.run(tab.id.to_owned())
        >
            {move || tab.label.get()}
        </button>
    }
}

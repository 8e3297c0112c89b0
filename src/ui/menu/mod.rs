//! A button that opens a menu, by the pattern of the ARIA Authoring Practices.

mod entry;
mod popup;

pub use entry::{MenuChoice, MenuEntry};

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::field::unique_id;
use super::icon::{Icon, IconName};
use super::roving::Step;
use crate::platform::document;
use popup::{Closing, Popup};

/// Which edge of its button a menu keeps to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MenuAlign {
    /// The side where lines start.
    #[default]
    Start,
    /// The side where lines end.
    End,
}

/// A menu button. Arrows, Home, End and letters move, Enter and Space choose, Escape and Tab leave; a click elsewhere
/// closes. The focus comes back to the button, so what is chosen may move it on.
#[component]
pub fn Menu(
    /// The button's accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// What the menu offers. It is read when the menu opens.
    #[prop(into)]
    entries: Signal<Vec<MenuEntry>>,
    /// What the button shows; its words and a chevron if left out.
    #[prop(optional, into)]
    trigger: Option<ViewFn>,
    /// Which edge of the button the menu keeps to.
    #[prop(optional)]
    align: MenuAlign,
    /// It cannot be opened.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether the Tab key comes to it. If not, something else must lead there.
    #[prop(default = true)]
    in_tab_order: bool,
) -> impl IntoView {
    let id = unique_id("menu");
    let root = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    // Open, and where the focus starts.
    let open = RwSignal::new(None::<Step>);
    let close = Callback::new(move |closing: Closing| {
        if closing == Closing::BackToButton
            && let Some(button) = button.try_get_untracked().flatten()
        {
            document::focus_element(&button);
        }
        open.try_set(None);
    });
    let pressed = move |_| open.update(|open| *open = if open.is_some() { None } else { Some(Step::First) });
    let opened_by_key = move |event: ev::KeyboardEvent| {
        if let Some(start) = opening(&event.key()) {
            event.prevent_default();
            open.set(Some(start));
        }
    };
    // An element that is taken out of the page loses its focus too, when its signals are already gone.
    let left = move |event: ev::FocusEvent| {
        let root = root.try_get_untracked().flatten();
        let inside = root.is_some_and(|root| document::moves_within(&root, &event));
        let is_open = open.try_get_untracked().flatten().is_some();
        if is_open && !inside {
            close.run(Closing::Elsewhere);
        }
    };
    let menu_id = id.clone();
    let popup = move || {
        let start = open.get()?;
        let entries = entries.get_untracked();
        Some(view! { <Popup id=menu_id.clone() label entries start button align close/> })
    };
    view! {
        <div class="menu" node_ref=root on:focusout=left>
            <button
                node_ref=button
                class="menu__button"
                type="button"
                tabindex=(!in_tab_order).then_some("-1")
                aria-label=move || label.get()
                aria-haspopup="menu"
                aria-expanded=move || open.with(Option::is_some).to_string()
                aria-controls=move || open.with(Option::is_some).then(|| id.clone())
                disabled=move || disabled.get()
                // Some browsers take the focus away from the menu here, which would close it before the click that
                // is to close it, and that click would open it again.
                on:mousedown=move |event| if open.get_untracked().is_some() { event.prevent_default() }
                on:click=pressed
                on:keydown=opened_by_key
            >
                {match trigger {
                    Some(trigger) => trigger.run(),
                    None => view! { <span>{move || label.get()}</span> <Icon name=IconName::ChevronDown/> }.into_any(),
                }}
            </button>
            {popup}
        </div>
    }
}

/// Where the focus starts when `key` opens the menu. Enter and Space press the button by themselves.
fn opening(key: &str) -> Option<Step> {
    match key {
        "ArrowDown" => Some(Step::First),
        "ArrowUp" => Some(Step::Last),
        _ => None,
    }
}

//! The menu itself, which exists only while it is open.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::MenuAlign;
use super::entry::{MenuChoice, MenuEntry, MenuItem, Run, Target};
use crate::platform::{document, viewport};
use crate::ui::icon::{Icon, IconName};
use crate::ui::roving::{Step, named, step};

/// Where the focus goes when a menu closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    BackToButton,
    Elsewhere,
}

/// The open menu: shown above everything, near its button, with the focus on its first or last item.
#[component]
pub(super) fn Popup(
    id: String,
    label: Signal<String>,
    entries: Vec<MenuEntry>,
    start: Step,
    button: NodeRef<html::Button>,
    align: MenuAlign,
    close: Callback<Closing>,
) -> impl IntoView {
    let labels: Vec<String> = entries.iter().flat_map(MenuEntry::labels).collect();
    let active = RwSignal::new(step(start, None, labels.len()));
    let list = NodeRef::<html::Div>::new();
    list.on_load(move |list| {
        if let Some(button) = button.get_untracked() {
            viewport::float(&list, &button, align == MenuAlign::End);
        }
    });
    let prefix = id.clone();
    Effect::new(move |_| {
        if let Some(index) = active.get() {
            document::focus_id(&format!("{prefix}-{index}"));
        }
    });
    close_when_moved(close);
    let pressed = {
        let prefix = id.clone();
        move |event: ev::KeyboardEvent| key(&event, &prefix, &labels, active, close)
    };
    let items = items(&id, entries, close);
    view! {
        <div
            node_ref=list
            class="menu__list"
            role="menu"
            id=id
            popover="manual"
            aria-label=move || label.get()
            on:keydown=pressed
            // Keeps the focus in the menu in browsers that do not focus a pressed button, where losing it would close
            // the menu before the click.
            on:mousedown=|event| event.prevent_default()
        >
            {items}
        </div>
    }
}

/// A menu does not follow its button, so it closes when the page moves under it.
fn close_when_moved(close: Callback<Closing>) {
    let resized = window_event_listener(ev::resize, move |_| close.run(Closing::BackToButton));
    let turned = window_event_listener(ev::wheel, move |event| {
        if !document::inside(&event, "[role=menu]") {
            close.run(Closing::Elsewhere);
        }
    });
    on_cleanup(move || {
        resized.remove();
        turned.remove();
    });
}

/// What a key does in the open menu.
fn key(
    event: &ev::KeyboardEvent,
    prefix: &str,
    labels: &[String],
    active: RwSignal<Option<usize>>,
    close: Callback<Closing>,
) {
    let name = event.key();
    let now = active.get_untracked();
    let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key());
    let next = match Step::down(&name) {
        Some(towards) => step(towards, now, labels.len()),
        None if plain && name != " " && name.chars().count() == 1 => named(&name, now, labels),
        None => None,
    };
    match name.as_str() {
        "Escape" => close.run(Closing::BackToButton),
        // Not prevented: from the button the browser goes on to what follows it.
        "Tab" => return close.run(Closing::BackToButton),
        // A link does not take Space by itself.
        " " => {
            if let Some(now) = now {
                document::press_id(&format!("{prefix}-{now}"));
            }
        }
        _ if next.is_some() => active.set(next),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

fn items(id: &str, entries: Vec<MenuEntry>, close: Callback<Closing>) -> Vec<AnyView> {
    let mut index = 0;
    let mut next_id = move || {
        index += 1;
        format!("{id}-{}", index - 1)
    };
    entries
        .into_iter()
        .map(|entry| match entry {
            MenuEntry::Item(item) => view! { <Item id=next_id() item close/> }.into_any(),
            MenuEntry::Choices { label, choices } => {
                let heading = label.clone();
                let choices = choices
                    .into_iter()
                    .map(|choice| view! { <Choice id=next_id() choice close/> })
                    .collect_view();
                view! {
                    <div class="menu__group" role="group" aria-label=label>
                        <span class="menu__heading" aria-hidden="true">{heading}</span>
                        {choices}
                    </div>
                }
                .into_any()
            }
            MenuEntry::Heading(text) => {
                view! { <span class="menu__heading" role="presentation">{text}</span> }.into_any()
            }
            MenuEntry::Separator => view! { <hr class="menu__separator"/> }.into_any(),
        })
        .collect()
}

/// Closes the menu and does `run`, unless it is refused.
fn choose(run: &Run, refused: bool, close: Callback<Closing>) {
    if !refused {
        close.run(Closing::BackToButton);
        run();
    }
}

#[component]
fn Item(id: String, item: MenuItem, close: Callback<Closing>) -> impl IntoView {
    let MenuItem {
        label,
        target,
        icon,
        dangerous,
        refused,
    } = item;
    let refuses = refused.is_some();
    let tone = dangerous.then_some("danger");
    let disabled = refuses.then_some("true");
    let inside = view! {
        {icon.map(|icon| view! { <Icon name=icon/> })}
        <span class="menu__words">{label}{refused.map(|reason| view! { <span class="menu__reason">{reason}</span> })}</span>
    };
    match target {
        Target::Link(href) if !refuses => view! {
            <a
                class="menu__item"
                role="menuitem"
                tabindex="-1"
                id=id
                href=href
                data-tone=tone
                on:click=move |_| close.run(Closing::Elsewhere)
            >
                {inside}
            </a>
        }
        .into_any(),
        target => {
            let chosen = move |_| {
                if let Target::Action(run) = &target {
                    choose(run, refuses, close);
                }
            };
            view! {
                <button
                    class="menu__item"
                    type="button"
                    role="menuitem"
                    tabindex="-1"
                    id=id
                    data-tone=tone
                    aria-disabled=disabled
                    on:click=chosen
                >
                    {inside}
                </button>
            }
            .into_any()
        }
    }
}

#[component]
fn Choice(id: String, choice: MenuChoice, close: Callback<Closing>) -> impl IntoView {
    let MenuChoice {
        label,
        checked,
        refused,
        run,
    } = choice;
    let refuses = refused.is_some();
    view! {
        <button
            class="menu__item"
            type="button"
            role="menuitemradio"
            tabindex="-1"
            id=id
            aria-checked=checked.to_string()
            aria-disabled=refuses.then_some("true")
            on:click=move |_| choose(&run, refuses, close)
        >
            <span class="menu__check">{checked.then(|| view! { <Icon name=IconName::Check/> })}</span>
            <span class="menu__words">{label}{refused.map(|reason| view! { <span class="menu__reason">{reason}</span> })}</span>
        </button>
    }
}

//! The offers of a palette, in their groups.

use leptos::prelude::*;

use super::choice::Choice;
use super::highlight::pieces;
use super::item::{PaletteGroup, PaletteItem};
use crate::ui::icon::Icon;
use crate::ui::key_hint::KeyHint;

/// The id of the option with `key` in the list with `id`.
pub(super) fn option_id(id: &str, key: &str) -> String {
    format!("{id}{key}")
}

/// The offers.
#[component]
pub(super) fn List(
    id: String,
    label: Signal<String>,
    groups: Memo<Vec<PaletteGroup>>,
    query: Signal<String>,
    choice: Choice,
    on_choose: Callback<String>,
) -> impl IntoView {
    let prefix = id.clone();
    let drawn = move || {
        let groups = groups.get().into_iter().map(|PaletteGroup { label, items, .. }| {
            let heading = label.clone();
            let options = items
                .into_iter()
                .map(|item| view! { <Offer id=option_id(&prefix, &item.key) item query choice on_choose/> })
                .collect_view();
            view! {
                <div class="palette__group" role="group" aria-label=label>
                    <span class="palette__heading" aria-hidden="true">{heading}</span>
                    {options}
                </div>
            }
        });
        groups.collect_view()
    };
    view! {
        <div
            class="palette__list"
            role="listbox"
            id=id
            aria-label=move || label.get()
            // The focus stays in the field, from where the arrows go on.
            on:mousedown=|event| event.prevent_default()
        >
            {drawn}
        </div>
    }
}

#[component]
fn Offer(
    id: String,
    item: PaletteItem,
    query: Signal<String>,
    choice: Choice,
    on_choose: Callback<String>,
) -> impl IntoView {
    let PaletteItem {
        key,
        label,
        detail,
        icon,
        keys,
    } = item;
    let (pointed, chosen, known) = (key.clone(), key.clone(), key);
    let words = move || {
        let pieces = query.with(|query| pieces(&label, query)).into_iter();
        let drawn = pieces.map(|(found, piece)| {
            if found {
                view! { <mark class="palette__found">{piece}</mark> }.into_any()
            } else {
                piece.into_any()
            }
        });
        drawn.collect_view()
    };
    view! {
        <div
            class="palette__option"
            role="option"
            id=id
            aria-selected=move || choice.is_active(&known).to_string()
            // Not when it comes to lie under a pointer that rests: the arrows scroll the list.
            on:pointermove=move |_| choice.point(&pointed)
            on:click=move |_| on_choose.run(chosen.clone())
        >
            <Icon name=icon/>
            <span class="palette__words">
                <span class="palette__label">{words}</span>
                {detail.map(|detail| view! { <span class="palette__detail">{detail}</span> })}
            </span>
            {keys.map(|keys| view! { <span class="palette__keys" aria-hidden="true"><KeyHint keys/></span> })}
        </div>
    }
}

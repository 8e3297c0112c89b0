//! A field with everything below it that its words may mean: pages, things to do, records. By the combobox pattern of the
//! ARIA Authoring Practices: the focus stays in the field, the arrows go through the list.

mod choice;
mod highlight;
mod item;
mod list;

pub use item::{PaletteGroup, PaletteItem};

use leptos::ev;
use leptos::prelude::*;

use super::announcer::use_announcer;
use super::banner::{Banner, BannerAction};
use super::dialog::{Frame, Shape};
use super::empty_state::EmptyState;
use super::error_state::ErrorState;
use super::field::unique_id;
use super::icon::{Icon, IconName};
use super::roving::Step;
use super::skeleton::Skeleton;
use super::spoken::say_settled;
use super::tone::Tone;
use crate::i18n::explain::Explanation;
use crate::i18n::texts::{common, parts};
use crate::i18n::{t, use_i18n};
use crate::platform::{document, keyboard};
use choice::Choice;
use list::{List, option_id};

/// A palette, open as long as it is in the page. Arrows, Home and End move, Enter and a press choose, Escape leaves.
/// The first offer is always the one that Enter means, unless the person went to another.
#[component]
pub fn Palette(
    /// What it is; its name, and what stands in the empty field.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    #[prop(into)]
    value: Signal<String>,
    /// The person typed.
    #[prop(into)]
    on_input: Callback<String>,
    /// The most characters that may be typed.
    max_length: u32,
    /// What it offers for what is typed.
    #[prop(into)]
    groups: Signal<Vec<PaletteGroup>>,
    /// More may be on its way.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Why not all could be found.
    #[prop(optional, into)]
    problem: Signal<Option<Explanation>>,
    /// Looks again.
    #[prop(into)]
    on_retry: Callback<()>,
    /// The person chose the offer with this key.
    #[prop(into)]
    on_choose: Callback<String>,
    /// The person wants it closed.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let (groups, pending) = (
        Memo::new(move |_| groups.get()),
        Memo::new(move |_| pending.get()),
    );
    let pending = Signal::from(pending);
    let choice = Choice::new(groups, pending, on_choose);
    let count = Memo::new(move |_| groups.with(|groups| groups.iter().map(|group| group.items.len()).sum()));
    say_count(value, pending, problem, count);
    let id = unique_id("palette");
    let prefix = id.clone();
    Effect::new(move |_| {
        if let Some(key) = choice.active() {
            document::reveal_id(&option_id(&prefix, &key));
        }
    });
    let typed = move |event| {
        choice.restart();
        on_input.run(event_target_value(&event));
    };
    let (list_id, option_prefix) = (id.clone(), id.clone());
    let any = Memo::new(move |_| count.get() > 0);
    view! {
        <Frame
            shape=Shape::Finder
            title=label
            description=MaybeProp::default()
            dirty=Signal::stored(false)
            on_close
        >
            <div class="palette__line">
                <Icon name=IconName::Search/>
                <input
                    class="palette__field"
                    type="text"
                    role="combobox"
                    name="palette"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    enterkeyhint="go"
                    maxlength=max_length
                    aria-label=move || label.get()
                    aria-autocomplete="list"
                    aria-expanded=move || any.get().to_string()
                    aria-controls=move || any.get().then(|| list_id.clone())
                    aria-activedescendant=move || choice.active().map(|key| option_id(&option_prefix, &key))
                    placeholder=move || label.get()
                    prop:value=move || value.get()
                    on:input=typed
                    on:keydown=move |event| key(&event, choice, on_choose)
                />
            </div>
            <div class="palette__offers">
                {move || any.get().then(|| view! { <List id=id.clone() label groups query=value choice on_choose/> })}
                <State value pending problem any on_retry/>
            </div>
        </Frame>
    }
    .into_any()
}

/// What a key does in the field.
fn key(event: &ev::KeyboardEvent, choice: Choice, on_choose: Callback<String>) {
    let Some(press) = keyboard::pressed(event) else {
        return;
    };
    // With Shift, Home and End select what is typed.
    if press.command || press.alt || press.shift {
        return;
    }
    match (Step::down(&press.key), press.key.as_str()) {
        (Some(towards), _) => choice.go(towards),
        (None, "Enter") if !press.repeated => choice.enter(on_choose),
        _ => return,
    }
    event.prevent_default();
}

/// Tells screen readers how much there is to choose from, once it is known.
fn say_count(
    value: Signal<String>,
    pending: Signal<bool>,
    problem: Signal<Option<Explanation>>,
    count: Memo<usize>,
) {
    let i18n = use_i18n();
    say_settled(use_announcer(), move || {
        let known = !pending.get() && problem.with(Option::is_none) && !value.with(|it| it.trim().is_empty());
        known.then(|| match count.get() {
            0 => i18n.text(parts::PALETTE_NOTHING),
            count => i18n.message(&parts::palette_count(count as u64)),
        })
    });
}

/// What is not an offer: that more is on its way, that it could not be had, that there is none.
#[component]
fn State(
    value: Signal<String>,
    pending: Signal<bool>,
    problem: Signal<Option<Explanation>>,
    any: Memo<bool>,
    on_retry: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let nothing = move || {
        let hint = move || i18n.message(&parts::palette_nothing_hint(value.get().trim()));
        view! { <EmptyState icon=IconName::Search title=t(parts::PALETTE_NOTHING) hint=Signal::derive(hint)/> }
    };
    move || match (problem.get(), any.get()) {
        (Some(explanation), false) => {
            view! { <ErrorState explanation=Signal::stored(explanation) on_retry/> }.into_any()
        }
        (Some(explanation), true) => {
            let text = Signal::derive(move || i18n.message(&explanation.title));
            view! { <Banner tone=Tone::Warning text action=BannerAction::new(t(common::RETRY), on_retry)/> }
                .into_any()
        }
        (None, _) if pending.get() => view! { <Skeleton lines=3/> }.into_any(),
        (None, false) => nothing().into_any(),
        (None, true) => ().into_any(),
    }
}

//! The list of choices that drops down from a line of text: what fields with suggestions have in common, by the combobox
//! pattern of the ARIA Authoring Practices. The focus stays in the text; the list only tells which choice is meant.

mod matching;

pub(super) use matching::{is_same, matching};

use leptos::html;
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;

use super::icon::{Icon, IconName};
use super::roving::{Step, step};
use crate::platform::keyboard::Press;
use crate::platform::viewport;

/// What stands in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// What it is called.
    pub(super) words: String,
    /// It is chosen now.
    pub(super) current: bool,
}

/// What a key did to the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The key means nothing to the list.
    None,
    /// It was meant for the list and for nothing else.
    Taken,
    /// It chose.
    Chosen(usize),
}

/// A list of choices and its state.
#[derive(Clone, Copy)]
pub(super) struct Listbox {
    id: StoredValue<String>,
    choices: Memo<Vec<Choice>>,
    /// Said in place of choices that there are none. Without it the list just stays away.
    nothing: Signal<Option<String>>,
    wanted: RwSignal<bool>,
    meant: RwSignal<Option<usize>>,
}

impl Listbox {
    /// A closed list for the control with the id `control`.
    pub(super) fn new(control: &str, choices: Memo<Vec<Choice>>, nothing: Signal<Option<String>>) -> Self {
        Self {
            id: StoredValue::new(format!("{control}-list")),
            choices,
            nothing,
            wanted: RwSignal::new(false),
            meant: RwSignal::new(None),
        }
    }

    /// Opens it with nothing meant yet.
    pub(super) fn open(self) {
        self.meant.set(None);
        self.wanted.set(true);
    }

    /// Closes it.
    pub(super) fn close(self) {
        self.wanted.set(false);
        self.meant.set(None);
    }

    /// Whether it is to be seen, be it without a choice.
    pub(super) fn is_open(self) -> bool {
        self.wanted.get() && (self.has_choices() || self.nothing.with(Option::is_some))
    }

    fn has_choices(self) -> bool {
        self.choices.with(|choices| !choices.is_empty())
    }

    /// The choice that Enter would take.
    fn meant(self) -> Option<usize> {
        let count = self.choices.with(Vec::len);
        self.meant
            .get()
            .filter(|meant| self.wanted.get() && *meant < count)
    }

    fn option_id(self, index: usize) -> String {
        self.id.with_value(|id| format!("{id}-{index}"))
    }

    /// What `press` does.
    pub(super) fn key(self, press: &Press) -> Answer {
        if press.command || press.shift {
            return Answer::None;
        }
        let is_open = untrack(|| self.is_open());
        match press.key.as_str() {
            "ArrowDown" if press.alt => self.open(),
            "ArrowUp" if press.alt && is_open => self.close(),
            "ArrowDown" => self.move_on(Step::Next, is_open),
            "ArrowUp" if !press.alt => self.move_on(Step::Previous, is_open),
            "Enter" if is_open => return untrack(|| self.meant()).map_or(Answer::None, Answer::Chosen),
            "Escape" if is_open => self.close(),
            // They move in the text, which is meant from then on.
            "Home" | "End" | "ArrowLeft" | "ArrowRight" => {
                self.meant.set(None);
                return Answer::None;
            }
            _ => return Answer::None,
        }
        Answer::Taken
    }

    /// A step on; a list that was closed opens, at what is chosen now if it is there.
    fn move_on(self, towards: Step, is_open: bool) {
        let (count, current) = self.choices.with_untracked(|choices| {
            let current = choices.iter().position(|choice| choice.current);
            (choices.len(), current)
        });
        let next = match (is_open, current) {
            (false, Some(current)) => Some(current),
            _ => step(towards, untrack(|| self.meant()), count),
        };
        self.wanted.set(true);
        self.meant.set(next);
    }

    /// What the control says about the list. Nothing if it has none, which is known from the start.
    pub(super) fn attributes(self, exists: bool) -> impl Attribute + use<> {
        let expanded = move || self.is_open() && self.has_choices();
        view! {
            <{..}
                role=exists.then_some("combobox")
                aria-autocomplete=exists.then_some("list")
                aria-haspopup=exists.then_some("listbox")
                aria-expanded=move || exists.then(|| expanded().to_string())
                aria-controls=move || (exists && expanded()).then(|| self.id.get_value())
                aria-activedescendant=move || self.meant().map(|meant| self.option_id(meant))
            />
        }
    }

    /// The list below `anchor` while it is open.
    pub(super) fn view(
        self,
        label: Signal<String>,
        anchor: NodeRef<html::Div>,
        choose: Callback<usize>,
    ) -> impl Fn() -> Option<AnyView> {
        let is_open = Memo::new(move |_| self.is_open());
        move || {
            is_open
                .get()
                .then(|| view! { <Drop listbox=self label anchor choose/> }.into_any())
        }
    }
}

/// The open list.
#[component]
fn Drop(
    listbox: Listbox,
    label: Signal<String>,
    anchor: NodeRef<html::Div>,
    choose: Callback<usize>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    node.on_load(move |list| {
        viewport::show_above_all(&list);
        let watched = list.clone();
        let place = move || {
            if let Some(anchor) = anchor.try_get_untracked().flatten() {
                viewport::drop_down(&list, &anchor);
            }
        };
        place();
        viewport::on_resize(&watched, {
            let place = place.clone();
            move |_| place()
        });
        viewport::on_move(place);
    });
    Effect::new(move |_| {
        if let Some(meant) = listbox.meant() {
            viewport::reveal_id(&listbox.option_id(meant));
        }
    });
    let option = move |(index, choice): (usize, Choice)| {
        view! {
            <li
                class="listbox__option"
                role="option"
                id=listbox.option_id(index)
                aria-selected=move || (listbox.meant() == Some(index)).to_string()
                on:click=move |_| choose.run(index)
            >
                <span class="listbox__words">{choice.words}</span>
                {choice.current.then(|| view! { <Icon name=IconName::Check/> })}
            </li>
        }
    };
    let options = move || {
        let choices = listbox.choices.get();
        if choices.is_empty() {
            return view! { <p class="listbox__nothing">{move || listbox.nothing.get()}</p> }.into_any();
        }
        view! {
            <ul class="listbox__options" role="listbox" id=listbox.id.get_value() aria-label=move || label.get()>
                {choices.into_iter().enumerate().map(option).collect_view()}
            </ul>
        }
        .into_any()
    };
    view! {
        // A press in it must not take the focus from the text, which would close it before the click.
        <div node_ref=node class="listbox" popover="manual" on:mousedown=|event| event.prevent_default()>
            {options}
        </div>
    }
}

//! A field for words that people attach to a record.

mod held;
mod tags;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::announcer::Announcer;
use super::field::{Control, Field, FieldIds, left};
use super::icon::{Icon, IconName};
use super::listbox::{Answer, Choice, Listbox, is_same, matching};
use super::spoken::Spoken;
use crate::i18n::texts::parts;
use crate::i18n::{t, tm};
use crate::platform::{document, keyboard, native_input, viewport};
use held::Held;
use tags::Limits;

/// Tags with a button each that removes it, and a line of text for the next one. Enter, a comma or leaving the field
/// adds it, several when they are pasted; Backspace in the empty line marks the last tag and then removes it. What may
/// be meant is offered as in a [`Combobox`](super::Combobox).
#[component]
pub fn TagInput(
    /// What the tags are.
    #[prop(into)]
    label: Signal<String>,
    /// The tags.
    value: RwSignal<Vec<String>>,
    /// The field's name.
    #[prop(into)]
    name: String,
    /// Tags that are in use elsewhere.
    #[prop(optional, into)]
    suggestions: Option<Signal<Vec<String>>>,
    /// How many tags there may be.
    #[prop(optional)]
    limit: Option<u32>,
    /// How many characters a tag may have.
    #[prop(optional)]
    longest: Option<u32>,
    /// Helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with the tags.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// There must be one.
    #[prop(optional)]
    required: bool,
    /// It cannot be filled in.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The person left the field.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let announcer = Announcer::new();
    let limits = Limits {
        count: limit,
        length: longest,
    };
    let held = Held::new(announcer, value, limits);
    let error = Signal::derive(move || held.refused().or_else(|| error.get()));
    let offered = offered(suggestions, held);
    let choices = Memo::new(move |_| {
        let choice = |words: &String| Choice {
            words: words.clone(),
            current: false,
        };
        offered.with(|offered| offered.iter().map(choice).collect::<Vec<_>>())
    });
    let ids = FieldIds::new();
    let keys_id = format!("{}-keys", ids.control);
    let listbox = Listbox::new(&ids.control, choices, Signal::stored(None));
    let choose = Callback::new(move |index: usize| {
        if let Some(tag) = offered.with_untracked(|offered| offered.get(index).cloned()) {
            held.add_and_keep(&tag, "");
        }
        listbox.close();
    });
    let control = Control {
        ids: ids.clone(),
        name,
        hint,
        error,
        required,
        disabled,
        // It is left with its last button, not with its line of text.
        on_blur: None,
    };
    let anchor = NodeRef::<html::Div>::new();
    let input = NodeRef::<html::Input>::new();
    let leave = Callback::new(move |()| {
        listbox.close();
        held.marked.set(false);
        held.add_typed();
        left(on_blur);
    });
    let lost = move |event: ev::FocusEvent| {
        let anchor = anchor.try_get_untracked().flatten();
        if !anchor.is_some_and(|anchor| document::moves_within(&anchor, &event)) {
            left(Some(leave));
        }
    };
    // Beside the tags it is a text field like any other.
    let pressed = move |event: ev::MouseEvent| {
        if document::is_own(&event) {
            event.prevent_default();
            if let Some(input) = input.get_untracked() {
                document::focus_element(&input);
            }
        }
    };
    let keys = t(parts::TAG_KEYS);
    view! {
        <Field ids label hint error>
            <div class="tag-input" node_ref=anchor on:focusout=lost on:mousedown=pressed>
                <Chips held label input disabled/>
                <Line held listbox suggests=suggestions.is_some() choose control keys_id=keys_id.clone() input/>
                {listbox.view(label, anchor, choose)}
            </div>
            <p class="visually-hidden" id=keys_id>{move || keys.get()}</p>
            <Spoken announcer/>
        </Field>
    }
}

/// The line of text in which the next tag is written.
#[component]
fn Line(
    held: Held,
    listbox: Listbox,
    /// There are suggestions.
    suggests: bool,
    choose: Callback<usize>,
    control: Control,
    /// The id of the words about the keys.
    keys_id: String,
    input: NodeRef<html::Input>,
) -> impl IntoView {
    let typed = move |event: ev::Event| {
        let text = event_target_value(&event);
        if native_input::is_composing(&event) {
            held.text.set(text);
        } else {
            held.type_in(text);
        }
        if held.text.with_untracked(String::is_empty) {
            listbox.close();
        } else {
            listbox.open();
        }
    };
    let pasted = move |event: ev::ClipboardEvent| {
        let text = native_input::pasted(&event).unwrap_or_default();
        // One tag is edited on; several are added at once, which a line of text could not hold.
        if tags::finished(&text).is_some() {
            event.prevent_default();
            held.add_and_keep(&text, &held.text.get_untracked());
        }
    };
    view! {
        <input
            {..control.attributes(Some(keys_id))}
            {..listbox.attributes(suggests)}
            node_ref=input
            class="tag-input__control"
            type="text"
            autocomplete="off"
            autocapitalize="none"
            enterkeyhint="enter"
            prop:value=move || held.text.get()
            on:input=typed
            on:compositionend=move |event| held.type_in(event_target_value(&event))
            on:paste=pasted
            on:keydown=move |event| key(&event, listbox, held, choose)
        />
    }
}

/// The suggestions that the text may mean and that are not there yet.
fn offered(suggestions: Option<Signal<Vec<String>>>, held: Held) -> Memo<Vec<String>> {
    Memo::new(move |_| {
        let Some(suggestions) = suggestions else {
            return Vec::new();
        };
        let mut found = suggestions.with(|all| held.text.with(|text| matching(all, String::as_str, text)));
        held.tags
            .with(|tags| found.retain(|found| !tags.iter().any(|tag| is_same(tag, found))));
        found
    })
}

/// What a key does.
fn key(event: &ev::KeyboardEvent, listbox: Listbox, held: Held, choose: Callback<usize>) {
    let Some(press) = keyboard::pressed(event) else {
        return;
    };
    let is_empty = held.text.with_untracked(String::is_empty);
    let is_taken = match listbox.key(&press) {
        Answer::Chosen(index) => {
            choose.run(index);
            true
        }
        Answer::Taken => true,
        Answer::None => match press.key.as_str() {
            "Enter" => {
                listbox.close();
                held.add_typed()
            }
            // Held down it empties the line and stops there.
            "Backspace" if is_empty && !press.repeated => held.go_back(),
            "Escape" if held.marked.get_untracked() => {
                held.marked.set(false);
                true
            }
            _ => false,
        },
    };
    if press.key != "Backspace" {
        held.marked.set(false);
    }
    if is_taken {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// The tags that are there.
#[component]
fn Chips(
    held: Held,
    label: Signal<String>,
    input: NodeRef<html::Input>,
    disabled: Signal<bool>,
) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let chip = move |tag: String| {
        let (own, shown, removed) = (tag.clone(), tag.clone(), tag.clone());
        let name = tm(move || parts::tag_remove(tag.clone()));
        let is_marked = move || held.marked.get() && held.tags.with(|tags| tags.last() == Some(&own));
        let remove = move |event: ev::MouseEvent| {
            move_on_from(&event, list, input);
            held.remove(&removed);
        };
        view! {
            <li class="tag-input__tag" data-marked=move || is_marked().then_some("")>
                <span class="tag-input__words">{shown}</span>
                <button
                    class="tag-input__remove"
                    type="button"
                    aria-label=move || name.get()
                    disabled=move || disabled.get()
                    on:click=remove
                >
                    <Icon name=IconName::X/>
                </button>
            </li>
        }
    };
    view! {
        <ul class="tag-input__tags" node_ref=list aria-label=move || label.get()>
            <For each=move || held.tags.get() key=Clone::clone children=chip/>
        </ul>
    }
}

/// Moves the focus from a button that is about to go to the one after it, or before it, or to the text.
fn move_on_from(event: &ev::MouseEvent, list: NodeRef<html::Ul>, input: NodeRef<html::Input>) {
    let buttons = list
        .get_untracked()
        .map(|list| viewport::inside(&list, "button"))
        .unwrap_or_default();
    let own = buttons
        .iter()
        .position(|button| document::is_listener(event, button));
    let beside = own.and_then(|own| {
        buttons
            .get(own + 1)
            .or_else(|| own.checked_sub(1).and_then(|before| buttons.get(before)))
    });
    if let Some(beside) = beside {
        document::focus_element(beside);
    } else if let Some(input) = input.get_untracked() {
        document::focus_element(&input);
    }
}

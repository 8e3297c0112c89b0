//! A field for one among many, found by typing.

mod held;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::announcer::Announcer;
use super::field::{Control, Field, FieldIds, left};
use super::icon::{Icon, IconName};
use super::listbox::{Answer, Choice, Listbox, matching};
use super::spoken::{Spoken, say_settled};
use crate::i18n::texts::{common, parts};
use crate::i18n::{tm, use_i18n};
use crate::platform::{document, keyboard, native_input};
use held::Held;

/// A line of text with a list of what it may mean, by the combobox pattern of the ARIA Authoring Practices: arrows move
/// in the list, Alt with an arrow opens and closes it, Enter takes what is meant, Escape closes the list and then takes
/// back what was typed; everything else belongs to the text. A person who leaves with text that means nothing finds the
/// choice as it was; one who leaves it empty has chosen nothing.
///
/// For few choices use [`SelectField`](super::SelectField), which telephones show their own way.
#[component]
pub fn Combobox(
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// The value chosen, empty for none.
    value: RwSignal<String>,
    /// The field's name.
    #[prop(into)]
    name: String,
    /// The choices: value and words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The words of a value that is not among the choices.
    #[prop(optional, into)]
    words: MaybeProp<String>,
    /// The choices are only suggestions: any text is a value.
    #[prop(optional)]
    free: bool,
    /// Somebody else finds the choices: this is told what was typed, and what is given as choices is shown as it is.
    /// Wait for a pause in typing before asking the server.
    #[prop(optional, into)]
    on_search: Option<Callback<String>>,
    /// The choices are being looked for.
    #[prop(optional, into)]
    searching: Signal<bool>,
    /// Said when nothing can be chosen.
    #[prop(optional, into)]
    nothing: MaybeProp<String>,
    /// Helps to choose.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Something must be chosen.
    #[prop(optional)]
    required: bool,
    /// It cannot be chosen.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The person left the field.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let held = Held {
        value,
        options,
        words,
        chosen: RwSignal::new(None),
        draft: RwSignal::new(None),
        free,
    };
    let found = Memo::new(move |_| {
        let text = held.typed().unwrap_or_default();
        options.with(|options| match on_search {
            Some(_) => options.clone(),
            None => matching(options, |option| option.1.as_str(), &text),
        })
    });
    let nothing = Signal::derive(move || match nothing.get() {
        _ if searching.get() => Some(i18n.text(common::LOADING)),
        None if free => None,
        None => Some(i18n.text(parts::CHOICES_NONE)),
        given => given,
    });
    let ids = FieldIds::new();
    let listbox = Listbox::new(&ids.control, choices(found, value), nothing);
    ask_when_opened(listbox, held, on_search);
    let announcer = Announcer::new();
    say_settled(announcer, move || {
        let count = found.with(Vec::len);
        let is_told = listbox.is_open() && !searching.get();
        let words = || match count {
            0 => nothing.get().unwrap_or_default(),
            count => i18n.message(&parts::choices_found(count as u64)),
        };
        is_told.then(words)
    });
    let choose = Callback::new(move |index: usize| {
        if let Some(option) = found.with_untracked(|found| found.get(index).cloned()) {
            held.choose(option);
        }
        listbox.close();
    });
    let leave = Callback::new(move |()| {
        listbox.close();
        held.settle();
        left(on_blur);
    });
    let control = Control {
        ids: ids.clone(),
        name,
        hint,
        error,
        required,
        disabled,
        on_blur: Some(leave),
    };
    let anchor = NodeRef::<html::Div>::new();
    let input = NodeRef::<html::Input>::new();
    let typed = move |event| {
        let text = event_target_value(&event);
        held.type_in(text.clone());
        listbox.open();
        if let Some(on_search) = on_search {
            on_search.run(text);
        }
    };
    let clicked = move |_| {
        if untrack(|| listbox.is_open()) {
            return;
        }
        listbox.open();
        // What is typed next is to be looked for, not added to the words of the choice.
        if let Some(input) = input.get_untracked()
            && !free
            && untrack(|| held.typed()).is_none()
        {
            native_input::select_all(&input);
        }
    };
    view! {
        <Field ids label hint error>
            <div class="combobox" node_ref=anchor>
                <input
                    {..control.attributes(None)}
                    {..listbox.attributes(true)}
                    node_ref=input
                    class="field__control combobox__control"
                    type="text"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    prop:value=move || held.text()
                    on:input=typed
                    on:click=clicked
                    on:keydown=move |event| key(&event, listbox, held, choose)
                />
                <Opener listbox input label disabled/>
                {listbox.view(label, anchor, choose)}
            </div>
            <Spoken announcer/>
        </Field>
    }
}

/// What the list shows.
fn choices(found: Memo<Vec<(String, String)>>, value: RwSignal<String>) -> Memo<Vec<Choice>> {
    Memo::new(move |_| {
        let choice = |(option, words): &(String, String)| Choice {
            words: words.clone(),
            current: value.with(|value| value == option),
        };
        found.with(|found| found.iter().map(choice).collect())
    })
}

/// Asks for any choices when the list opens before anything is typed.
fn ask_when_opened(listbox: Listbox, held: Held, on_search: Option<Callback<String>>) {
    if let Some(on_search) = on_search {
        let is_open = Memo::new(move |_| listbox.is_open());
        Effect::new(move |_| {
            if is_open.get() && untrack(|| held.typed()).is_none() {
                on_search.run(String::new());
            }
        });
    }
}

/// What a key does.
fn key(event: &ev::KeyboardEvent, listbox: Listbox, held: Held, choose: Callback<usize>) {
    let Some(press) = keyboard::pressed(event) else {
        return;
    };
    let is_taken = match listbox.key(&press) {
        Answer::Chosen(index) => {
            choose.run(index);
            true
        }
        Answer::Taken => true,
        // With the list open it only ends the choosing; the next one sends the form.
        Answer::None if press.key == "Enter" => {
            let was_open = untrack(|| listbox.is_open());
            listbox.close();
            held.settle();
            was_open
        }
        Answer::None if press.key == "Escape" => held.forget(),
        Answer::None => false,
    };
    if is_taken {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// The button that opens the list for a mouse or a finger. The keyboard has the arrows.
#[component]
fn Opener(
    listbox: Listbox,
    input: NodeRef<html::Input>,
    label: Signal<String>,
    disabled: Signal<bool>,
) -> impl IntoView {
    let name = tm(move || parts::choices_show(label.get()));
    let pressed = move |_| {
        if untrack(|| listbox.is_open()) {
            return listbox.close();
        }
        if let Some(input) = input.get_untracked() {
            document::focus_element(&input);
        }
        listbox.open();
    };
    view! {
        <button
            class="combobox__button"
            type="button"
            tabindex="-1"
            aria-label=move || name.get()
            disabled=move || disabled.get()
            // The focus stays in the text, or leaving it would close the list before the click that is to close it.
            on:mousedown=|event| event.prevent_default()
            on:click=pressed
        >
            <Icon name=IconName::ChevronDown/>
        </button>
    }
}

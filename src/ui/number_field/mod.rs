//! A number.

pub(super) mod decimal;

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;

use super::entry::Entry;
use super::field::{Control, Field, FieldIds};
use crate::i18n::format::{NumberSigns, signs};
use crate::i18n::texts::parts;
use crate::i18n::{I18n, Message, use_i18n};
use decimal::{Misread, Shape, editable, read, written};

/// A field for a number, written in the language's own signs. It is shown in groups and edited without them; text that
/// is no number stays as it was typed, with a word about it.
#[component]
pub fn NumberField(
    /// What to fill in.
    #[prop(into)]
    label: Signal<String>,
    /// The number, counted in its smallest unit: with one decimal place 12.5 is 125.
    value: RwSignal<Entry<i64>>,
    /// The field's name.
    #[prop(into)]
    name: String,
    /// How many decimal places it may have.
    #[prop(optional)]
    decimals: u32,
    /// It may be less than zero.
    #[prop(optional)]
    negative: bool,
    /// What is counted, shown behind the number.
    #[prop(optional, into)]
    unit: MaybeProp<String>,
    /// Helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with what is filled in.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// It cannot be left empty.
    #[prop(optional)]
    required: bool,
    /// It cannot be filled in.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The person left the field.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let shape = Shape {
        decimals,
        negative,
        fixed: false,
    };
    let number = Number::new(value, Signal::stored(shape), error);
    let ids = FieldIds::new();
    let unit_id = format!("{}-unit", ids.control);
    let control = Control {
        ids: ids.clone(),
        name,
        hint,
        error: number.error,
        required,
        disabled,
        on_blur: Some(number.leaving(on_blur)),
    };
    let described_by = unit_id.clone();
    let unit_view = move || {
        let id = unit_id.clone();
        unit.get()
            .map(|unit| view! { <span class="number-field__unit" id=id>{unit}</span> })
    };
    view! {
        <Field ids label hint error=number.error>
            <div class="number-field">
                {number.input(control.attributes(Some(described_by)))}
                {unit_view}
            </div>
        </Field>
    }
}

/// A number that is being edited, and what is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct Number {
    i18n: I18n,
    value: RwSignal<Entry<i64>>,
    shape: Signal<Shape>,
    /// The text while the person is in the field.
    draft: RwSignal<Option<String>>,
    /// What is wrong: by the text itself, once the person has left it, or else by the form.
    pub(super) error: Signal<Option<String>>,
}

impl Number {
    pub(super) fn new(
        value: RwSignal<Entry<i64>>,
        shape: Signal<Shape>,
        given: Signal<Option<String>>,
    ) -> Self {
        let i18n = use_i18n();
        let draft = RwSignal::new(None::<String>);
        let own = move || {
            let left = draft.with(Option::is_none) || given.with(Option::is_some);
            value.with(|value| match value {
                Entry::Unclear(text) if left => misread(i18n, text, shape.get()),
                _ => None,
            })
        };
        Self {
            i18n,
            value,
            shape,
            draft,
            error: Signal::derive(move || own().or_else(|| given.get())),
        }
    }

    fn signs(self) -> NumberSigns {
        signs(self.i18n.locale())
    }

    /// What `text` says.
    fn entry(self, text: String) -> Entry<i64> {
        let read = untrack(|| read(&text, self.signs(), self.shape.get()));
        read.map_or_else(|_| Entry::Unclear(text), Entry::from)
    }

    /// The value as it is edited.
    fn text(self) -> String {
        self.value.with(|value| match value {
            Entry::Value(number) => editable(*number, self.signs(), self.shape.get()),
            Entry::Unclear(text) => text.clone(),
            Entry::Empty => String::new(),
        })
    }

    /// Lets `change` change the shape and understands what is written anew.
    pub(super) fn reshape(self, change: impl FnOnce()) {
        let text = untrack(|| self.text());
        change();
        self.value.set(self.entry(text));
    }

    /// What the input shows. A draft that does not say what the value is was overtaken: the value came from elsewhere.
    fn shown(self) -> String {
        let draft = self.draft.get();
        self.value.with(|value| match (value, draft) {
            (_, Some(draft)) if self.entry(draft.clone()) == *value => draft,
            (Entry::Value(number), None) => written(*number, self.signs(), self.shape.get()),
            _ => self.text(),
        })
    }

    /// What happens when the person leaves the field; then `on_blur` is called.
    pub(super) fn leaving(self, on_blur: Option<Callback<()>>) -> Callback<()> {
        Callback::new(move |()| {
            self.draft.set(None);
            if let Some(on_blur) = on_blur {
                on_blur.run(());
            }
        })
    }

    /// The input, with what its field tells it.
    pub(super) fn input(self, attributes: impl Attribute) -> impl IntoView {
        let entered = move |_| self.draft.set(Some(untrack(|| self.text())));
        let typed = move |event| {
            let text = event_target_value(&event);
            self.draft.set(Some(text.clone()));
            self.value.set(self.entry(text));
        };
        // Keypads of telephones have no minus sign.
        let keyboard = move || match self.shape.get() {
            Shape { negative: true, .. } => "text",
            Shape { decimals: 0, .. } => "numeric",
            _ => "decimal",
        };
        view! {
            <input
                {..attributes}
                class="field__control number-field__control"
                type="text"
                inputmode=keyboard
                autocomplete="off"
                prop:value=move || self.shown()
                on:focus=entered
                on:input=typed
            />
        }
    }
}

/// Why `text` is not understood.
fn misread(i18n: I18n, text: &str, shape: Shape) -> Option<String> {
    let signs = signs(i18n.locale());
    let why: Message = match read(text, signs, shape).err()? {
        Misread::NoNumber => parts::number_unclear(example(signs, shape)),
        Misread::TooFine if shape.decimals == 0 => parts::NUMBER_WHOLE.into(),
        Misread::TooFine => parts::number_too_fine(shape.decimals.into()),
        Misread::Negative => parts::NUMBER_NEGATIVE.into(),
        Misread::TooLarge => parts::NUMBER_TOO_LARGE.into(),
    };
    Some(i18n.message(&why))
}

/// A number that shows where the signs go: 1,234.5 in as many decimal places as there are.
fn example(signs: NumberSigns, shape: Shape) -> String {
    let tenths = 12_345_i64;
    let sample = match shape.decimals {
        0 => tenths / 10,
        places => tenths.saturating_mul(10_i64.saturating_pow(places - 1)),
    };
    written(sample, signs, shape)
}

//! A calendar date.

use leptos::html;
use leptos::prelude::*;
use portico_contract::time::Date;
use web_sys::HtmlInputElement;

use super::entry::Entry;
use super::field::{Control, Field, FieldIds};
use crate::i18n::texts::parts;
use crate::i18n::use_i18n;
use crate::platform::native_input;

/// Without an end some browsers take years of six digits.
const LAST: &str = "9999-12-31";

/// A field for a date. It is the browser's own: telephones bring their picker, and every device its own order of day,
/// month and year.
#[component]
pub fn DateField(
    /// What to fill in.
    #[prop(into)]
    label: Signal<String>,
    /// What is filled in. A date of which a part is missing is unclear.
    value: RwSignal<Entry<Date>>,
    /// The field's name.
    #[prop(into)]
    name: String,
    /// The first day that is offered. What is typed is checked by the form.
    #[prop(optional, into)]
    min: MaybeProp<Date>,
    /// The last day that is offered. What is typed is checked by the form.
    #[prop(optional, into)]
    max: MaybeProp<Date>,
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
    let i18n = use_i18n();
    let node = NodeRef::<html::Input>::new();
    let left = RwSignal::new(false);
    let own = move || {
        let told = left.get() || error.with(Option::is_some);
        (told && value.with(Entry::is_unclear)).then(|| i18n.text(parts::DATE_INCOMPLETE))
    };
    let error = Signal::derive(move || own().or_else(|| error.get()));
    Effect::new(move |_| {
        if let Some(input) = node.get() {
            value.with(|value| native_input::set_text(&input, &text(value)));
        }
    });
    let notice = move || {
        if let Some(input) = node.get_untracked() {
            let now = entry(&input);
            if value.with_untracked(|value| *value != now) {
                value.set(now);
            }
        }
    };
    let on_blur = Callback::new(move |()| {
        notice();
        left.set(true);
        if let Some(on_blur) = on_blur {
            on_blur.run(());
        }
    });
    let ids = FieldIds::new();
    let control = Control {
        ids: ids.clone(),
        name,
        hint,
        error,
        required,
        disabled,
        on_blur: Some(on_blur),
    };
    view! {
        <Field ids label hint error>
            <input
                {..control.attributes(None)}
                node_ref=node
                class="field__control date-field__control"
                type="date"
                min=move || min.get().map(String::from)
                max=move || max.get().map_or_else(|| LAST.to_owned(), String::from)
                on:input=move |_| {
                    left.set(false);
                    notice();
                }
                // A part that is taken out again is told by no other event.
                on:keyup=move |_| notice()
            />
        </Field>
    }
}

/// The `value` of the input.
fn text(value: &Entry<Date>) -> String {
    match value {
        Entry::Empty => String::new(),
        Entry::Value(date) => date.as_str().to_owned(),
        Entry::Unclear(text) => text.clone(),
    }
}

/// What `input` holds. A date of which a part is missing has no text.
fn entry(input: &HtmlInputElement) -> Entry<Date> {
    let text = input.value();
    if text.is_empty() {
        return if native_input::is_halfway(input) {
            Entry::Unclear(text)
        } else {
            Entry::Empty
        };
    }
    Date::try_from(text.clone()).map_or_else(|_| Entry::Unclear(text), Entry::Value)
}

//! Several lines of text.

use leptos::prelude::*;

use super::announcer::Announcer;
use super::field::{Control, Field, FieldIds};
use super::spoken::{Spoken, say_settled};
use crate::i18n::texts::parts;
use crate::i18n::{Message, use_i18n};

/// A field for several lines of text, which grows with them. What is longer than `limit` is refused by the form, never
/// cut here: a person who pastes too much would not see what is missing.
#[component]
pub fn TextareaField(
    /// What to fill in.
    #[prop(into)]
    label: Signal<String>,
    /// What is filled in.
    value: RwSignal<String>,
    /// The field's name.
    #[prop(into)]
    name: String,
    /// How many code points there may be. What is left is said when it becomes little.
    #[prop(optional)]
    limit: Option<u32>,
    /// Lines to begin with.
    #[prop(default = 3)]
    rows: u32,
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
    /// It can be read and copied, not changed.
    #[prop(optional, into)]
    readonly: Signal<bool>,
    /// The person left the field.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let ids = FieldIds::new();
    let control = Control {
        ids: ids.clone(),
        name,
        hint,
        error,
        required,
        disabled,
        on_blur,
    };
    let left_id = format!("{}-left", ids.control);
    let left = Memo::new(move |_| limit.and_then(|limit| value.with(|text| left_of(text, limit))));
    let words = move || left.get().map(|left| i18n.message(&left_words(left)));
    let announcer = Announcer::new();
    say_settled(announcer, words);
    let attributes = control.attributes(limit.map(|_| left_id.clone()));
    view! {
        <Field ids label hint error>
            <textarea
                {..attributes}
                class="field__control textarea-field__control"
                rows=rows.to_string()
                readonly=move || readonly.get()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            {limit.map(|_| view! {
                <p
                    class="field__hint textarea-field__left"
                    id=left_id
                    data-over=move || left.get().is_some_and(|left| left < 0).then_some("")
                >
                    {words}
                </p>
                <Spoken announcer/>
            })}
        </Field>
    }
}

/// Code points left, once that is worth saying: in the last tenth, but not before twenty. Negative when over the limit.
fn left_of(text: &str, limit: u32) -> Option<i64> {
    let used = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let left = i64::from(limit) - used;
    (left <= i64::from(limit / 10).max(20)).then_some(left)
}

fn left_words(left: i64) -> Message {
    if left < 0 {
        parts::characters_over(left.unsigned_abs())
    } else {
        parts::characters_left(left.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use super::left_of;

    #[test]
    fn what_is_left_is_said_when_it_becomes_little() {
        assert_eq!(left_of("", 1000), None);
        assert_eq!(left_of(&"a".repeat(899), 1000), None);
        assert_eq!(left_of(&"a".repeat(900), 1000), Some(100));
        assert_eq!(left_of(&"a".repeat(80), 100), Some(20));
        assert_eq!(left_of(&"a".repeat(1003), 1000), Some(-3));
    }

    #[test]
    fn characters_are_counted_and_not_their_bytes() {
        assert_eq!(left_of(&"客".repeat(40), 40), Some(0));
    }
}

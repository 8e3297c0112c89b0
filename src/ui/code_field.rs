//! A code that is used once.

use leptos::html;
use leptos::prelude::*;

use super::field::{Control, Field, FieldIds};
use crate::platform::document;

/// A field for a code of digits that was sent or is shown by another device. It is one input, so that it can be pasted,
/// read out and filled in by the device; spaces and dashes in it are left alone.
#[component]
pub fn CodeField(
    /// What to fill in.
    #[prop(into)]
    label: Signal<String>,
    /// The digits of what is filled in.
    value: RwSignal<String>,
    /// The field's name.
    #[prop(into)]
    name: String,
    /// How many digits a code has.
    #[prop(default = 6)]
    length: usize,
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
    /// The code is being checked: it stays in sight and is not changed.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// The code has just become complete.
    #[prop(optional, into)]
    on_complete: Option<Callback<String>>,
    /// The person left the field.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
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
    let node = NodeRef::<html::Input>::new();
    if autofocus {
        node.on_load(|input| document::focus_element(&input));
    }
    let typed = RwSignal::new(String::new());
    // As it was typed, unless the value came from elsewhere.
    let shown = move || {
        value.with(|value| typed.with(|typed| if digits(typed) == *value { typed } else { value }.clone()))
    };
    let taken = move |event| {
        let text = event_target_value(&event);
        let code = digits(&text);
        typed.set(text);
        let is_new = value.with_untracked(|before| *before != code);
        value.set(code.clone());
        if is_new
            && code.len() == length
            && let Some(on_complete) = on_complete
        {
            on_complete.run(code);
        }
    };
    view! {
        <Field ids label hint error>
            <input
                {..control.attributes(None)}
                node_ref=node
                class="field__control code-field__control"
                type="text"
                inputmode="numeric"
                autocomplete="one-time-code"
                autocapitalize="none"
                spellcheck="false"
                aria-busy=move || pending.get().then_some("true")
                readonly=move || pending.get()
                prop:value=shown
                on:input=taken
            />
        </Field>
    }
}

/// The digits of `text`, full-width ones as plain ones.
fn digits(text: &str) -> String {
    text.chars()
        .filter_map(|letter| match letter {
            '0'..='9' => Some(letter),
            '０'..='９' => char::from_u32(u32::from(letter) - 0xfee0),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn only_the_digits_of_a_code_count() {
        assert_eq!(digits(" 123 456"), "123456");
        assert_eq!(digits("123-456"), "123456");
        assert_eq!(digits("１２３４５６"), "123456");
        assert_eq!(digits("12a4"), "124");
        assert_eq!(digits("٣"), "");
    }
}

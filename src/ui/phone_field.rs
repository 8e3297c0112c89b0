//! A telephone number.

use leptos::prelude::*;
use portico_contract::phone;

use super::text_field::TextField;
use crate::i18n::texts::parts;
use crate::i18n::use_i18n;

/// A field for a telephone number, in any spelling. What came along when it was copied is taken away when the person
/// leaves, and what does not look like a number is pointed out; refusing it is up to the form.
#[component]
pub fn PhoneField(
    /// What to fill in.
    #[prop(into)]
    label: Signal<String>,
    /// What is filled in.
    value: RwSignal<String>,
    /// The field's name.
    #[prop(into)]
    name: String,
    /// What browsers may fill in. Somebody else's number is not this person's: say `off` there.
    #[prop(default = "tel")]
    autocomplete: &'static str,
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
    let left = RwSignal::new(true);
    let doubted = Memo::new(move |_| left.get() && value.with(|text| is_doubtful(text)));
    let hint = Signal::derive(move || {
        if doubted.get() {
            Some(i18n.text(parts::PHONE_DOUBTFUL))
        } else {
            hint.get()
        }
    });
    let leave = Callback::new(move |()| {
        let tidied = value.with_untracked(|text| tidy(text));
        if value.with_untracked(|text| *text != tidied) {
            value.set(tidied);
        }
        left.set(true);
        if let Some(on_blur) = on_blur {
            on_blur.run(());
        }
    });
    view! {
        <TextField
            label value name hint error required disabled autocomplete
            kind="tel"
            inputmode="tel"
            on_input=move |_| left.set(false)
            on_blur=leave
        />
    }
}

/// `text` without what nobody typed: marks that cannot be seen, as they come along from address books, and full-width
/// or typographic signs instead of plain ones.
fn tidy(text: &str) -> String {
    let plain = |letter: char| match letter {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
        '！'..='～' => char::from_u32(u32::from(letter) - 0xfee0),
        '‐'..='―' | '−' => Some('-'),
        space if space.is_whitespace() => Some(' '),
        other => Some(other),
    };
    text.chars()
        .filter_map(plain)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Whether `text` says something, but no telephone number.
fn is_doubtful(text: &str) -> bool {
    let text = tidy(text);
    !text.is_empty() && phone::digits(&text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_typed_is_taken_away() {
        assert_eq!(tidy("\u{202d}+49\u{a0}30\u{2011}1234\u{202c} "), "+49 30-1234");
        assert_eq!(tidy("（０３０）１２３４"), "(030)1234");
        assert_eq!(tidy("030 1234 ext. 5"), "030 1234 ext. 5");
    }

    #[test]
    fn only_what_says_no_number_is_doubtful() {
        for number in ["", " ", "+86 138-0000-0003", "（０３０）１２３４", "110"] {
            assert!(!is_doubtful(number), "{number}");
        }
        for other in ["12", "ask Anna", "a@b.example"] {
            assert!(is_doubtful(other), "{other}");
        }
    }
}

//! A field for one among a few.

use leptos::prelude::*;

use super::field::{Control, Field, FieldIds};
use super::select::select_box;
use crate::i18n::t;
use crate::i18n::texts::parts;

/// A select with its label above it. Nothing is chosen beforehand: an empty value shows as such.
#[component]
pub fn SelectField(
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
    /// The words for nothing chosen.
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
    let please_choose = t(parts::PLEASE_CHOOSE);
    let shown = Signal::derive(move || {
        let nothing = nothing.get().unwrap_or_else(|| please_choose.get());
        value.with(|value| with_current(options.get(), value, nothing, required))
    });
    let on_change = Callback::new(move |chosen| value.set(chosen));
    view! {
        <Field ids label hint error>
            {select_box(value.into(), shown, on_change, control.attributes(None))}
        </Field>
    }
}

/// The choices and, as long as it is the value or may become it, the one for nothing. A value that is not among the
/// choices any more is shown as it is: the browser would show the first choice instead, and saving would change it.
fn with_current(
    mut options: Vec<(String, String)>,
    value: &str,
    nothing: String,
    required: bool,
) -> Vec<(String, String)> {
    let has = |options: &[(String, String)], wanted: &str| options.iter().any(|(value, _)| value == wanted);
    if !value.is_empty() && !has(&options, value) {
        options.push((value.to_owned(), value.to_owned()));
    }
    if (!required || value.is_empty()) && !has(&options, "") {
        options.insert(0, (String::new(), nothing));
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(value: &str, required: bool) -> Vec<String> {
        let options = vec![
            ("de".to_owned(), "Germany".to_owned()),
            ("cn".to_owned(), "China".to_owned()),
        ];
        with_current(options, value, "Please choose".to_owned(), required)
            .into_iter()
            .map(|(value, _)| value)
            .collect()
    }

    #[test]
    fn nothing_can_be_chosen_unless_something_must_be() {
        assert_eq!(values("de", false), ["", "de", "cn"]);
        assert_eq!(values("de", true), ["de", "cn"]);
        assert_eq!(values("", true), ["", "de", "cn"]);
    }

    #[test]
    fn a_value_that_is_no_choice_any_more_is_kept() {
        assert_eq!(values("fr", true), ["de", "cn", "fr"]);
    }
}

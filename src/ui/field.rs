//! What every field has around its control: label, hint and error, tied to it for screen readers.

use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;

use super::icon::{Icon, IconName};

/// An id that no other element of the page has.
pub(super) fn unique_id(part: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    format!("{part}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The ids of one field and what belongs to it.
#[derive(Clone, Debug)]
pub(super) struct FieldIds {
    /// The control itself.
    pub(super) control: String,
    /// What helps to fill it in.
    pub(super) hint: String,
    /// What is wrong with it.
    pub(super) error: String,
}

impl FieldIds {
    /// Ids for a new field.
    pub(super) fn new() -> Self {
        let control = unique_id("field");
        Self {
            hint: format!("{control}-hint"),
            error: format!("{control}-error"),
            control,
        }
    }

    /// The value of `aria-describedby`: what is shown, the error first because it is what to act on.
    pub(super) fn described_by(&self, has_hint: bool, has_error: bool) -> Option<String> {
        match (has_error, has_hint) {
            (true, true) => Some(format!("{} {}", self.error, self.hint)),
            (true, false) => Some(self.error.clone()),
            (false, true) => Some(self.hint.clone()),
            (false, false) => None,
        }
    }
}

/// Tells that the person left a field. One that is taken out of the page is left too, when nobody listens any more.
pub(super) fn left(on_blur: Option<Callback<()>>) {
    if let Some(on_blur) = on_blur {
        on_blur.try_run(());
    }
}

/// What a field tells its control, whatever the control is.
#[derive(Clone)]
pub(super) struct Control {
    /// The ids of the field.
    pub(super) ids: FieldIds,
    /// The field's name.
    pub(super) name: String,
    /// Whether there is a hint.
    pub(super) hint: MaybeProp<String>,
    /// What is wrong.
    pub(super) error: Signal<Option<String>>,
    /// It cannot be left empty.
    pub(super) required: bool,
    /// It cannot be filled in.
    pub(super) disabled: Signal<bool>,
    /// The person left it.
    pub(super) on_blur: Option<Callback<()>>,
}

impl Control {
    /// The attributes of a control that takes the focus itself. `also` is the id of something else that describes it.
    pub(super) fn attributes(&self, also: Option<String>) -> impl Attribute + use<> {
        let (disabled, on_blur) = (self.disabled, self.on_blur);
        view! {
            <{..}
                id=self.ids.control.clone()
                name=self.name.clone()
                aria-required=self.required.then_some("true")
                aria-invalid=self.invalid()
                aria-describedby=self.described_by(also)
                disabled=move || disabled.get()
                on:blur=move |_| left(on_blur)
            />
        }
    }

    /// The value of `aria-invalid`.
    pub(super) fn invalid(&self) -> impl Fn() -> Option<&'static str> + Copy + use<> {
        let error = self.error;
        move || error.with(Option::is_some).then_some("true")
    }

    /// The value of `aria-describedby`, with the id of something else that describes the control.
    pub(super) fn described_by(&self, also: Option<String>) -> impl Fn() -> Option<String> + Clone + use<> {
        let (ids, hint, error) = (self.ids.clone(), self.hint, self.error);
        move || {
            let own = ids.described_by(hint.get().is_some(), error.with(Option::is_some));
            let all: Vec<String> = own.into_iter().chain(also.clone()).collect();
            (!all.is_empty()).then(|| all.join(" "))
        }
    }
}

/// The line that helps to fill a field in.
pub(super) fn hint_line(id: String, hint: MaybeProp<String>) -> impl Fn() -> Option<AnyView> {
    move || {
        let id = id.clone();
        hint.get()
            .map(move |hint| view! { <p class="field__hint" id=id>{hint}</p> }.into_any())
    }
}

/// The line that says what is wrong.
pub(super) fn error_line(id: String, error: Signal<Option<String>>) -> impl Fn() -> Option<AnyView> {
    move || {
        let id = id.clone();
        error.get().map(move |error| {
            view! {
                <p class="field__error" id=id><Icon name=IconName::Alert/><span>{error}</span></p>
            }
            .into_any()
        })
    }
}

/// Puts label, hint and error around a control that has `ids.control` as its id.
#[component]
pub(super) fn Field(
    /// The ids of this field.
    ids: FieldIds,
    /// What to fill in.
    label: Signal<String>,
    /// Helps to fill it in.
    hint: MaybeProp<String>,
    /// What is wrong with what is filled in.
    error: Signal<Option<String>>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let FieldIds {
        control,
        hint: hint_id,
        error: error_id,
    } = ids;
    view! {
        <div class="field" data-invalid=move || error.with(Option::is_some).then_some("")>
            <label class="field__label" for=control>{move || label.get()}</label>
            {hint_line(hint_id, hint)}
            {children()}
            {error_line(error_id, error)}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_read_before_the_hint() {
        let ids = FieldIds {
            control: "f".into(),
            hint: "f-hint".into(),
            error: "f-error".into(),
        };
        assert_eq!(ids.described_by(true, true).as_deref(), Some("f-error f-hint"));
        assert_eq!(ids.described_by(true, false).as_deref(), Some("f-hint"));
        assert_eq!(ids.described_by(false, false), None);
    }

    #[test]
    fn ids_are_never_given_twice() {
        assert_ne!(unique_id("field"), unique_id("field"));
    }
}

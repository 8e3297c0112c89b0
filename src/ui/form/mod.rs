//! A form: when a field is judged, what is wrong all in all, and where the focus goes.
//!
//! A field is judged when the person leaves it, and from then on with every letter, so that nobody is told off while
//! writing and everybody sees at once when it is right. Sending judges all of them.

mod draft;
mod summary;

pub use draft::DraftForm;

use std::collections::BTreeSet;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::announcer::{Announcer, use_announcer};
use crate::i18n::texts::parts as words;
use crate::i18n::{I18n, use_i18n};
use crate::platform::{clock, document, task};
use summary::ErrorSummary;

/// One field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name.
    pub field: String,
    /// What the person knows it by.
    pub label: String,
    /// What is wrong.
    pub text: String,
}

/// What a form knows about its fields. Cheap to copy.
#[derive(Clone, Copy)]
pub struct FormState {
    wrong: Signal<Vec<FieldError>>,
    left: RwSignal<BTreeSet<String>>,
    tried: RwSignal<bool>,
    i18n: I18n,
    announcer: Announcer,
}

impl FormState {
    /// A form nobody has touched. `wrong` is what is wrong with it as it stands, in the order of the fields.
    pub fn new(wrong: impl Into<Signal<Vec<FieldError>>>) -> Self {
        Self {
            wrong: wrong.into(),
            left: RwSignal::new(BTreeSet::new()),
            tried: RwSignal::new(false),
            i18n: use_i18n(),
            announcer: use_announcer(),
        }
    }

    /// What is wrong with `field`, once that may be said.
    pub fn error(self, field: impl Into<String>) -> Signal<Option<String>> {
        let field = field.into();
        Signal::derive(move || {
            let judged = self.tried.get() || self.left.with(|left| left.contains(&field));
            let find = |wrong: &Vec<FieldError>| {
                let error = wrong.iter().find(|error| error.field == field)?;
                Some(error.text.clone())
            };
            judged.then(|| self.wrong.with(find)).flatten()
        })
    }

    /// Notes that the person left `field`.
    pub fn leave(self, field: impl Into<String>) -> Callback<()> {
        let field = field.into();
        Callback::new(move |()| {
            let field = field.clone();
            let _ = self.left.try_update(|left| left.insert(field));
        })
    }

    /// Judges every field. If one is wrong, the focus goes to the first that is and the answer is no.
    pub fn may_send(self) -> bool {
        self.tried.set(true);
        let wrong = self.wrong.get_untracked();
        let Some(first) = wrong.first() else { return true };
        let count = u64::try_from(wrong.len()).unwrap_or(u64::MAX);
        self.announcer
            .announce(self.i18n.message(&words::form_errors(count)));
        focus_field(first.field.clone());
        false
    }

    /// Forgets what was judged: what stands in the form from now on is a new beginning.
    pub fn start_over(self) {
        self.left.set(BTreeSet::new());
        self.tried.set(false);
    }

    /// Points to what the backend has found wrong, once that is part of what is wrong.
    pub fn show_refusal(self) {
        task::detached(async move {
            clock::sleep(0).await;
            if self.wrong.try_get_untracked().is_some() {
                self.may_send();
            }
        });
    }

    /// What is wrong, once somebody has tried to send it.
    fn summed_up(self) -> Memo<Vec<FieldError>> {
        Memo::new(move |_| {
            if self.tried.get() {
                self.wrong.get()
            } else {
                Vec::new()
            }
        })
    }
}

/// Moves focus to the field named `name`, once what was just changed is drawn.
fn focus_field(name: String) {
    task::detached(async move {
        clock::sleep(0).await;
        document::focus_named(&name);
    });
}

/// A form with a summary of what is wrong with it.
#[component]
pub fn Form(
    /// What it knows about its fields.
    state: FormState,
    /// What it is for.
    #[prop(into)]
    label: Signal<String>,
    /// Everything filled in is right, and the person wants it sent.
    on_submit: Callback<()>,
    /// The fields and the buttons.
    children: Children,
) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if state.may_send() {
            on_submit.run(());
        }
    };
    view! {
        <form class="form" method="post" novalidate aria-label=move || label.get() on:submit=submit>
            <ErrorSummary state />
            {children()}
        </form>
    }
}

/// Fields that belong together, under a heading.
#[component]
pub fn FormSection(
    /// What they are about.
    #[prop(into)]
    title: Signal<String>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let id = super::field::unique_id("section");
    let named_by = id.clone();
    view! {
        <section class="form__section" aria-labelledby=named_by>
            <h2 class="form__heading" id=id>{move || title.get()}</h2>
            <div class="form__fields">{children()}</div>
        </section>
    }
}

/// The buttons at the end of a form.
#[component]
pub fn FormActions(
    /// The buttons, the one that sends it first.
    children: Children,
) -> impl IntoView {
    view! { <div class="form__actions">{children()}</div> }
}

//! Calling a factor something else: what is typed, what is wrong, sending it.

use leptos::prelude::*;
use portico_contract::second_factor::{Factor, RenameFactor};
use portico_contract::validate::Validate;

use super::second_factor::SecondFactor;
use crate::api::{ApiError, Sent, Submission, explain_field, own_factors};
use crate::i18n::texts::account as words;
use crate::i18n::use_i18n;
use crate::ui::{FieldError, FormState, Tone};

/// The name of the field, in the form and in the request.
pub(super) const NAME: &str = "name";

/// Another name for a factor. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Renaming {
    /// The name.
    pub(super) name: RwSignal<String>,
    /// When what is wrong is said.
    pub(super) state: FormState,
    /// What became of it.
    pub(super) submission: Submission,
    before: StoredValue<String>,
    factor: SecondFactor,
}

impl Renaming {
    /// The name it has stands in the field.
    pub(super) fn new(factor: SecondFactor, renamed: &Factor) -> Self {
        let i18n = use_i18n();
        let before = factor.name(renamed);
        let name = RwSignal::new(before.clone());
        let submission = Submission::of(move || name.get());
        let wrong = Signal::derive(move || {
            let found = request(name.get()).validate().err();
            let found = found.unwrap_or_else(|| submission.problems());
            let line = found.get(NAME).map(|problem| FieldError {
                field: NAME.to_owned(),
                label: i18n.text(words::FACTOR_NAME),
                text: i18n.message(&explain_field(problem.rule, problem.limit)),
            });
            line.into_iter().collect()
        });
        Self {
            name,
            state: FormState::new(wrong),
            submission,
            before: StoredValue::new(before),
            factor,
        }
    }

    /// Whether something else stands there than before.
    pub(super) fn is_dirty(self) -> Signal<bool> {
        Signal::derive(move || {
            self.before
                .with_value(|before| self.name.with(|name| name != before))
        })
    }

    /// Sends it.
    pub(super) fn send(self, renamed: &Factor) {
        let Ok(request) = request(self.name.get_untracked()).validate() else {
            return self.state.show_refusal();
        };
        let (client, id, name) = (self.factor.client, renamed.id, request.name.clone());
        let request = async move { own_factors::rename(client, id, &request).await };
        self.submission.send(request, move |sent| match sent {
            Sent::Done(now) => {
                self.factor.show(now);
                self.factor.tell(Tone::Success, &words::factor_renamed(name));
            }
            Sent::Refused => self.state.show_refusal(),
            Sent::Failed => {
                // Otherwise it stays here, to be tried again.
                if let Some(error @ ApiError::NotFound) = untrack(|| self.submission.error()) {
                    self.factor.refused(&error);
                }
            }
        });
    }
}

fn request(name: String) -> RenameFactor {
    RenameFactor { name }
}

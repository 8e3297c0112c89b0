//! Adding a passkey: what it is called, what is wrong, having it made and enrolling it.

use leptos::prelude::*;
use portico_contract::passkey::NewPasskey;
use portico_contract::problem::FieldProblem;
use portico_contract::second_factor::{Enrolled, RenameFactor};
use portico_contract::validate::{FieldProblems, Validate};

use super::second_factor::SecondFactor;
use crate::api::passkeys::{self, NoPasskey, explain_made, explain_refusal};
use crate::api::{ApiError, Client, Sent, Submission, explain_field, own_factors};
use crate::i18n::explain::Explanation;
use crate::i18n::texts::account as words;
use crate::i18n::{Message, use_i18n};
use crate::ui::{FieldError, FormState};

/// The names of the fields, in the form and in the request.
pub(super) const NAME: &str = "name";
const PASSKEY: &str = "passkey";

/// A passkey that is being added. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct PasskeyEnrolment {
    /// What the person calls it.
    pub(super) name: RwSignal<String>,
    /// When what is wrong is said.
    pub(super) state: FormState,
    /// What became of it.
    pub(super) submission: Submission,
    /// Why the browser made none, or what is wrong with it.
    pub(super) told: RwSignal<Option<Message>>,
    factor: SecondFactor,
}

impl PasskeyEnrolment {
    /// What this browser goes by stands in the field.
    pub(super) fn new(factor: SecondFactor) -> Self {
        let i18n = use_i18n();
        let name = RwSignal::new(passkeys::name_here());
        let submission = Submission::of(move || name.get());
        let wrong = Signal::derive(move || {
            let own = name_problem(name.get());
            let by_backend = submission.problems();
            let line = |problem: FieldProblem| FieldError {
                label: i18n.text(words::FACTOR_NAME),
                text: i18n.message(&explain_field(problem.rule, problem.limit)),
                field: NAME.to_owned(),
            };
            let problem = own.or_else(|| by_backend.get(NAME).cloned());
            problem.map(line).into_iter().collect::<Vec<_>>()
        });
        Self {
            name,
            state: FormState::new(wrong),
            submission,
            told: RwSignal::new(None),
            factor,
        }
    }

    /// Why it could not be enrolled, where that has no words of its own.
    pub(super) fn failure(self) -> Signal<Option<Explanation>> {
        let i18n = use_i18n();
        Signal::derive(move || {
            let error = self.submission.error()?;
            explain_refusal(&error).is_none().then(|| error.explain(i18n))
        })
    }

    /// Has it made and enrols it. Who leaves the browser's own question is back here.
    pub(super) fn send(self) {
        if self.submission.pending.get_untracked() {
            return;
        }
        self.told.set(None);
        let request = enrol(self.factor.client, self.name.get_untracked());
        self.submission.send(request, move |sent| match sent {
            Sent::Done(Ok(enrolled)) => self.factor.added(enrolled),
            Sent::Done(Err(none)) => self.told.set(none.explain()),
            Sent::Refused => {
                let problems = untrack(|| self.submission.problems());
                let made = problems.get(PASSKEY).map(|problem| explain_made(problem.rule));
                self.told.set(made);
                self.state.show_refusal();
            }
            Sent::Failed => {
                let error = untrack(|| self.submission.error());
                self.told.set(error.and_then(|error| explain_refusal(&error)));
            }
        });
    }
}

async fn enrol(client: Client, name: String) -> Result<Result<Enrolled, NoPasskey>, ApiError> {
    let creation = own_factors::begin_passkey(client).await?;
    let made: NewPasskey = match passkeys::make(creation, Some(name)).await {
        Ok(made) => made,
        Err(none) => return Ok(Err(none)),
    };
    let Ok(request) = made.validate() else {
        return Ok(Err(NoPasskey::Failed));
    };
    own_factors::confirm_passkey(client, &request).await.map(Ok)
}

/// What is wrong with `name`, which may be left empty.
fn name_problem(name: String) -> Option<FieldProblem> {
    if name.trim().is_empty() {
        return None;
    }
    let found: FieldProblems = RenameFactor { name }.validate().err()?;
    found.get(NAME).cloned()
}

#[cfg(test)]
mod tests {
    use portico_contract::problem::FieldRule;

    use super::*;

    #[test]
    fn a_name_may_be_left_empty_and_must_not_be_too_long() {
        let rule = |name: &str| name_problem(name.to_owned()).map(|problem| problem.rule);
        assert_eq!(rule(""), None);
        assert_eq!(rule("  "), None);
        assert_eq!(rule("Firefox, Linux"), None);
        assert_eq!(rule(&"a".repeat(61)), Some(FieldRule::TooLong));
    }
}

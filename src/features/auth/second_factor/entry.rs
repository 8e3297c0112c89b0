//! One code that is typed, and what became of it.

use leptos::prelude::*;
use portico_contract::problem::FieldRule;
use portico_contract::second_factor::{FactorMethod, FactorProof, ShowFactor};
use portico_contract::validate::{FieldProblems, Validate};

use super::super::components::CODE;
use super::model::explain_code;
use super::tries::{Ended, Tries};
use crate::api::ApiError;
use crate::api::second_factor::Shown;
use crate::i18n::texts::second_factor as words;
use crate::i18n::use_i18n;
use crate::platform::document;
use crate::ui::{FieldError, FormState};

/// A code that is typed: its field, what is wrong with it, when it may be tried again. It stays while another method is
/// tried. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Entry {
    /// How it is shown.
    pub(super) method: FactorMethod,
    /// What is typed.
    pub(super) code: RwSignal<String>,
    /// Its form.
    pub(super) state: FormState,
    /// What became of it.
    pub(super) tries: Tries,
    tries_left: RwSignal<Option<u32>>,
}

impl Entry {
    /// Nothing is typed yet.
    pub(super) fn new(method: FactorMethod) -> Self {
        let i18n = use_i18n();
        let code = RwSignal::new(String::new());
        let tries = Tries::of(move || code.get());
        let tries_left = RwSignal::new(None);
        let label = match method {
            FactorMethod::RecoveryCode => words::RECOVERY_CODE,
            _ => words::CODE,
        };
        let wrong = Signal::derive(move || {
            let found = FactorProof::of_code(method, code.get()).and_then(|proof| {
                let typed = ShowFactor { proof, trust: false };
                typed.validate().err()
            });
            let found = found.unwrap_or_else(|| tries.submission.problems());
            let line = |problem| FieldError {
                field: CODE.to_owned(),
                label: i18n.text(label),
                text: i18n.message(&explain_code(method, problem, tries_left.get())),
            };
            found.get(CODE).map(line).into_iter().collect::<Vec<_>>()
        });
        let state = FormState::new(wrong);
        // A code that is corrected is typed anew: nobody is told off on the way to its last digit.
        Effect::new(move |_| {
            code.track();
            state.start_over();
        });
        Self {
            method,
            code,
            state,
            tries,
            tries_left,
        }
    }

    /// Sends the code with `request`, unless an answer is awaited. What follows, if it is right, goes to `done`; a refusal
    /// stays here, and so does the code.
    pub(super) fn send<T: 'static>(
        self,
        request: impl Future<Output = Result<Shown<T>, ApiError>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.tries.submission.pending.get_untracked() {
            return;
        }
        self.tries_left.set(None);
        self.tries.send(request, move |ended| match ended {
            Ended::Right(follows) => done(follows),
            Ended::Wrong(tries_left) => {
                let mut problems = FieldProblems::default();
                problems.add(CODE, FieldRule::Incorrect, None);
                self.tries.submission.refuse(problems);
                self.tries_left.set(tries_left);
                self.state.show_refusal();
            }
            Ended::Refused => self.state.show_refusal(),
            Ended::Failed => {
                document::focus("[name=code]");
            }
        });
    }
}

//! One code that is typed, and what became of it.

use leptos::prelude::*;
use portico_contract::problem::FieldRule;
use portico_contract::second_factor::{FactorMethod, FactorProof, ShowFactor};
use portico_contract::validate::{FieldProblems, Validate};

use super::model::{explain_code, refusal};
use crate::api::second_factor::Shown;
use crate::api::{ApiError, Sent, Submission};
use crate::i18n::explain::Explanation;
use crate::i18n::texts::second_factor as words;
use crate::i18n::use_i18n;
use crate::platform::{clock, document};
use crate::ui::{FieldError, FormState};

/// The name of the field, as the contract calls it.
pub(super) const CODE: &str = "code";

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
    submission: Submission,
    tries_left: RwSignal<Option<u32>>,
    /// Until when, by this device's clock, no other try makes sense.
    until_ms: RwSignal<Option<f64>>,
}

impl Entry {
    /// Nothing is typed yet.
    pub(super) fn new(method: FactorMethod) -> Self {
        let i18n = use_i18n();
        let code = RwSignal::new(String::new());
        let submission = Submission::of(move || code.get());
        let tries_left = RwSignal::new(None);
        let label = match method {
            FactorMethod::Totp => words::CODE,
            FactorMethod::RecoveryCode => words::RECOVERY_CODE,
        };
        let wrong = Signal::derive(move || {
            let proof = FactorProof {
                method,
                code: code.get(),
            };
            let typed = ShowFactor { proof, trust: false };
            let found = typed.validate().err().unwrap_or_else(|| submission.problems());
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
            submission,
            tries_left,
            until_ms: RwSignal::new(None),
        }
    }

    /// Whether an answer is awaited, tracked.
    pub(super) fn pending(self) -> Signal<bool> {
        self.submission.pending.into()
    }

    /// Whether the sign-in that the code is for is over, tracked.
    pub(super) fn is_too_late(self) -> bool {
        matches!(self.submission.error(), Some(ApiError::SignInExpired))
    }

    /// Whether there is nothing any more that the code could be for, tracked.
    pub(super) fn is_gone(self) -> bool {
        matches!(self.submission.error(), Some(ApiError::NotFound))
    }

    /// Why the last code could not be judged, in words. `has_recovery` where a recovery code is a way round it.
    pub(super) fn failure(self, has_recovery: Signal<bool>) -> Signal<Option<Explanation>> {
        let i18n = use_i18n();
        Signal::derive(move || {
            let error = self.submission.error()?;
            Some(refusal(&error, has_recovery.get(), i18n))
        })
    }

    /// Until when no other try makes sense, tracked.
    pub(super) fn until_ms(self) -> Option<f64> {
        self.until_ms.get()
    }

    /// Sends the code with `request`, unless an answer is awaited. What follows, if it is right, goes to `done`; a refusal
    /// stays here, and so does the code.
    pub(super) fn send<T: 'static>(
        self,
        request: impl Future<Output = Result<Shown<T>, ApiError>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.submission.pending.get_untracked() {
            return;
        }
        self.tries_left.set(None);
        self.until_ms.set(None);
        self.submission.send(request, move |sent| match sent {
            Sent::Done(Shown::Right(follows)) => done(follows),
            Sent::Done(Shown::Wrong {
                tries_left,
                retry_after,
            }) => {
                let mut problems = FieldProblems::default();
                problems.add(CODE, FieldRule::Incorrect, None);
                self.submission.refuse(problems);
                self.tries_left.set(tries_left);
                self.pause(retry_after);
                self.state.show_refusal();
            }
            Sent::Refused => self.state.show_refusal(),
            Sent::Failed => {
                let error = untrack(|| self.submission.error());
                self.pause(error.and_then(|error| error.retry_after()));
                document::focus("[name=code]");
            }
        });
    }

    /// Notes until when no other try makes sense.
    fn pause(self, seconds: Option<u32>) {
        let until = seconds.map(|seconds| clock::now_ms() + f64::from(seconds) * 1_000.0);
        self.until_ms.set(until);
    }
}

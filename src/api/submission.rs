//! A write that a person has asked for, and what became of it.

use leptos::prelude::*;
use portico_contract::validate::FieldProblems;

use super::error::ApiError;
use crate::i18n::explain::Explanation;
use crate::i18n::use_i18n;
use crate::platform::task;

/// How a submission ended, where the page that made it is still there.
pub enum Sent<T> {
    /// It was done.
    Done(T),
    /// Fields are wrong: [`Submission::problems`] names them.
    Refused,
    /// It was not done, and [`Submission::failure`] says why.
    Failed,
}

/// Whether an answer is awaited, and why the last one was a refusal. Cheap to copy; it ends with the page that made it.
#[derive(Clone, Copy)]
pub struct Submission {
    /// Whether an answer is awaited.
    pub pending: RwSignal<bool>,
    refused: RwSignal<FieldProblems>,
    error: RwSignal<Option<ApiError>>,
    turn: StoredValue<u32>,
}

impl Submission {
    /// Nothing was sent yet. What the backend finds wrong with fields is forgotten as soon as `typed` changes: it was
    /// about what stood there then.
    pub fn of<T: PartialEq + 'static>(typed: impl Fn() -> T + 'static) -> Self {
        let submission = Self {
            pending: RwSignal::new(false),
            refused: RwSignal::new(FieldProblems::default()),
            error: RwSignal::new(None),
            turn: StoredValue::new(0),
        };
        Effect::new(move |before: Option<T>| {
            let typed = typed();
            if before.is_some_and(|before| before != typed) {
                submission.refused.set(FieldProblems::default());
            }
            typed
        });
        submission
    }

    /// Sends `request`, unless an answer is awaited. The request runs to its end even if the page is left; `outcome` is
    /// told of it only if not, and only if the person did not turn to something else meanwhile.
    pub fn send<T: 'static>(
        self,
        request: impl Future<Output = Result<T, ApiError>> + 'static,
        outcome: impl FnOnce(Sent<T>) + 'static,
    ) {
        if self.pending.get_untracked() {
            return;
        }
        self.begin();
        self.pending.set(true);
        let turn = self.turn.get_value();
        task::detached(async move {
            let answer = request.await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.pending.set(false);
            outcome(match answer {
                Ok(done) => Sent::Done(done),
                Err(ApiError::Validation(problems)) => {
                    self.refused.set(problems);
                    Sent::Refused
                }
                Err(error) => {
                    self.error.set(Some(error));
                    Sent::Failed
                }
            });
        });
    }

    /// Names fields that are wrong, found before anything was sent.
    pub fn refuse(self, problems: FieldProblems) {
        self.begin();
        self.refused.set(problems);
    }

    /// Turns to something else: nothing is awaited any more, and nothing is wrong.
    pub fn begin(self) {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.pending.set(false);
        self.error.set(None);
        self.refused.set(FieldProblems::default());
    }

    /// What the backend found wrong with fields, tracked.
    pub fn problems(self) -> FieldProblems {
        self.refused.get()
    }

    /// Why the last try did not work, as the client sees it, tracked.
    pub fn error(self) -> Option<ApiError> {
        self.error.get()
    }

    /// Why the last try did not work, in words.
    pub fn failure(self) -> Signal<Option<Explanation>> {
        let i18n = use_i18n();
        Signal::derive(move || {
            self.error
                .with(|error| error.as_ref().map(|error| error.explain(i18n)))
        })
    }
}

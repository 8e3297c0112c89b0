//! The answer to somebody who cannot sign in: the note about it, what is wrong with the note, and sending it.

use leptos::prelude::*;
use portico_contract::admin::{AdminRequest, AnswerAdminRequest, RequestDecision};
use portico_contract::ids::AdminRequestId;
use portico_contract::validate::{FieldProblems, Validate};

use super::fields::errors;
use super::requests::{Requests, use_requests};
use crate::api::{ApiError, Client, admin, use_client};
use crate::i18n::texts::admin as words;
use crate::i18n::{I18n, Message, use_i18n};
use crate::platform::task;
use crate::ui::{FormState, Toast, Toasts, Tone, use_toasts};

/// The form about the answer to one request. Cheap to copy.
#[derive(Clone, Copy)]
pub struct AnswerForm {
    /// What the administrator writes about it.
    pub note: RwSignal<String>,
    /// When what is wrong with it is said.
    pub state: FormState,
    /// Whether an answer is awaited.
    pub pending: RwSignal<bool>,
    /// Why it was not done, in words.
    pub failure: RwSignal<Option<String>>,
    decision: RequestDecision,
    request: AdminRequestId,
    refused: RwSignal<FieldProblems>,
    requests: Requests,
    client: Client,
    i18n: I18n,
    toasts: Toasts,
}

impl AnswerForm {
    /// The form that answers `request` by `decision`.
    pub fn new(decision: RequestDecision, request: &AdminRequest) -> Self {
        let i18n = use_i18n();
        let note = RwSignal::new(String::new());
        let refused = RwSignal::new(FieldProblems::default());
        let wrong = Signal::derive(move || {
            let own = answer(decision, note.get()).validate().err().unwrap_or_default();
            errors(i18n, &["note"], own.into_vec(), refused.get().into_vec())
        });
        // What the backend found wrong was about what stood there then.
        Effect::new(move |_| {
            note.track();
            refused.set(FieldProblems::default());
        });
        Self {
            note,
            state: FormState::new(wrong),
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
            decision,
            request: request.id,
            refused,
            requests: use_requests(),
            client: use_client(),
            i18n,
            toasts: use_toasts(),
        }
    }

    /// Whether something is typed.
    pub fn is_dirty(self) -> Signal<bool> {
        Signal::derive(move || self.note.with(|note| !note.trim().is_empty()))
    }

    /// Answers. Nothing shows before the backend has done it: a mail cannot be taken back. What is typed stays until
    /// then. Who has closed the dialog meanwhile is told by a toast.
    pub fn send(self) {
        let Ok(answer) = answer(self.decision, self.note.get_untracked()).validate() else {
            return;
        };
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.failure.set(None);
        task::detached(async move {
            let outcome = admin::answer_request(self.client, self.request, &answer).await;
            self.pending.try_set(false);
            match outcome {
                Ok(now) => {
                    let text = done(self.decision, now.user.name.clone());
                    self.toasts
                        .show(Toast::new(Tone::Success, self.i18n.message(&text)));
                    self.requests.replace(now);
                    self.requests.close(self.request);
                }
                Err(error) => self.failed(&error),
            }
        });
    }

    fn failed(self, error: &ApiError) {
        if let ApiError::Validation(fields) = error
            && self.refused.try_set(fields.clone()).is_none()
        {
            self.state.show_refusal();
            return;
        }
        if matches!(error, ApiError::Refused { .. } | ApiError::NotFound) {
            // What is on the screen is out of date.
            self.requests.rows.reload();
        }
        let text = self.requests.explain(error);
        if self.failure.try_set(Some(text.clone())).is_some() {
            self.toasts.show(Toast::new(Tone::Danger, text));
        }
    }
}

fn answer(decision: RequestDecision, note: String) -> AnswerAdminRequest {
    AnswerAdminRequest {
        decision,
        note: Some(note),
    }
}

fn done(decision: RequestDecision, name: String) -> Message {
    match decision {
        RequestDecision::SendReset => words::send_reset_done(name),
        RequestDecision::ResetSecondFactor => words::reset_factor_done(name),
        RequestDecision::Decline => words::declined(name),
    }
}

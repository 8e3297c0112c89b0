//! The sign-in form: what is typed, what is wrong, whether it is under way.

use leptos::prelude::*;
use portico_contract::auth::SignIn;
use portico_contract::validate::{FieldProblems, Validate};

use super::model::refusal;
use crate::api::{ApiError, explain_field};
use crate::i18n::explain::Explanation;
use crate::i18n::use_i18n;
use crate::platform::{document, task};
use crate::session::{Doorway, Session, use_doorway, use_session};

/// The sign-in form. Cheap to copy.
#[derive(Clone, Copy)]
pub struct SignInForm {
    /// What is typed into the first field.
    pub identifier: RwSignal<String>,
    /// What is typed into the second.
    pub password: RwSignal<String>,
    /// Whether an answer is awaited.
    pub pending: RwSignal<bool>,
    /// Whether to stay signed in when the browser is closed.
    pub remember: RwSignal<bool>,
    /// How often it was sent: each time hides the password again.
    pub sent: RwSignal<u32>,
    problems: RwSignal<FieldProblems>,
    error: RwSignal<Option<ApiError>>,
    session: Session,
    doorway: Doorway,
}

impl SignInForm {
    /// A form with `identifier` in its first field and `password` in its second.
    pub fn new(identifier: RwSignal<String>, password: String) -> Self {
        Self {
            identifier,
            password: RwSignal::new(password),
            pending: RwSignal::new(false),
            remember: RwSignal::new(false),
            sent: RwSignal::new(0),
            problems: RwSignal::new(FieldProblems::default()),
            error: RwSignal::new(None),
            session: use_session(),
            doorway: use_doorway(),
        }
    }

    /// What is wrong with `field`, in words.
    pub fn problem(self, field: &'static str) -> Signal<Option<String>> {
        let i18n = use_i18n();
        Signal::derive(move || {
            let problem = self.problems.with(|problems| problems.get(field).cloned())?;
            Some(i18n.message(&explain_field(problem.rule, problem.limit)))
        })
    }

    /// Why the last try did not work, in words.
    pub fn refusal(self) -> Signal<Option<Explanation>> {
        let i18n = use_i18n();
        Signal::derive(move || {
            self.error
                .with(|error| error.as_ref().map(|error| refusal(error, i18n)))
        })
    }

    /// Seconds until another try makes sense after the last one was refused, as the backend said then.
    pub fn wait(self) -> Signal<Option<u32>> {
        Signal::derive(move || {
            self.error
                .with(|error| error.as_ref().and_then(ApiError::retry_after))
        })
    }

    /// Sends what is typed. Everything stays in its field whatever comes of it.
    pub fn submit(self) {
        if self.pending.get_untracked() {
            return;
        }
        self.error.set(None);
        let typed = SignIn {
            identifier: self.identifier.get_untracked(),
            password: self.password.get_untracked(),
            remember: self.remember.get_untracked(),
        };
        match typed.validate() {
            Err(problems) => self.refuse_fields(problems),
            Ok(request) => {
                self.problems.set(FieldProblems::default());
                self.pending.set(true);
                self.sent.update(|sent| *sent += 1);
                task::detached(async move {
                    let outcome = self.session.sign_in(&request).await;
                    self.pending.try_set(false);
                    match outcome {
                        Ok(pending) => {
                            self.doorway.identifier.set(request.identifier.clone());
                            self.doorway.take(pending);
                        }
                        Err(ApiError::Validation(problems)) => self.refuse_fields(problems),
                        Err(error) => {
                            self.error.try_set(Some(error));
                            document::focus("[name=password]");
                        }
                    }
                });
            }
        }
    }

    fn refuse_fields(self, problems: FieldProblems) {
        let first = if problems.get("identifier").is_some() {
            "[name=identifier]"
        } else {
            "[name=password]"
        };
        self.problems.try_set(problems);
        document::focus(first);
    }
}

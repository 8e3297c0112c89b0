//! Choosing what one is asked when the password is reset: what is typed, what is wrong, sending it.

use leptos::prelude::*;
use portico_contract::problem::{FieldProblem, FieldRule};
use portico_contract::recovery::{SecurityQuestion, SetSecurityQuestion};
use portico_contract::validate::{FieldProblems, Validate};

use crate::api::query::Query;
use crate::api::{Client, Sent, Submission, explain_field, passwords, use_client};
use crate::i18n::texts::{account as words, passwords as password_words};
use crate::i18n::use_i18n;
use crate::ui::{FieldError, FormState, password_problem};

/// The names of the fields, in the form and in the request.
pub(super) const QUESTION: &str = "question";
pub(super) const ANSWER: &str = "answer";
pub(super) const PASSWORD: &str = "password";

/// A choice of the question. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct QuestionChoice {
    /// What is asked now.
    pub(super) now: Query<SecurityQuestion>,
    /// What is to be asked.
    pub(super) question: RwSignal<String>,
    /// The answer to it.
    pub(super) answer: RwSignal<String>,
    /// The person's password, as typed.
    pub(super) password: RwSignal<String>,
    /// When what is wrong is said.
    pub(super) state: FormState,
    /// What became of it.
    pub(super) submission: Submission,
    /// Whether one was chosen just now.
    pub(super) saved: RwSignal<bool>,
    /// How often it was sent: each time hides what was shown.
    pub(super) sent: RwSignal<u32>,
    client: Client,
}

impl QuestionChoice {
    /// Nothing typed yet.
    pub(super) fn new() -> Self {
        let (client, i18n) = (use_client(), use_i18n());
        let [question, answer, password] = [(); 3].map(|()| RwSignal::new(String::new()));
        let submission = Submission::of(move || (question.get(), answer.get(), password.get()));
        let request = move || request(question, answer, password);
        let wrong = Signal::derive(move || {
            let own = request().validate().err().unwrap_or_default();
            let by_backend = submission.problems();
            let problem = |field: &&str| own.get(field).or_else(|| by_backend.get(field)).cloned();
            let line = |problem: FieldProblem| {
                let text = match problem.rule {
                    FieldRule::Incorrect => password_problem(problem.rule, problem.limit),
                    rule => explain_field(rule, problem.limit),
                };
                FieldError {
                    label: i18n.text(match problem.field.as_str() {
                        QUESTION => words::QUESTION_TEXT,
                        ANSWER => words::QUESTION_ANSWER,
                        _ => password_words::CURRENT,
                    }),
                    text: i18n.message(&text),
                    field: problem.field,
                }
            };
            [QUESTION, ANSWER, PASSWORD]
                .iter()
                .filter_map(problem)
                .map(line)
                .collect()
        });
        Self {
            now: Query::new(|| (), move |()| passwords::security_question(client)),
            question,
            answer,
            password,
            state: FormState::new(wrong),
            submission,
            saved: RwSignal::new(false),
            sent: RwSignal::new(0),
            client,
        }
    }

    /// Sends it. Everything stays in its field until it is done.
    pub(super) fn send(self) {
        let request = untrack(|| request(self.question, self.answer, self.password)).validate();
        let request: Result<_, FieldProblems> = request;
        let Ok(request) = request else { return };
        self.saved.set(false);
        self.sent.update(|sent| *sent += 1);
        let client = self.client;
        let request = async move { passwords::set_security_question(client, &request).await };
        self.submission.send(request, move |sent| match sent {
            Sent::Done(chosen) => {
                self.now.update(|now| *now = chosen);
                self.state.start_over();
                for field in [self.question, self.answer, self.password] {
                    field.set(String::new());
                }
                self.saved.set(true);
            }
            Sent::Refused => self.state.show_refusal(),
            Sent::Failed => {}
        });
    }
}

fn request(
    question: RwSignal<String>,
    answer: RwSignal<String>,
    password: RwSignal<String>,
) -> SetSecurityQuestion {
    SetSecurityQuestion {
        question: question.get(),
        answer: answer.get(),
        password: password.get(),
    }
}

//! Adding an authenticator app: what the app is told, what is typed, what is wrong, sending it.

use leptos::prelude::*;
use portico_contract::problem::{ErrorCode, FieldProblem, FieldRule};
use portico_contract::second_factor::{ConfirmTotp, PendingTotp};
use portico_contract::validate::Validate;

use super::second_factor::SecondFactor;
use crate::api::{ApiError, Sent, Submission, explain_field, own_factors};
use crate::i18n::texts::account as words;
use crate::i18n::{Message, use_i18n};
use crate::platform::{clock, task};
use crate::ui::{FieldError, FormState};

/// The names of the fields, in the form and in the request.
pub(super) const NAME: &str = "name";
pub(super) const CODE: &str = "code";

/// An app that is being added. Cheap to copy; the secret in it goes with the panel that shows it.
#[derive(Clone, Copy)]
pub(super) struct Enrolment {
    /// What the app is told, once it is here and as long as it counts.
    pub(super) app: RwSignal<Option<PendingTotp>>,
    /// It does not count any more.
    pub(super) is_over: RwSignal<bool>,
    /// What the person calls the app.
    pub(super) name: RwSignal<String>,
    /// The code it shows.
    pub(super) code: RwSignal<String>,
    /// When what is wrong is said.
    pub(super) state: FormState,
    /// What became of beginning.
    pub(super) beginning: Submission,
    /// What became of the code.
    pub(super) confirming: Submission,
    turn: StoredValue<u32>,
    factor: SecondFactor,
}

impl Enrolment {
    /// Begins.
    pub(super) fn new(factor: SecondFactor) -> Self {
        let i18n = use_i18n();
        let [name, code] = [(); 2].map(|()| RwSignal::new(String::new()));
        let confirming = Submission::of(move || (name.get(), code.get()));
        let wrong = Signal::derive(move || {
            let own = request(name, code).validate().err().unwrap_or_default();
            let by_backend = confirming.problems();
            let problem = |field: &&str| own.get(field).or_else(|| by_backend.get(field)).cloned();
            let line = |problem: FieldProblem| {
                let is_code = problem.field == CODE;
                FieldError {
                    label: i18n.text(if is_code {
                        words::ENROL_CODE
                    } else {
                        words::FACTOR_NAME
                    }),
                    text: i18n.message(&explain(is_code, &problem)),
                    field: problem.field,
                }
            };
            [NAME, CODE].iter().filter_map(problem).map(line).collect()
        });
        let enrolment = Self {
            app: RwSignal::new(None),
            is_over: RwSignal::new(false),
            name,
            code,
            state: FormState::new(wrong),
            beginning: Submission::of(|| ()),
            confirming,
            turn: StoredValue::new(0),
            factor,
        };
        enrolment.begin();
        enrolment
    }

    /// Begins, or begins again: what the app was told before does not count any more. The name stays.
    pub(super) fn begin(self) {
        self.app.set(None);
        self.is_over.set(false);
        self.code.set(String::new());
        self.confirming.begin();
        self.state.start_over();
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        let client = self.factor.client;
        let request = async move { own_factors::begin_totp(client).await };
        self.beginning.send(request, move |sent| {
            if let Sent::Done(app) = sent {
                self.end_after(app.expires_in);
                self.app.set(Some(app));
            }
        });
    }

    /// Lets go of the secret after `seconds`, unless it has become another one by then.
    fn end_after(self, seconds: u32) {
        let turn = self.turn.get_value();
        task::detached(async move {
            clock::sleep(seconds.saturating_mul(1_000)).await;
            if self.turn.try_get_value() == Some(turn) {
                self.end();
            }
        });
    }

    /// The secret does not count any more: it is not shown any longer.
    fn end(self) {
        self.app.try_set(None);
        self.is_over.try_set(true);
    }

    /// Sends the code. Everything stays in its field until it is done.
    pub(super) fn confirm(self) {
        let Ok(request) = untrack(|| request(self.name, self.code)).validate() else {
            return self.state.show_refusal();
        };
        let client = self.factor.client;
        let request = async move { own_factors::confirm_totp(client, &request).await };
        self.confirming.send(request, move |sent| match sent {
            Sent::Done(enrolled) => self.factor.added(enrolled),
            Sent::Refused => self.state.show_refusal(),
            Sent::Failed => {
                if untrack(|| self.confirming.error()).is_some_and(|error| is_gone(&error)) {
                    self.confirming.begin();
                    self.end();
                }
            }
        });
    }
}

fn request(name: RwSignal<String>, code: RwSignal<String>) -> ConfirmTotp {
    ConfirmTotp {
        code: code.get(),
        name: Some(name.get()),
    }
}

/// Whether the secret does not count any more: its time is over, or another one has taken its place.
fn is_gone(error: &ApiError) -> bool {
    let is_conflict = matches!(
        error,
        ApiError::Refused {
            code: ErrorCode::Conflict,
            ..
        }
    );
    is_conflict || matches!(error, ApiError::NotFound)
}

fn explain(is_code: bool, problem: &FieldProblem) -> Message {
    match problem.rule {
        FieldRule::Incorrect if is_code => words::ENROL_CODE_WRONG.into(),
        FieldRule::Malformed | FieldRule::TooLong if is_code => words::ENROL_CODE_MALFORMED.into(),
        rule => explain_field(rule, problem.limit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_is_gone_is_told_from_other_failures() {
        let refused = |code| ApiError::Refused {
            code,
            fields: Vec::new().into(),
        };
        assert!(is_gone(&ApiError::NotFound) && is_gone(&refused(ErrorCode::Conflict)));
        assert!(!is_gone(&ApiError::Offline) && !is_gone(&refused(ErrorCode::OwnAccount)));
    }

    #[test]
    fn a_code_has_words_of_its_own() {
        let problem = |rule, limit| FieldProblem {
            field: String::new(),
            rule,
            limit,
        };
        assert_eq!(
            explain(true, &problem(FieldRule::Incorrect, None)),
            words::ENROL_CODE_WRONG.into()
        );
        assert_eq!(
            explain(true, &problem(FieldRule::TooLong, Some(64))),
            words::ENROL_CODE_MALFORMED.into(),
            "nobody needs to know the limit"
        );
        assert_eq!(
            explain(false, &problem(FieldRule::TooLong, Some(60))),
            explain_field(FieldRule::TooLong, Some(60))
        );
    }
}

//! Showing once more who one is: what is typed, what is wrong, sending it.

use leptos::prelude::*;
use portico_contract::problem::{FieldProblem, FieldRule};
use portico_contract::second_factor::{FactorMethod, FactorProof, StepUp, StepUpNeeded};
use portico_contract::validate::Validate;

use super::model::refusal;
use crate::api::{Sent, Submission, explain_field};
use crate::i18n::explain::Explanation;
use crate::i18n::texts::{auth, session as words};
use crate::i18n::{I18n, Message, Text, use_i18n};
use crate::session::StepUps;
use crate::ui::{FieldError, FormState};

/// The names of the fields, in the form and in the request.
pub(super) const PASSWORD: &str = "password";
pub(super) const CODE: &str = "code";

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct StepUpForm {
    /// What has to be shown.
    pub(super) needed: Signal<StepUpNeeded>,
    /// How the second factor is shown.
    pub(super) method: Memo<Option<FactorMethod>>,
    /// The password, as typed.
    pub(super) password: RwSignal<String>,
    /// The code of the app.
    pub(super) totp: RwSignal<String>,
    /// A recovery code.
    pub(super) recovery: RwSignal<String>,
    /// When what is wrong is said.
    pub(super) state: FormState,
    /// What became of it.
    pub(super) submission: Submission,
    /// How often it was sent: each time hides what was shown.
    pub(super) sent: RwSignal<u32>,
    tries_left: RwSignal<Option<u32>>,
    pause: RwSignal<Option<u32>>,
    chosen: RwSignal<Option<FactorMethod>>,
    ups: StepUps,
}

impl StepUpForm {
    /// Nothing typed yet.
    pub(super) fn new(ups: StepUps, needed: Signal<StepUpNeeded>) -> Self {
        let i18n = use_i18n();
        let [password, totp, recovery] = [(); 3].map(|()| RwSignal::new(String::new()));
        let chosen = RwSignal::new(None);
        let method = Memo::new(move |_| {
            let methods = needed.with(|needed| needed.methods.clone());
            let chosen = chosen.get().filter(|chosen| methods.contains(chosen));
            chosen.or_else(|| methods.first().copied())
        });
        let tries_left = RwSignal::new(None);
        let submission = Submission::of(move || (password.get(), totp.get(), recovery.get(), method.get()));
        let request = move || request(needed, method, password, totp, recovery);
        let wrong = Signal::derive(move || {
            let own = request().validate().err().unwrap_or_default();
            let by_backend = submission.problems();
            let problem = |field: &&str| own.get(field).or_else(|| by_backend.get(field)).cloned();
            let line = |problem: FieldProblem| line(i18n, method.get(), problem);
            [PASSWORD, CODE].iter().filter_map(problem).map(line).collect()
        });
        Self {
            needed,
            method,
            password,
            totp,
            recovery,
            state: FormState::new(wrong),
            submission,
            sent: RwSignal::new(0),
            tries_left,
            pause: RwSignal::new(None),
            chosen,
            ups,
        }
    }

    /// Another way to show the second factor, if there is one, tracked.
    pub(super) fn other_method(self) -> Option<FactorMethod> {
        let now = self.method.get()?;
        self.needed
            .with(|needed| needed.methods.iter().copied().find(|method| *method != now))
    }

    /// Whether the person has turned to another way of showing it.
    pub(super) fn is_chosen(self) -> bool {
        self.chosen.get().is_some()
    }

    /// Turns to `method`. What was typed for the other one stays.
    pub(super) fn choose(self, method: FactorMethod) {
        self.chosen.set(Some(method));
        self.state.start_over();
    }

    /// Why the last try did not work, where that is no matter of a field, in words.
    pub(super) fn refusal(self) -> Signal<Option<Explanation>> {
        let i18n = use_i18n();
        Signal::derive(move || Some(refusal(&self.submission.error()?, i18n)))
    }

    /// Seconds until another try makes sense, as the backend said with the last one, tracked.
    pub(super) fn pause(self) -> Option<u32> {
        self.pause.get()
    }

    /// How many tries are left, as long as the last one was wrong and nothing else is typed yet, tracked.
    pub(super) fn warning(self) -> Option<Message> {
        let is_wrong = !self.submission.problems().into_vec().is_empty();
        // Of a pause that has begun the clock tells.
        let left = self.tries_left.get().filter(|left| is_wrong && *left > 0)?;
        Some(auth::attempts_left(u64::from(left)))
    }

    /// Sends it. Everything stays in its field until it is done.
    pub(super) fn send(self) {
        let typed = untrack(|| request(self.needed, self.method, self.password, self.totp, self.recovery));
        let Ok(request) = typed.validate() else {
            return self.state.show_refusal();
        };
        self.sent.update(|sent| *sent += 1);
        let (ups, tries_left, pause) = (self.ups, self.tries_left, self.pause);
        tries_left.set(None);
        pause.set(None);
        let request = async move {
            let outcome = ups.show(&request).await;
            outcome.map_err(|refusal| {
                tries_left.try_set(refusal.tries_left);
                pause.try_set(refusal.pause);
                refusal.error
            })
        };
        self.submission.send(request, move |sent| match sent {
            // The question is gone, and this form with it.
            Sent::Done(()) | Sent::Failed => {}
            Sent::Refused => self.state.show_refusal(),
        });
    }
}

/// What is shown, as it stands in the fields that are asked for.
fn request(
    needed: Signal<StepUpNeeded>,
    method: Memo<Option<FactorMethod>>,
    password: RwSignal<String>,
    totp: RwSignal<String>,
    recovery: RwSignal<String>,
) -> StepUp {
    StepUp {
        password: needed.with(|needed| needed.password).then(|| password.get()),
        proof: method.get().map(|method| FactorProof {
            method,
            code: match method {
                FactorMethod::Totp => totp.get(),
                FactorMethod::RecoveryCode => recovery.get(),
            },
        }),
    }
}

fn line(i18n: I18n, method: Option<FactorMethod>, problem: FieldProblem) -> FieldError {
    let is_password = problem.field == PASSWORD;
    let label = match method {
        _ if is_password => auth::PASSWORD,
        Some(FactorMethod::RecoveryCode) => words::STEP_UP_RECOVERY,
        _ => words::STEP_UP_CODE,
    };
    FieldError {
        label: i18n.text(label),
        text: i18n.message(&explain(method.filter(|_| !is_password), &problem)),
        field: problem.field,
    }
}

/// What is wrong with the code shown by `method`, or, without one, with the password.
fn explain(method: Option<FactorMethod>, problem: &FieldProblem) -> Message {
    let own: Option<Text> = match (method, problem.rule) {
        (None, FieldRule::Incorrect) => Some(words::STEP_UP_PASSWORD_WRONG),
        (Some(FactorMethod::Totp), FieldRule::Incorrect) => Some(words::STEP_UP_CODE_WRONG),
        (Some(FactorMethod::RecoveryCode), FieldRule::Incorrect) => Some(words::STEP_UP_RECOVERY_WRONG),
        (Some(FactorMethod::Totp), FieldRule::Malformed | FieldRule::TooLong) => {
            Some(words::STEP_UP_CODE_MALFORMED)
        }
        (Some(FactorMethod::RecoveryCode), FieldRule::Malformed | FieldRule::TooLong) => {
            Some(words::STEP_UP_RECOVERY_MALFORMED)
        }
        _ => None,
    };
    own.map_or_else(|| explain_field(problem.rule, problem.limit), Message::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_of_what_was_shown() {
        let problem = |rule| FieldProblem {
            field: String::new(),
            rule,
            limit: None,
        };
        let said = |method, rule| explain(method, &problem(rule));
        let (totp, recovery) = (Some(FactorMethod::Totp), Some(FactorMethod::RecoveryCode));
        assert_eq!(
            said(None, FieldRule::Incorrect),
            words::STEP_UP_PASSWORD_WRONG.into()
        );
        assert_eq!(said(totp, FieldRule::Incorrect), words::STEP_UP_CODE_WRONG.into());
        assert_eq!(
            said(recovery, FieldRule::Incorrect),
            words::STEP_UP_RECOVERY_WRONG.into()
        );
        assert_eq!(
            said(recovery, FieldRule::Malformed),
            words::STEP_UP_RECOVERY_MALFORMED.into()
        );
        assert_eq!(
            said(totp, FieldRule::Required),
            explain_field(FieldRule::Required, None)
        );
    }
}

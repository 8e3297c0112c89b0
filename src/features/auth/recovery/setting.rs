//! Setting a password: the form, what is wrong with it, sending it.

use std::future::Future;

use leptos::prelude::*;
use portico_contract::validate::FieldProblems;
use portico_strength::Context;

use super::super::door::Send;
use crate::api::query::Query;
use crate::api::{ApiError, Sent, Submission, passwords, use_client};
use crate::i18n::texts::passwords as words;
use crate::i18n::{t, use_i18n};
use crate::ui::{
    Awaited, FailureBanner, FieldError, Form, FormState, KnownUsername, NewPasswordField, PasswordChoice,
    password_problem,
};

/// A password that is being set. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    choice: PasswordChoice,
    state: FormState,
    submission: Submission,
    sent: RwSignal<u32>,
    /// What a password has to be is known, or cannot be found out; then the backend has the say.
    settled: Signal<bool>,
    /// What the request calls it.
    field: &'static str,
}

impl Setting {
    /// For somebody of whom `context` is known. The request calls the password `field`.
    pub(super) fn new(field: &'static str, context: Context) -> Self {
        let (client, i18n) = (use_client(), use_i18n());
        let policy = Query::new(|| (), move |()| passwords::auth_policy(client));
        let settled = policy.settled();
        let policy = Signal::derive(move || policy.with(|policy| policy.password.clone()));
        let choice = PasswordChoice::new(policy, Signal::stored(context));
        let submission = Submission::of(move || choice.value.get());
        let wrong = Signal::derive(move || {
            let problems = submission.problems();
            let by_backend = problems.get(field);
            let by_backend = by_backend.map(|problem| password_problem(problem.rule, problem.limit));
            let line = |problem| FieldError {
                field: field.to_owned(),
                label: i18n.text(words::NEW),
                text: i18n.message(&problem),
            };
            let problem = by_backend.or_else(|| choice.problem());
            problem.map(line).into_iter().collect()
        });
        Self {
            choice,
            state: FormState::new(wrong),
            submission,
            sent: RwSignal::new(0),
            settled,
            field,
        }
    }

    /// Sends what is typed with `request`, unless it is under way already. What comes of it goes to `done`; a refusal
    /// stays here, and so does what was typed.
    pub(super) fn send<T: 'static, F>(
        self,
        request: impl FnOnce(String) -> Result<F, FieldProblems>,
        done: impl FnOnce(T) + 'static,
    ) where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let request = match request(self.choice.value.get_untracked()) {
            Ok(request) => request,
            Err(problems) => {
                self.submission.refuse(problems);
                return self.state.show_refusal();
            }
        };
        self.sent.update(|sent| *sent += 1);
        self.submission.send(request, move |sent| match sent {
            Sent::Done(outcome) => done(outcome),
            Sent::Refused => self.state.show_refusal(),
            Sent::Failed => {}
        });
    }

    /// Whether the sign-in that this was for is over.
    pub(super) fn is_too_late(self) -> Memo<bool> {
        Memo::new(move |_| matches!(self.submission.error(), Some(ApiError::SignInExpired)))
    }
}

/// The form. Managers find whose password it is in a field that nobody sees.
#[component]
pub(super) fn SettingForm(
    /// What is being set.
    setting: Setting,
    /// What managers know the person by.
    #[prop(into)]
    username: Signal<String>,
    /// Sends it.
    on_submit: Callback<()>,
    /// What else is chosen with it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let Setting {
        choice,
        state,
        submission,
        sent,
        settled,
        field,
    } = setting;
    view! {
        <FailureBanner failure=submission.failure() />
        <Form state label=t(words::SET) on_submit>
            <KnownUsername value=username />
            {children.map(|children| children())}
            // With its rules from the start: they would push the button down.
            <Awaited settled lines=6>
                <NewPasswordField
                    label=t(words::NEW)
                    choice
                    name=field
                    error=state.error(field)
                    mask=sent
                    on_blur=state.leave(field)
                />
                <Send label=words::SET pending=submission.pending />
            </Awaited>
        </Form>
    }
}

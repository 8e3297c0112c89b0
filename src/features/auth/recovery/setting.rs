//! Setting a password: the form, what is wrong with it, sending it.

use std::future::Future;

use leptos::prelude::*;
use portico_contract::validate::FieldProblems;
use portico_strength::Context;

use super::frame::Failure;
use crate::api::query::Query;
use crate::api::{ApiError, passwords, use_client};
use crate::i18n::explain::Explanation;
use crate::i18n::texts::passwords as words;
use crate::i18n::{t, use_i18n};
use crate::platform::task;
use crate::ui::{
    Button, ButtonKind, ButtonSize, ButtonVariant, FieldError, Form, FormState, NewPasswordField,
    PasswordChoice, password_problem,
};

/// A password that is being set. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    choice: PasswordChoice,
    state: FormState,
    pending: RwSignal<bool>,
    sent: RwSignal<u32>,
    /// What the request calls it.
    field: &'static str,
    refused: RwSignal<FieldProblems>,
    error: RwSignal<Option<ApiError>>,
}

impl Setting {
    /// For somebody of whom `context` is known. The request calls the password `field`.
    pub(super) fn new(field: &'static str, context: Context) -> Self {
        let (client, i18n) = (use_client(), use_i18n());
        let policy = Query::new(|| (), move |()| passwords::auth_policy(client));
        let policy = Signal::derive(move || policy.with(|policy| policy.password.clone()));
        let choice = PasswordChoice::new(policy, Signal::stored(context));
        let refused = RwSignal::new(FieldProblems::default());
        let wrong = Signal::derive(move || {
            let by_backend = refused.with(|refused| {
                let problem = refused.get(field)?;
                Some(password_problem(problem.rule, problem.limit))
            });
            let problem = by_backend.or_else(|| choice.problem());
            let line = |problem| FieldError {
                field: field.to_owned(),
                label: i18n.text(words::NEW),
                text: i18n.message(&problem),
            };
            problem.map(line).into_iter().collect()
        });
        let setting = Self {
            choice,
            state: FormState::new(wrong),
            pending: RwSignal::new(false),
            sent: RwSignal::new(0),
            field,
            refused,
            error: RwSignal::new(None),
        };
        // What the backend found wrong was about what stood there then.
        Effect::new(move |before: Option<String>| {
            let typed = choice.value.get();
            if before.is_some_and(|before| before != typed) {
                refused.set(FieldProblems::default());
            }
            typed
        });
        setting
    }

    fn failure(self) -> Signal<Option<Explanation>> {
        let i18n = use_i18n();
        Signal::derive(move || {
            self.error
                .with(|error| error.as_ref().map(|error| error.explain(i18n)))
        })
    }

    /// Sends what is typed with `request`, unless it is under way already. What comes of it goes to `done`; a refusal
    /// stays here, and so does what was typed.
    pub(super) fn send<T, F>(
        self,
        request: impl FnOnce(String) -> Result<F, FieldProblems>,
        done: impl FnOnce(T) + 'static,
    ) where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        if self.pending.get_untracked() {
            return;
        }
        self.error.set(None);
        let request = match request(self.choice.value.get_untracked()) {
            Ok(request) => request,
            Err(problems) => return self.refuse(problems),
        };
        self.pending.set(true);
        self.sent.update(|sent| *sent += 1);
        task::detached(async move {
            let outcome = request.await;
            self.pending.try_set(false);
            match outcome {
                Ok(outcome) => done(outcome),
                Err(ApiError::Validation(problems)) => self.refuse(problems),
                Err(error) => {
                    self.error.try_set(Some(error));
                }
            }
        });
    }

    /// Whether the sign-in that this was for is over, tracked.
    pub(super) fn is_too_late(self) -> bool {
        self.error
            .with(|error| matches!(error, Some(ApiError::SignInExpired)))
    }

    fn refuse(self, problems: FieldProblems) {
        if self.refused.try_set(problems).is_none() {
            self.state.show_refusal();
        }
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
        pending,
        sent,
        field,
        ..
    } = setting;
    view! {
        <Failure failure=setting.failure() />
        <Form state label=t(words::SET) on_submit>
            <input
                class="visually-hidden"
                type="text"
                name="username"
                autocomplete="username"
                tabindex="-1"
                aria-hidden="true"
                readonly
                prop:value=move || username.get()
            />
            {children.map(|children| children())}
            <NewPasswordField
                label=t(words::NEW)
                choice
                name=field
                error=state.error(field)
                mask=sent
                on_blur=state.leave(field)
            />
            <Button
                label=t(words::SET)
                variant=ButtonVariant::Primary
                size=ButtonSize::Large
                kind=ButtonKind::Submit
                pending
            />
        </Form>
    }
}

//! Changing one's own password: what is typed, what is wrong, sending it.

use leptos::prelude::*;
use portico_contract::auth::ChangeOwnPassword;
use portico_contract::problem::FieldRule;
use portico_contract::user::User;
use portico_contract::validate::{FieldProblems, Validate};
use portico_strength::Context;

use crate::api::query::Query;
use crate::api::{ApiError, Client, passwords, use_client};
use crate::i18n::explain::Explanation;
use crate::i18n::texts::passwords as words;
use crate::i18n::{I18n, Message, use_i18n};
use crate::platform::task;
use crate::session::{Session, use_session};
use crate::ui::{FieldError, FormState, PasswordChoice, ProductName, password_problem};

/// The names of the fields, in the form and in the request.
pub(super) const CURRENT: &str = "current";
pub(super) const NEW: &str = "new";

/// A change of the password. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct PasswordChange {
    /// The one in use, as typed.
    pub(super) current: RwSignal<String>,
    /// The new one.
    pub(super) choice: PasswordChoice,
    /// Whether the other sessions end with it.
    pub(super) end_others: RwSignal<bool>,
    /// When what is wrong is said.
    pub(super) state: FormState,
    /// Whether an answer is awaited.
    pub(super) pending: RwSignal<bool>,
    /// How often it was sent: each time hides what was shown.
    pub(super) sent: RwSignal<u32>,
    refused: RwSignal<FieldProblems>,
    error: RwSignal<Option<ApiError>>,
    client: Client,
    session: Session,
    i18n: I18n,
}

impl PasswordChange {
    /// Nothing typed yet.
    pub(super) fn new() -> Self {
        let (client, i18n, session) = (use_client(), use_i18n(), use_session());
        let policy = Query::new(|| (), move |()| passwords::auth_policy(client));
        let policy = Signal::derive(move || policy.with(|policy| policy.password.clone()));
        let ProductName(product) = expect_context();
        let context = Signal::derive(move || {
            let known = session.me().map(|me| context(&me.user, &product));
            known.unwrap_or_default()
        });
        let current = RwSignal::new(String::new());
        let refused = RwSignal::new(FieldProblems::default());
        let choice = PasswordChoice::new(policy, context);
        let wrong = Signal::derive(move || wrong(i18n, current, choice, refused));
        // What the backend found wrong was about what stood there then.
        Effect::new(move |before: Option<(String, String)>| {
            let typed = (current.get(), choice.value.get());
            if before.is_some_and(|before| before != typed) {
                refused.set(FieldProblems::default());
            }
            typed
        });
        Self {
            current,
            choice,
            end_others: RwSignal::new(true),
            state: FormState::new(wrong),
            pending: RwSignal::new(false),
            sent: RwSignal::new(0),
            refused,
            error: RwSignal::new(None),
            client,
            session,
            i18n,
        }
    }

    /// What managers know the person by, tracked.
    pub(super) fn username(self) -> String {
        self.session
            .me()
            .map(|me| me.user.email.clone())
            .unwrap_or_default()
    }

    /// Why the last try did not work, in words.
    pub(super) fn failure(self) -> Signal<Option<Explanation>> {
        Signal::derive(move || {
            self.error
                .with(|error| error.as_ref().map(|error| error.explain(self.i18n)))
        })
    }

    /// Sends it; `done` hears when it is changed. Everything stays in its field until then.
    pub(super) fn send(self, done: impl FnOnce() + 'static) {
        if self.pending.get_untracked() {
            return;
        }
        self.error.set(None);
        let request = ChangeOwnPassword {
            current: self.current.get_untracked(),
            new: self.choice.value.get_untracked(),
            end_other_sessions: self.end_others.get_untracked(),
        };
        let request = match request.validate() {
            Ok(request) => request,
            Err(problems) => return self.refuse(problems),
        };
        self.pending.set(true);
        self.sent.update(|sent| *sent += 1);
        task::detached(async move {
            let outcome = passwords::change_own_password(self.client, &request).await;
            self.pending.try_set(false);
            match outcome {
                Ok(me) => {
                    self.session.renew_me(me);
                    done();
                }
                Err(ApiError::Validation(problems)) => self.refuse(problems),
                Err(error) => {
                    self.error.try_set(Some(error));
                }
            }
        });
    }

    fn refuse(self, problems: FieldProblems) {
        if self.refused.try_set(problems).is_none() {
            self.state.show_refusal();
        }
    }
}

/// What is wrong with both fields, as it stands and as the backend found it, tracked.
fn wrong(
    i18n: I18n,
    current: RwSignal<String>,
    choice: PasswordChoice,
    refused: RwSignal<FieldProblems>,
) -> Vec<FieldError> {
    let by_backend = |field: &str| -> Option<Message> {
        refused.with(|refused| {
            let problem = refused.get(field)?;
            Some(password_problem(problem.rule, problem.limit))
        })
    };
    let empty = || {
        let is_empty = current.with(String::is_empty);
        is_empty.then(|| password_problem(FieldRule::Required, None))
    };
    let line = |field: &str, label, problem: Message| FieldError {
        field: field.to_owned(),
        label: i18n.text(label),
        text: i18n.message(&problem),
    };
    let current = by_backend(CURRENT)
        .or_else(empty)
        .map(|problem| line(CURRENT, words::CURRENT, problem));
    let new = by_backend(NEW)
        .or_else(|| choice.problem())
        .map(|problem| line(NEW, words::NEW, problem));
    current.into_iter().chain(new).collect()
}

/// What others know of the person.
fn context(user: &User, product: &str) -> Context {
    Context {
        names: vec![user.name.clone()],
        emails: vec![user.email.clone()],
        username: user.username.clone(),
        employee_number: Some(user.employee_number.clone()),
        companies: vec![product.to_owned()],
        ..Context::default()
    }
}

//! Changing one's own password: what is typed, what is wrong, sending it.

use leptos::prelude::*;
use portico_contract::auth::{AuthPolicy, ChangeOwnPassword};
use portico_contract::problem::FieldRule;
use portico_contract::user::User;
use portico_contract::validate::Validate;
use portico_strength::Context;

use crate::api::query::Query;
use crate::api::{Client, Sent, Submission, passwords, use_client};
use crate::i18n::texts::passwords as words;
use crate::i18n::{I18n, Message, use_i18n};
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
    /// What became of it.
    pub(super) submission: Submission,
    /// How often it was sent: each time hides what was shown.
    pub(super) sent: RwSignal<u32>,
    client: Client,
    session: Session,
}

impl PasswordChange {
    /// Nothing typed yet, under `policy`.
    pub(super) fn new(policy: Query<AuthPolicy>) -> Self {
        let (client, i18n, session) = (use_client(), use_i18n(), use_session());
        let policy = Signal::derive(move || policy.with(|policy| policy.password.clone()));
        let ProductName(product) = expect_context();
        let context = Signal::derive(move || {
            let known = session.me().map(|me| context(&me.user, &product));
            known.unwrap_or_default()
        });
        let current = RwSignal::new(String::new());
        let choice = PasswordChoice::new(policy, context);
        let submission = Submission::of(move || (current.get(), choice.value.get()));
        let wrong = Signal::derive(move || wrong(i18n, current, choice, submission));
        Self {
            current,
            choice,
            end_others: RwSignal::new(true),
            state: FormState::new(wrong),
            submission,
            sent: RwSignal::new(0),
            client,
            session,
        }
    }

    /// What managers know the person by, tracked.
    pub(super) fn username(self) -> String {
        self.session
            .me()
            .map(|me| me.user.email.clone())
            .unwrap_or_default()
    }

    /// Sends it; `done` hears when it is changed. Everything stays in its field until then.
    pub(super) fn send(self, done: impl FnOnce() + 'static) {
        let request = ChangeOwnPassword {
            current: self.current.get_untracked(),
            new: self.choice.value.get_untracked(),
            end_other_sessions: self.end_others.get_untracked(),
        };
        let request = match request.validate() {
            Ok(request) => request,
            Err(problems) => {
                self.submission.refuse(problems);
                return self.state.show_refusal();
            }
        };
        self.sent.update(|sent| *sent += 1);
        let (client, session) = (self.client, self.session);
        let request = async move {
            let me = passwords::change_own_password(client, &request).await?;
            // Also if the page was left meanwhile.
            session.renew_me(me);
            Ok(())
        };
        self.submission.send(request, move |sent| match sent {
            Sent::Done(()) => done(),
            Sent::Refused => self.state.show_refusal(),
            Sent::Failed => {}
        });
    }
}

/// What is wrong with both fields, as it stands and as the backend found it, tracked.
fn wrong(
    i18n: I18n,
    current: RwSignal<String>,
    choice: PasswordChoice,
    submission: Submission,
) -> Vec<FieldError> {
    let by_backend = |field: &str| -> Option<Message> {
        let problems = submission.problems();
        let problem = problems.get(field)?;
        Some(password_problem(problem.rule, problem.limit))
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

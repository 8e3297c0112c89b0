//! Another mail address for an account: what is typed, what is wrong with it, and sending it.

use leptos::prelude::*;
use portico_contract::admin::{AdminUser, ChangeUser};
use portico_contract::ids::UserId;
use portico_contract::problem::ErrorCode;
use portico_contract::validate::{FieldProblems, Validate};

use super::fields::errors;
use super::users::{Users, use_users};
use crate::api::{ApiError, Client, admin, use_client};
use crate::i18n::texts::admin as words;
use crate::i18n::{I18n, use_i18n};
use crate::platform::task;
use crate::ui::{FormState, Toast, Toasts, Tone, use_toasts};

/// The form for another address of one account. Cheap to copy.
#[derive(Clone, Copy)]
pub struct AddressForm {
    /// What is typed.
    pub typed: RwSignal<String>,
    /// When what is wrong with it is said.
    pub state: FormState,
    /// Whether an answer is awaited.
    pub pending: RwSignal<bool>,
    /// Why it was not done, in words.
    pub failure: RwSignal<Option<String>>,
    user: UserId,
    before: StoredValue<String>,
    refused: RwSignal<FieldProblems>,
    users: Users,
    client: Client,
    i18n: I18n,
    toasts: Toasts,
}

impl AddressForm {
    /// The form about `user`, with the address it has now.
    pub fn new(user: &AdminUser) -> Self {
        let i18n = use_i18n();
        let typed = RwSignal::new(user.email.clone());
        let refused = RwSignal::new(FieldProblems::default());
        let wrong = Signal::derive(move || {
            let input = ChangeUser { email: typed.get() };
            let own = input.validate().err().unwrap_or_default();
            errors(i18n, &["email"], own.into_vec(), refused.get().into_vec())
        });
        // What the backend found wrong was about what stood there then.
        Effect::new(move |_| {
            typed.track();
            refused.set(FieldProblems::default());
        });
        Self {
            typed,
            state: FormState::new(wrong),
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
            user: user.id,
            before: StoredValue::new(user.email.clone()),
            refused,
            users: use_users(),
            client: use_client(),
            i18n,
            toasts: use_toasts(),
        }
    }

    /// Whether another address is typed.
    pub fn is_dirty(self) -> Signal<bool> {
        Signal::derive(move || self.before.with_value(|before| *before != self.typed.get()))
    }

    /// Sends it. What is typed stays until it is done. Who has closed the dialog meanwhile is told by a toast.
    pub fn send(self) {
        let input = ChangeUser {
            email: self.typed.get_untracked(),
        };
        let Ok(input) = input.validate() else { return };
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.failure.set(None);
        task::detached(async move {
            let outcome = admin::change_user(self.client, self.user, &input).await;
            self.pending.try_set(false);
            match outcome {
                Ok(now) => {
                    let text = words::change_email_done(now.email.clone(), now.name.clone());
                    let text = self.i18n.message(&text);
                    self.toasts.show(Toast::new(Tone::Success, text));
                    self.users.replace(now);
                    self.close();
                }
                Err(error) => self.failed(&error),
            }
        });
    }

    /// Lets go of the dialog, unless it is about somebody else by now.
    fn close(self) {
        let _ = self.users.readdressed.try_update(|asked| {
            if asked.as_ref().is_some_and(|user| user.id == self.user) {
                *asked = None;
            }
        });
    }

    fn failed(self, error: &ApiError) {
        let untold = match error {
            ApiError::Validation(fields) | ApiError::Refused { fields, .. } if !fields.is_empty() => {
                if self.refused.try_set(fields.clone()).is_none() {
                    self.state.show_refusal();
                    return;
                }
                told(self.i18n, fields).unwrap_or_else(|| self.users.explain(error))
            }
            error => {
                if matches!(error, ApiError::Refused { code, .. } if *code == ErrorCode::Conflict) {
                    // What is on the screen is out of date.
                    self.users.found.rows.reload();
                }
                let Some(Some(text)) = self.failure.try_set(Some(self.users.explain(error))) else {
                    return;
                };
                text
            }
        };
        self.toasts.show(Toast::new(Tone::Danger, untold));
    }
}

/// What is wrong with the address, for who does not see its field any more.
fn told(i18n: I18n, fields: &FieldProblems) -> Option<String> {
    let wrong = errors(i18n, &["email"], Vec::new(), fields.clone().into_vec());
    let first = wrong.into_iter().next()?;
    Some(format!("{}: {}", first.label, first.text))
}

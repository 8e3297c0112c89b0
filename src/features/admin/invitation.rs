//! The form about somebody who is to be invited: its fields, what is wrong with them, sending it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use portico_contract::locale::Locale;
use portico_contract::user::TeamRef;
use portico_contract::validate::FieldProblems;

use super::fields::errors;
use super::typed::Typed;
use crate::api::query::Query;
use crate::api::{ApiError, Client, admin, use_client};
use crate::app::routes::Route;
use crate::i18n::explain::Explanation;
use crate::i18n::texts::admin as words;
use crate::i18n::{I18n, use_i18n};
use crate::platform::task;
use crate::session::Draft;
use crate::ui::{FormState, Toast, Toasts, Tone, use_toasts};

/// The fields in the order in which they stand.
const FIELDS: [&str; 8] = [
    "name",
    "email",
    "employee_number",
    "username",
    "phone",
    "role",
    "team",
    "locale",
];

/// What stands in each field.
#[derive(Clone, Copy)]
pub struct Fields {
    pub name: RwSignal<String>,
    pub email: RwSignal<String>,
    pub employee_number: RwSignal<String>,
    pub username: RwSignal<String>,
    pub phone: RwSignal<String>,
    pub role: RwSignal<String>,
    pub team: RwSignal<String>,
    pub locale: RwSignal<String>,
}

impl Fields {
    fn new() -> Self {
        Self {
            name: RwSignal::default(),
            email: RwSignal::default(),
            employee_number: RwSignal::default(),
            username: RwSignal::default(),
            phone: RwSignal::default(),
            role: RwSignal::default(),
            team: RwSignal::default(),
            locale: RwSignal::default(),
        }
    }

    /// What stands in them, tracked.
    fn typed(self) -> Typed {
        Typed {
            name: self.name.get(),
            email: self.email.get(),
            employee_number: self.employee_number.get(),
            username: self.username.get(),
            phone: self.phone.get(),
            role: self.role.get(),
            team: self.team.get(),
            locale: self.locale.get(),
        }
    }

    fn fill(self, typed: &Typed) {
        for (field, text) in [
            (self.name, &typed.name),
            (self.email, &typed.email),
            (self.employee_number, &typed.employee_number),
            (self.username, &typed.username),
            (self.phone, &typed.phone),
            (self.role, &typed.role),
            (self.team, &typed.team),
            (self.locale, &typed.locale),
        ] {
            field.set(text.clone());
        }
    }
}

/// The form. Cheap to copy; in the context of its page.
#[derive(Clone, Copy)]
pub struct Invitation {
    /// What stands in each field.
    pub fields: Fields,
    /// When what is wrong with a field is said.
    pub state: FormState,
    /// Whether an answer is awaited.
    pub pending: RwSignal<bool>,
    /// Whether what stands in the form is from before.
    pub restored: RwSignal<bool>,
    /// The teams to choose from.
    pub teams: Query<Vec<TeamRef>>,
    base: StoredValue<Typed>,
    refused: RwSignal<FieldProblems>,
    error: RwSignal<Option<ApiError>>,
    draft: Draft,
    client: Client,
    i18n: I18n,
    toasts: Toasts,
    go: StoredValue<Box<dyn Fn()>, LocalStorage>,
}

impl Invitation {
    /// An empty form; the invitation is written in `locale` unless another is chosen.
    pub fn new(locale: Locale) -> Self {
        let (client, i18n) = (use_client(), use_i18n());
        let fields = Fields::new();
        let base = Typed::fresh(locale);
        fields.fill(&base);
        let refused = RwSignal::new(FieldProblems::default());
        let wrong = Signal::derive(move || {
            let own = fields.typed().validate().err().unwrap_or_default();
            errors(i18n, &FIELDS, own.into_vec(), refused.get().into_vec())
        });
        let navigate = use_navigate();
        let form = Self {
            fields,
            state: FormState::new(wrong),
            pending: RwSignal::new(false),
            restored: RwSignal::new(false),
            teams: Query::new(|| (), move |()| admin::list_teams(client)),
            base: StoredValue::new(base),
            refused,
            error: RwSignal::new(None),
            draft: Draft::new("invitation"),
            client,
            i18n,
            toasts: use_toasts(),
            go: StoredValue::new_local(Box::new(move || {
                navigate(&Route::AdminUsers.path(), NavigateOptions::default());
            })),
        };
        // What the backend found wrong was about what stood there then.
        Effect::new(move |sent: Option<Typed>| {
            let typed = fields.typed();
            if sent.is_some_and(|sent| sent != typed) {
                refused.set(FieldProblems::default());
            }
            typed
        });
        form.draft.follow(move || form.unsent());
        task::scoped(async move {
            let kept = form.draft.kept::<Typed>().await;
            // Who is quick has typed already: that is newer.
            if let Some(kept) = kept.filter(|_| untrack(|| form.unsent()).is_none()) {
                form.fields.fill(&kept);
                form.restored.set(true);
            }
        });
        form
    }

    /// What was typed, tracked.
    fn unsent(self) -> Option<Typed> {
        let typed = self.fields.typed();
        self.base.with_value(|base| *base != typed).then_some(typed)
    }

    /// Whether something was typed.
    pub fn is_dirty(self) -> Signal<bool> {
        Signal::derive(move || self.unsent().is_some())
    }

    /// Gives up what stands in the form.
    pub fn discard(self) {
        self.draft.place().forget();
        self.restored.set(false);
        self.fields.fill(&self.base.get_value());
    }

    /// Goes back to the list.
    pub fn leave(self) {
        self.go.with_value(|go| go());
    }

    /// What went wrong with the last try, in words.
    pub fn failure(self) -> Signal<Option<Explanation>> {
        let i18n = self.i18n;
        Signal::derive(move || {
            self.error
                .with(|error| error.as_ref().map(|error| error.explain(i18n)))
        })
    }

    /// Sends what stands in the form. Everything stays in its field whatever comes of it.
    pub fn send(self) {
        if self.pending.get_untracked() {
            return;
        }
        let sent = untrack(|| self.fields.typed());
        let Ok(input) = sent.validate() else { return };
        self.error.set(None);
        self.pending.set(true);
        let (client, kept) = (self.client, self.draft.place());
        task::detached(async move {
            match admin::invite_user(client, &input).await {
                Ok(user) => {
                    kept.forget();
                    let text = self.i18n.message(&words::invited(user.email, user.name));
                    self.toasts.show(Toast::new(Tone::Success, text));
                    // The screen may be left already; then there is nowhere to go from.
                    if self.base.try_set_value(sent).is_none() {
                        let _ = self.go.try_with_value(|go| go());
                    }
                }
                Err(error) => self.failed(error),
            }
            self.pending.try_set(false);
        });
    }

    /// Says why nobody was invited: in the form, or by a toast where the form is left already. Then its draft is kept.
    fn failed(self, error: ApiError) {
        let text = error.explain(self.i18n).in_a_line(self.i18n);
        let is_left = match error {
            ApiError::Validation(fields) | ApiError::Refused { fields, .. } if !fields.is_empty() => {
                let is_left = self.refused.try_set(fields).is_some();
                if !is_left {
                    self.state.show_refusal();
                }
                is_left
            }
            error => self.error.try_set(Some(error)).is_some(),
        };
        if is_left {
            self.toasts.show(Toast::new(Tone::Danger, text));
        }
    }
}

/// The form of the page one is on, from context.
pub fn use_invitation() -> Invitation {
    expect_context()
}

//! The form about a customer, new or known: its fields, what is wrong with them, sending it, and what others changed
//! meanwhile.

mod fields;
mod wording;

pub use fields::CustomRow;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use portico_contract::customer::Customer;
use portico_contract::ids::CustomerId;
use portico_contract::locale::Locale;
use portico_contract::user::UserRef;
use portico_contract::validate::FieldProblems;

use super::typed::{Merged, Typed, Unsent, merge};
use crate::api::query::Query;
use crate::api::{ApiError, Client, customers, use_client};
use crate::app::routes::Route;
use crate::i18n::explain::Explanation;
use crate::i18n::texts::customers as words;
use crate::i18n::{I18n, Text, use_i18n};
use crate::platform::task;
use crate::session::Draft;
use crate::ui::{FormState, Toast, Toasts, Tone, use_toasts};
use fields::Fields;
use wording::{errors, in_words, label};

/// Milliseconds for which it is told that something was not saved: long enough to be read by who is busy elsewhere.
const NOT_SAVED_MS: u32 = 20_000;

/// The record that the form is about, as it was when the form started from it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Origin {
    version: u32,
    base: Typed,
}

/// What others changed while the form was open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    theirs: Typed,
    /// The fields that both changed.
    both: Vec<&'static str>,
}

/// Goes to a path.
type Go = Box<dyn Fn(&str)>;

/// The form about a customer. Cheap to copy.
#[derive(Clone, Copy)]
pub struct CustomerEditor {
    /// What stands in each field.
    pub fields: Fields,
    /// When what is wrong with a field is said.
    pub state: FormState,
    /// Whether an answer is awaited.
    pub pending: RwSignal<bool>,
    /// Whether what stands in the form is from before.
    pub restored: RwSignal<bool>,
    /// Those to whom the customer can be given.
    pub assignees: Query<Vec<UserRef>>,
    /// Tags that are in use.
    pub known_tags: Signal<Vec<String>>,
    id: Option<CustomerId>,
    /// Who looks after the customer so far.
    owner: StoredValue<UserRef>,
    origin: RwSignal<Origin>,
    refused: RwSignal<FieldProblems>,
    error: RwSignal<Option<ApiError>>,
    conflict: RwSignal<Option<Conflict>>,
    draft: Draft,
    client: Client,
    i18n: I18n,
    toasts: Toasts,
    go: StoredValue<Go, LocalStorage>,
}

impl CustomerEditor {
    /// A form for a customer that is not known yet.
    pub fn create(owner: UserRef, language: Locale) -> Self {
        let fresh = Typed::fresh(owner.id, language);
        Self::new(None, 0, fresh, owner)
    }

    /// A form for `customer`.
    pub fn edit(customer: &Customer) -> Self {
        let owner = customer.owner.clone();
        Self::new(Some(customer.id), customer.version, Typed::from(customer), owner)
    }

    fn new(id: Option<CustomerId>, version: u32, base: Typed, owner: UserRef) -> Self {
        let (client, i18n) = (use_client(), use_i18n());
        let fields = Fields::new(&base);
        let refused = RwSignal::new(FieldProblems::default());
        let wrong = Signal::derive(move || {
            let own = fields.typed().validate().err();
            errors(i18n, own.unwrap_or_default().into_vec(), refused.get().into_vec())
        });
        let facets = Query::new(|| (), move |()| customers::customer_facets(client));
        let navigate = use_navigate();
        let form = Self {
            fields,
            state: FormState::new(wrong),
            pending: RwSignal::new(false),
            restored: RwSignal::new(false),
            assignees: Query::new(|| (), move |()| customers::list_assignees(client)),
            known_tags: Signal::derive(move || facets.with(|facets| facets.tags.clone()).unwrap_or_default()),
            id,
            owner: StoredValue::new(owner),
            origin: RwSignal::new(Origin { version, base }),
            refused,
            error: RwSignal::new(None),
            conflict: RwSignal::new(None),
            draft: Draft::new(&id.map_or_else(|| "customer-new".to_owned(), |id| format!("customer-{id}"))),
            client,
            i18n,
            toasts: use_toasts(),
            go: StoredValue::new_local(Box::new(move |path| navigate(path, NavigateOptions::default()))),
        };
        form.forget_refusal_when_changed();
        form.draft.follow(move || form.unsent());
        task::scoped(async move { form.restore().await });
        form
    }

    /// What the backend found wrong was about what stood there then.
    fn forget_refusal_when_changed(self) {
        Effect::new(move |sent: Option<Typed>| {
            let typed = self.fields.typed();
            if sent.is_some_and(|sent| sent != typed) {
                self.refused.set(FieldProblems::default());
            }
            typed
        });
    }

    /// What was typed and is not in the record, tracked.
    fn unsent(self) -> Option<Unsent> {
        let mine = self.fields.typed();
        let Origin { version, base } = self.origin.get();
        (mine != base).then_some(Unsent { version, base, mine })
    }

    /// Whether something was typed that is not in the record.
    pub fn is_dirty(self) -> Signal<bool> {
        Signal::derive(move || self.unsent().is_some())
    }

    /// Puts back what was kept before.
    async fn restore(self) {
        let Some(kept) = self.draft.kept::<Unsent>().await else {
            return;
        };
        let Some(Origin { version, base }) = self.origin.try_get_untracked() else {
            return;
        };
        // Who is quick has typed already: that is newer.
        if untrack(|| self.unsent()).is_some() {
            return;
        }
        if kept.version == version {
            self.fields.fill(&kept.mine);
        } else {
            self.take_in(&kept.base, &kept.mine, Origin { version, base });
        }
        self.restored.set(true);
    }

    /// Gives up what stands in the form: back to the record.
    pub fn discard(self) {
        self.draft.place().forget();
        self.restored.set(false);
        self.conflict.set(None);
        self.fields.fill(&self.origin.get_untracked().base);
    }

    /// Puts the person's changes of `base` onto the record as it is `now`.
    fn take_in(self, base: &Typed, mine: &Typed, now: Origin) {
        let Merged { mine, both } = merge(base, mine, &now.base);
        self.fields.fill(&mine);
        self.conflict.set(Some(Conflict {
            theirs: now.base.clone(),
            both,
        }));
        self.origin.set(now);
    }

    /// What went wrong with the last try, in words.
    pub fn failure(self) -> Signal<Option<Explanation>> {
        let i18n = self.i18n;
        Signal::derive(move || {
            self.error
                .with(|error| error.as_ref().map(|error| error.explain(i18n)))
        })
    }

    /// What to say about changes of others.
    pub fn conflict_text(self) -> Signal<Option<Text>> {
        Signal::derive(move || {
            self.conflict.with(|conflict| {
                let conflict = conflict.as_ref()?;
                Some(if conflict.both.is_empty() {
                    words::CONFLICT_MERGED
                } else {
                    words::CONFLICT
                })
            })
        })
    }

    /// What others made of each field that both changed: the field's name and theirs.
    pub fn conflicts(self) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            self.conflict.with(|conflict| {
                let Some(conflict) = conflict else {
                    return Vec::new();
                };
                let line = |field: &&'static str| {
                    let theirs = in_words(self.i18n, field, &conflict.theirs, |owner| self.name_of(owner));
                    let text = if theirs.is_empty() {
                        words::CONFLICT_EMPTIED.into()
                    } else {
                        words::conflict_theirs(theirs)
                    };
                    (label(self.i18n, field), self.i18n.message(&text))
                };
                conflict.both.iter().map(line).collect()
            })
        })
    }

    /// Those to whom the customer can be given, and who has it: value and name.
    pub fn owners(self) -> Vec<(String, String)> {
        let mut people = self.assignees.get().unwrap_or_default();
        let owner = self.owner.get_value();
        if people.iter().all(|person| person.id != owner.id) {
            people.insert(0, owner);
        }
        let choice = |person: UserRef| (person.id.to_string(), person.name);
        people.into_iter().map(choice).collect()
    }

    fn name_of(self, owner: &str) -> String {
        let found = self.owners().into_iter().find(|(id, _)| id == owner);
        found.map(|(_, name)| name).unwrap_or_default()
    }

    /// Sends what stands in the form. Everything stays in its field whatever comes of it.
    pub fn send(self) {
        if self.pending.get_untracked() {
            return;
        }
        let Ok(input) = untrack(|| self.fields.typed().validate()) else {
            return;
        };
        self.error.set(None);
        self.pending.set(true);
        let version = self.origin.with_untracked(|origin| origin.version);
        let (client, id, kept) = (self.client, self.id, self.draft.place());
        let name = input.name.clone();
        task::detached(async move {
            let outcome = match id {
                Some(id) => customers::update_customer(client, id, version, &input).await,
                None => customers::create_customer(client, &input).await,
            };
            match (outcome, id) {
                (Ok(customer), _) => {
                    kept.forget();
                    self.saved(&customer);
                }
                (Err(ApiError::Conflict), Some(id)) => self.look_again(id, &name).await,
                (Err(error), _) => self.failed(error, &name),
            }
            self.pending.try_set(false);
        });
    }

    fn saved(self, customer: &Customer) {
        let text = self.i18n.message(&words::saved(customer.name.clone()));
        self.toasts.show(Toast::new(Tone::Success, text));
        // The screen may be left already; then there is nowhere to go from.
        if self
            .origin
            .try_set(Origin {
                version: customer.version,
                base: Typed::from(customer),
            })
            .is_none()
        {
            self.fields.fill(&Typed::from(customer));
            let _ = self
                .go
                .try_with_value(|go| go(&Route::Customer(customer.id).path()));
        }
    }

    /// Somebody was faster: reads the record again and puts both changes together.
    async fn look_again(self, id: CustomerId, name: &str) {
        match customers::get_customer(self.client, id).await {
            Ok(customer) => {
                let Some(before) = self.origin.try_get_untracked() else {
                    return self.tell_elsewhere(&ApiError::Conflict, name);
                };
                let mine = untrack(|| self.fields.typed());
                let now = Origin {
                    version: customer.version,
                    base: Typed::from(&customer),
                };
                self.take_in(&before.base, &mine, now);
            }
            Err(error) => self.failed(error, name),
        }
    }

    fn failed(self, error: ApiError, name: &str) {
        if self.error.is_disposed() {
            return self.tell_elsewhere(&error, name);
        }
        match error {
            ApiError::Validation(problems) => {
                self.refused.set(problems);
                self.state.show_refusal();
            }
            error => self.error.set(Some(error)),
        }
    }

    /// The form was left before the answer came: says on whatever page it is that it was not saved. What was typed is
    /// kept for who opens the form again.
    fn tell_elsewhere(self, error: &ApiError, name: &str) {
        // What can be done about it is said in the form, of the form.
        let why = self.i18n.message(&error.explain(self.i18n).title);
        let text = self.i18n.message(&words::not_saved(name.to_owned(), why));
        self.toasts
            .show(Toast::new(Tone::Danger, text).staying(NOT_SAVED_MS));
    }
}

/// The editor of the form one is in, from context.
pub fn use_editor() -> CustomerEditor {
    expect_context()
}

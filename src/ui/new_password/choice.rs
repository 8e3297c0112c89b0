//! A password that is being chosen: what is typed, the rules, and what the worker says of it.

use leptos::prelude::*;
use portico_contract::password::PasswordPolicy;
use portico_contract::problem::FieldRule;
use portico_strength::{Context, Estimate};

use super::model;
use super::words::password_problem;
use crate::i18n::Message;
use crate::platform::strength::Judge;
use crate::platform::{clock, task};

/// Milliseconds without another letter after which the worker is asked.
const PAUSE_MS: u32 = 120;

/// What is known of the strength of what is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Strength {
    /// Nobody has judged it yet.
    #[default]
    Open,
    /// The worker has.
    Judged(Estimate),
    /// There is nobody to judge it here; the backend will.
    Unavailable,
}

/// A password that is being chosen. Cheap to copy.
#[derive(Clone, Copy)]
pub struct PasswordChoice {
    /// What is typed.
    pub value: RwSignal<String>,
    /// What is known of its strength.
    pub strength: RwSignal<Strength>,
    policy: Signal<Option<PasswordPolicy>>,
    context: Signal<Context>,
    judge: StoredValue<Option<Judge>, LocalStorage>,
}

impl PasswordChoice {
    /// Nothing typed yet. Without a policy, which is on its way, only emptiness is wrong.
    pub fn new(
        policy: impl Into<Signal<Option<PasswordPolicy>>>,
        context: impl Into<Signal<Context>>,
    ) -> Self {
        let choice = Self {
            value: RwSignal::new(String::new()),
            strength: RwSignal::new(Strength::Open),
            policy: policy.into(),
            context: context.into(),
            judge: StoredValue::new_local(None),
        };
        choice.follow();
        choice
    }

    /// Asks the worker about what is typed, a moment after the last letter.
    fn follow(self) {
        Effect::new(move |before: Option<(String, Context)>| {
            let now = (self.value.get(), self.context.get());
            let (candidate, context) = now.clone();
            let is_new = before.is_some_and(|before| before != now);
            let is_judged = |strength: &Strength| matches!(strength, Strength::Judged(_));
            // Of something else than what stands there now.
            if is_new && self.strength.with_untracked(is_judged) {
                self.strength.set(Strength::Open);
            }
            if is_new && !candidate.is_empty() {
                task::scoped(async move {
                    clock::sleep(PAUSE_MS).await;
                    self.ask(candidate, context);
                });
            }
            now
        });
    }

    fn ask(self, candidate: String, context: Context) {
        self.judge.try_with_value(|judge| {
            if let Some(judge) = judge {
                judge.ask(candidate, context);
            }
        });
    }

    /// Starts the worker, if it does not run yet: the person is about to choose.
    pub fn prepare(self) {
        if self.judge.with_value(Option::is_some) {
            return;
        }
        let heard = move |estimate: Option<Estimate>| {
            let strength = estimate.map_or(Strength::Unavailable, Strength::Judged);
            self.strength.try_set(strength);
        };
        let Some(judge) = Judge::start(heard) else {
            self.strength.set(Strength::Unavailable);
            return;
        };
        self.judge.set_value(Some(judge));
        // What was filled in before is judged as well.
        let candidate = self.value.get_untracked();
        if !candidate.is_empty() {
            self.ask(candidate, self.context.get_untracked());
        }
    }

    /// The policy, once it is known, tracked.
    pub(super) fn policy(self) -> Option<PasswordPolicy> {
        self.policy.get()
    }

    /// The judgement, if there is one, tracked.
    pub(super) fn estimate(self) -> Option<Estimate> {
        match self.strength.get() {
            Strength::Judged(estimate) => Some(estimate),
            Strength::Open | Strength::Unavailable => None,
        }
    }

    /// The lines of the checklist, tracked.
    pub(super) fn checklist(self) -> Vec<(model::Rule, model::Standing)> {
        let (Some(policy), estimate) = (self.policy(), self.estimate()) else {
            return Vec::new();
        };
        let own = self.context.with(Context::facts);
        self.value
            .with(|candidate| model::checklist(&policy, candidate, &own, estimate.as_ref()))
    }

    /// What is wrong with it as far as can be told here, tracked.
    pub fn problem(self) -> Option<Message> {
        let estimate = self.estimate();
        let own = self.context.with(Context::facts);
        let (rule, limit) = self.value.with(|candidate| match self.policy() {
            Some(policy) => model::shortcoming(&policy, candidate, &own, estimate.as_ref()),
            None => candidate.is_empty().then_some((FieldRule::Required, None)),
        })?;
        Some(password_problem(rule, limit))
    }
}

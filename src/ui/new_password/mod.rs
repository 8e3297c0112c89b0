//! A new password: the field, what the policy asks for, and how strong it is.

mod choice;
mod model;
mod words;

use leptos::prelude::*;

pub use choice::{PasswordChoice, Strength};
pub use words::password_problem;

use super::announcer::Announcer;
use super::field::{left, unique_id};
use super::icon::{Icon, IconName};
use super::password_field::PasswordField;
use super::spoken::{Spoken, say_settled};
use crate::i18n::texts::passwords as texts;
use crate::i18n::{I18n, Text, t, use_i18n};
use model::{Rule, Standing, password_rules};

/// The highest score there is.
const BEST: u8 = 4;
/// Scores from here on are good.
const GOOD: u8 = 3;

/// A field for a new password, with the rules of the policy as a list and its strength as a meter. Starts what judges it
/// when it gets the focus; what is typed does not leave the device before it is sent.
#[component]
pub fn NewPasswordField(
    /// What to fill in.
    #[prop(into)]
    label: Signal<String>,
    /// The password that is being chosen.
    choice: PasswordChoice,
    /// The field's name.
    #[prop(into)]
    name: String,
    /// What is wrong with what is filled in.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// It cannot be filled in.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// Each change hides the password again.
    #[prop(optional, into)]
    mask: Signal<u32>,
    /// The person left the field.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let announcer = Announcer::new();
    say_settled(announcer, move || spoken(i18n, choice));
    let list_id = unique_id("password-rules");
    let rules = Signal::derive(move || choice.policy().as_ref().map(password_rules));
    view! {
        <div class="new-password">
            <PasswordField
                label
                value=choice.value
                name
                autocomplete="new-password"
                error
                required=true
                autofocus
                disabled
                mask
                rules
                described_by=list_id.clone()
                on_focus=move |()| choice.prepare()
                on_blur=Callback::new(move |()| left(on_blur))
            />
            <Meter choice />
            <Checklist choice id=list_id />
            <Spoken announcer />
        </div>
    }
}

/// How strong it is, in words and as a meter. Not there where nobody judges.
#[component]
fn Meter(choice: PasswordChoice) -> impl IntoView {
    let i18n = use_i18n();
    let words = Memo::new(move |_| i18n.text(verdict(choice)));
    let score = Memo::new(move |_| choice.estimate().map(|estimate| estimate.score));
    let advice = move || {
        let advice = choice
            .estimate()
            .map(|estimate| estimate.advice)
            .unwrap_or_default();
        (!advice.is_empty()).then(|| {
            let line = |piece| view! { <li>{i18n.text(words::advice(piece))}</li> };
            view! { <ul class="new-password__advice">{advice.into_iter().map(line).collect_view()}</ul> }
        })
    };
    let is_there = Memo::new(move |_| {
        choice
            .strength
            .with(|strength| *strength != Strength::Unavailable)
    });
    let label = t(texts::STRENGTH);
    move || {
        if !is_there.get() {
            return view! { <p class="field__hint">{t(texts::STRENGTH_LATER)}</p> }.into_any();
        }
        view! {
            <div class="new-password__strength">
                <div class="new-password__words">
                    <span aria-hidden="true">{label}</span>
                    // The meter says it to screen readers.
                    <span class="new-password__verdict" aria-hidden="true">{words}</span>
                </div>
                <meter
                    class="new-password__meter"
                    min="0"
                    max=BEST.to_string()
                    low=(GOOD - 1).to_string()
                    high=GOOD.to_string()
                    optimum=BEST.to_string()
                    value=move || score.get().unwrap_or_default().to_string()
                    data-score=move || score.get().map(|score| score.to_string())
                    aria-label=label
                    aria-valuetext=words
                ></meter>
                {advice}
            </div>
        }
        .into_any()
    }
}

/// What the policy asks for, each line with how it stands.
#[component]
fn Checklist(choice: PasswordChoice, id: String) -> impl IntoView {
    let i18n = use_i18n();
    let lines = Memo::new(move |_| choice.checklist());
    let line = move |(rule, standing): (Rule, Standing)| {
        let (icon, state) = match standing {
            Standing::Met => (IconName::Check, "met"),
            Standing::Unmet => (IconName::X, "unmet"),
            Standing::Later => (IconName::Clock, "later"),
        };
        view! {
            <li class="new-password__rule" data-state=state>
                <Icon name=icon />
                <span>{i18n.message(&words::rule(rule))}</span>
                <span class="visually-hidden">{i18n.text(words::standing(standing))}</span>
            </li>
        }
    };
    view! {
        <ul class="new-password__rules" id=id aria-label=t(texts::RULES)>
            {move || lines.get().into_iter().map(line).collect_view()}
        </ul>
    }
}

/// The word for how strong it is.
fn verdict(choice: PasswordChoice) -> Text {
    match choice.estimate() {
        Some(estimate) => words::score(estimate.score),
        None => texts::STRENGTH_OPEN,
    }
}

/// What is said once typing pauses: the strength, and the first thing that is missing.
fn spoken(i18n: I18n, choice: PasswordChoice) -> Option<String> {
    if choice.value.with(String::is_empty) {
        return None;
    }
    let estimate = choice.estimate();
    let strength = estimate.map(|estimate| {
        let verdict = i18n.text(words::score(estimate.score));
        i18n.message(&texts::strength_is(verdict))
    });
    let missing = choice.problem().map(|problem| i18n.message(&problem));
    let parts: Vec<String> = strength.into_iter().chain(missing).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

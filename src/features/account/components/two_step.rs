//! The second factor: what there is, and what can be done about it.

use leptos::html::Div;
use leptos::prelude::*;
use portico_contract::second_factor::{Factor, SecondFactorState};

use super::super::second_factor::{Doing, SecondFactor, codes_left, kind_text, why_not_add, why_not_remove};
use super::add_app::AddApp;
use super::rename_dialog::RenameDialog;
use crate::app::routes::Route;
use crate::i18n::texts::account as words;
use crate::i18n::{t, tm};
use crate::platform::{clock, document, task};
use crate::ui::{
    Banner, Button, ButtonSize, ButtonVariant, ConfirmDialog, EmptyState, FormSection, IconName, LinkButton,
    LoadView, Moment, RecoveryCodeSheet, Skeleton, Tone,
};

/// Where the focus goes when what had it is gone.
const PLACE: &str = "two-step";

/// What stands in the section.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// What there is.
    List,
    /// An app that is being added.
    Adding,
    /// Recovery codes.
    Codes,
}

/// The section.
#[component]
pub(in super::super) fn TwoStep() -> impl IntoView {
    let factor = SecondFactor::new();
    let now = factor.now;
    let shown = Memo::new(move |_| {
        factor.doing.with(|doing| match doing {
            Doing::Adding => Shown::Adding,
            Doing::Keeping(_) => Shown::Codes,
            _ => Shown::List,
        })
    });
    view! {
        <FormSection title=t(words::TWO_STEP)>
            <div class="form__wide account__factors" id=PLACE tabindex="-1">
                <Told factor />
                <Elsewhere factor />
                <LoadView
                    ready=now.ready()
                    problem=now.problem()
                    on_retry=now.on_retry()
                    skeleton=|| view! { <Skeleton lines=3 /> }
                >
                    {move || match shown.get() {
                        Shown::List => view! { <WhatThereIs factor /> }.into_any(),
                        Shown::Adding => view! { <AddApp factor on_leave=leave(factor) /> }.into_any(),
                        Shown::Codes => view! { <Codes factor /> }.into_any(),
                    }}
                </LoadView>
            </div>
        </FormSection>
        <RenameDialog factor />
        <RemoveQuestion factor />
        <RenewQuestion factor />
    }
}

/// Back to what there is. The button that led away is a new one, so the focus goes to the whole.
fn leave(factor: SecondFactor) -> Callback<()> {
    Callback::new(move |()| {
        factor.turn_to(Doing::Nothing);
        document::focus_id(PLACE);
    })
}

/// What was done last, or why it was not. What had the focus then is gone; where it goes is read.
#[component]
fn Told(factor: SecondFactor) -> impl IntoView {
    move || {
        let (tone, text) = factor.told.get()?;
        let told = NodeRef::<Div>::new();
        told.on_load(|element| {
            task::scoped(async move {
                // A dialog that closes gives the focus back first.
                clock::sleep(0).await;
                document::focus_in_place(&element);
            });
        });
        Some(view! { <div tabindex="-1" node_ref=told><Banner tone text /></div> })
    }
}

/// After a change: whoever has a session elsewhere still has it.
#[component]
fn Elsewhere(factor: SecondFactor) -> impl IntoView {
    view! {
        <Show when=move || factor.changed.get()>
            <p class="account__elsewhere">
                <span>{t(words::FACTOR_ELSEWHERE)}</span>
                <LinkButton label=t(words::END_OTHERS) href=Route::SignIns.path() />
            </p>
        </Show>
    }
}

/// The apps and the codes, or why there should be some.
#[component]
fn WhatThereIs(factor: SecondFactor) -> impl IntoView {
    move || {
        factor.now.get().map(|state| {
            if state.factors.is_empty() {
                view! { <Off factor state /> }.into_any()
            } else {
                view! { <On factor state /> }.into_any()
            }
        })
    }
}

#[component]
fn Off(factor: SecondFactor, state: SecondFactorState) -> impl IntoView {
    view! {
        <EmptyState
            icon=IconName::Shield
            title=t(words::TWO_STEP_OFF)
            hint=t(words::TWO_STEP_OFF_HINT)
        >
            <Add factor state variant=ButtonVariant::Primary />
        </EmptyState>
    }
}

#[component]
fn On(factor: SecondFactor, state: SecondFactorState) -> impl IntoView {
    let kept = why_not_remove(&state);
    let rows = state
        .factors
        .iter()
        .cloned()
        .map(|one| view! { <Row factor one is_kept=kept.is_some() /> })
        .collect_view();
    let left = state.recovery_codes_left;
    view! {
        <p>{t(words::TWO_STEP_ON)}</p>
        <ul class="account__list" aria-label=t(words::FACTORS)>{rows}</ul>
        {kept.map(|reason| view! { <p class="meta">{t(reason)}</p> })}
        <Add factor state variant=ButtonVariant::Secondary />
        <Left factor left />
    }
}

/// The button that adds an app, or why there is none.
#[component]
fn Add(factor: SecondFactor, state: SecondFactorState, variant: ButtonVariant) -> impl IntoView {
    let why_not = why_not_add(&state);
    let add = move |()| factor.turn_to(Doing::Adding);
    view! {
        <div class="account__add">
            <Button
                label=t(words::FACTOR_ADD)
                variant
                icon=IconName::Plus
                disabled=why_not.is_some()
                on_click=add
            />
            {why_not.map(|reason| view! { <p class="meta">{t(reason)}</p> })}
        </div>
    }
}

/// One app.
#[component]
fn Row(factor: SecondFactor, one: Factor, is_kept: bool) -> impl IntoView {
    let (renamed, removed) = (one.clone(), one.clone());
    let name = factor.name(&one);
    let used = match one.last_used_at {
        Some(at) => view! { <span>{t(words::FACTOR_USED)} " " <Moment at /></span> }.into_any(),
        None => view! { <span>{t(words::FACTOR_NEVER)}</span> }.into_any(),
    };
    // Without a name of its own it goes by its kind.
    let kind = one
        .name
        .is_some()
        .then(|| view! { <span>{t(kind_text(one.kind))}</span> });
    view! {
        <li class="account__factor">
            <p class="account__name">{name}</p>
            <p class="account__about meta">
                {kind}
                <span>{t(words::FACTOR_SINCE)} " " <Moment at=one.enrolled_at /></span>
                {used}
            </p>
            <div class="account__doing">
                <Button
                    label=t(words::FACTOR_RENAME)
                    size=ButtonSize::Small
                    on_click=move |()| factor.turn_to(Doing::Renaming(renamed.clone()))
                />
                <Button
                    label=t(words::FACTOR_REMOVE)
                    size=ButtonSize::Small
                    disabled=is_kept
                    on_click=move |()| factor.turn_to(Doing::Removing(removed.clone()))
                />
            </div>
        </li>
    }
}

/// How many recovery codes are left, and new ones.
#[component]
fn Left(factor: SecondFactor, left: u32) -> impl IntoView {
    let (tone, message) = codes_left(left);
    let text = tm(move || message.clone());
    let said = if tone == Tone::Neutral {
        view! { <p>{text}</p> }.into_any()
    } else {
        view! { <Banner tone text /> }.into_any()
    };
    view! {
        <div class="account__codes">
            <h3 class="account__heading">{t(words::CODES_TITLE)}</h3>
            {said}
            <p class="meta">{t(words::CODES_HINT)}</p>
            <p>
                <Button
                    label=t(words::CODES_RENEW)
                    icon=IconName::Refresh
                    on_click=move |()| factor.turn_to(Doing::Renewing)
                />
            </p>
        </div>
    }
}

/// The codes, shown once.
#[component]
fn Codes(factor: SecondFactor) -> impl IntoView {
    let codes = factor.doing.with_untracked(|doing| match doing {
        Doing::Keeping(codes) => Some(codes.clone()),
        _ => None,
    });
    let done = move |()| factor.tell(Tone::Success, &words::CODES_KEPT.into());
    codes.map(|codes| {
        view! {
            <h3 class="account__heading">{t(words::CODES_TITLE)}</h3>
            <RecoveryCodeSheet codes on_done=done />
        }
    })
}

#[component]
fn RemoveQuestion(factor: SecondFactor) -> impl IntoView {
    move || {
        let removed = factor.doing.with(|doing| match doing {
            Doing::Removing(removed) => Some(removed.clone()),
            _ => None,
        })?;
        let name = factor.name(&removed);
        let is_last = factor
            .now
            .with_untracked(|now| now.factors.len() < 2)
            .unwrap_or_default();
        let text = if is_last {
            words::FACTOR_REMOVE_LAST_TEXT
        } else {
            words::FACTOR_REMOVE_TEXT
        };
        Some(view! {
            <ConfirmDialog
                open=true
                title=tm(move || words::factor_remove_title(name.clone()))
                text=t(text)
                confirm=t(words::FACTOR_REMOVE)
                dangerous=true
                pending=factor.submission.pending
                on_confirm=Callback::new(move |()| factor.remove(&removed))
                on_close=Callback::new(move |()| factor.leave_question())
            />
        })
    }
}

#[component]
fn RenewQuestion(factor: SecondFactor) -> impl IntoView {
    let open = Memo::new(move |_| factor.doing.with(|doing| *doing == Doing::Renewing));
    view! {
        <ConfirmDialog
            open
            title=t(words::CODES_RENEW_TITLE)
            text=t(words::CODES_RENEW_TEXT)
            confirm=t(words::CODES_RENEW)
            dangerous=true
            pending=factor.submission.pending
            on_confirm=Callback::new(move |()| factor.renew_codes())
            on_close=Callback::new(move |()| factor.leave_question())
        />
    }
}

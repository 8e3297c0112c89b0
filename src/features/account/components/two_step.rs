//! The second factor: what there is, and what can be done about it.

use leptos::html::Div;
use leptos::prelude::*;
use portico_contract::second_factor::{Factor, FactorKind, SecondFactorState};
use portico_contract::sent_code::CodeChannel;

use super::super::second_factor::{
    Doing, SecondFactor, channels_to_add, codes_left, kind_text, why_no_app, why_no_passkey, why_not_remove,
};
use super::add_app::AddApp;
use super::add_message::AddMessage;
use super::add_passkey::AddPasskey;
use super::rename_dialog::RenameDialog;
use crate::app::routes::Route;
use crate::i18n::texts::account as words;
use crate::i18n::{Message, Text, t, tm};
use crate::platform::{clock, document, passkeys, task};
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
    /// What is being added.
    Adding(FactorKind),
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
            Doing::Adding(kind) => Shown::Adding(*kind),
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
                        Shown::Adding(FactorKind::Passkey) => {
                            view! { <AddPasskey factor on_leave=leave(factor) /> }.into_any()
                        }
                        Shown::Adding(FactorKind::Totp) => {
                            view! { <AddApp factor on_leave=leave(factor) /> }.into_any()
                        }
                        Shown::Adding(FactorKind::Sms) => {
                            view! { <AddMessage factor channel=CodeChannel::Sms on_leave=leave(factor) /> }
                                .into_any()
                        }
                        Shown::Adding(FactorKind::Mail) => {
                            view! { <AddMessage factor channel=CodeChannel::Mail on_leave=leave(factor) /> }
                                .into_any()
                        }
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

/// The passkeys, apps and codes, or why there should be some.
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
            <Adds factor state is_first=true />
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
        <Adds factor state is_first=false />
        <Left factor left />
    }
}

/// What can be added: a passkey, where they are offered at all, an app, and where codes are sent. What takes the password's
/// place comes first, what is weaker last.
#[component]
fn Adds(factor: SecondFactor, state: SecondFactorState, is_first: bool) -> impl IntoView {
    let offered = state.kinds.contains(&FactorKind::Passkey);
    let no_passkey = why_no_passkey(&state, passkeys::fits, passkeys::is_possible());
    let (first, second) = match (is_first, offered && no_passkey.is_none()) {
        (true, true) => (ButtonVariant::Primary, ButtonVariant::Secondary),
        (true, false) => (ButtonVariant::Secondary, ButtonVariant::Primary),
        (false, _) => (ButtonVariant::Secondary, ButtonVariant::Secondary),
    };
    let no_app = why_no_app(&state).map(Message::from);
    let passkey = offered.then(|| {
        view! {
            <Add factor kind=FactorKind::Passkey label=words::PASSKEY_ADD variant=first why_not=no_passkey />
        }
    });
    let messages = channels_to_add(&state).into_iter().map(|channel| {
        let label = match channel {
            CodeChannel::Sms => words::PHONE_ADD,
            CodeChannel::Mail => words::MAIL_ADD,
        };
        view! { <Add factor kind=channel.kind() label variant=ButtonVariant::Secondary why_not=None /> }
    });
    view! {
        <div class="account__adds">
            {passkey}
            <Add factor kind=FactorKind::Totp label=words::FACTOR_ADD variant=second why_not=no_app />
            {messages.collect_view()}
        </div>
    }
}

/// The button that adds something, or why it cannot be added.
#[component]
fn Add(
    factor: SecondFactor,
    kind: FactorKind,
    label: Text,
    variant: ButtonVariant,
    why_not: Option<Message>,
) -> impl IntoView {
    let add = move |()| factor.turn_to(Doing::Adding(kind));
    let disabled = why_not.is_some();
    let reason = why_not.map(|reason| {
        let reason = tm(move || reason.clone());
        view! { <p class="meta">{reason}</p> }
    });
    view! {
        <div class="account__add">
            <Button label=t(label) variant icon=IconName::Plus disabled on_click=add />
            {reason}
        </div>
    }
}

/// One passkey or app.
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
                {one.to.map(|to| view! { <span>{to}</span> })}
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

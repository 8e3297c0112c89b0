//! The question over the page before something is done that a session alone does not allow.

use leptos::prelude::*;
use portico_contract::second_factor::{FactorMethod, StepUpNeeded};
use portico_contract::sent_code::CodeChannel;

use super::super::door::Judged;
use super::super::methods::use_text;
use super::super::second_factor::{about, fill_in};
use super::super::step_up::{PASSWORD, StepUpForm, channel_of};
use super::{CODE, Countdown, FactorCode};
use crate::i18n::texts::{auth, common, passkeys as passkey_words, second_factor, session as words};
use crate::i18n::{t, tm, use_i18n};
use crate::platform::{clock, document, passkeys, task};
use crate::session::{Session, StepUps, use_session};
use crate::ui::{
    Banner, Button, ButtonKind, ButtonSize, ButtonVariant, Dialog, DialogActions, DialogSize, FailureBanner,
    Form, KnownUsername, PasswordField, SendCode, Tone,
};

/// Asks to show once more who is there, while a request waits for it. Leaving it does nothing.
#[component]
pub fn StepUpQuestion() -> impl IntoView {
    let session = use_session();
    let ups = StepUps::of(session);
    let open = Memo::new(move |_| ups.needed().is_some());
    view! {
        <Dialog
            open
            title=t(words::STEP_UP_TITLE)
            description=t(words::STEP_UP_TEXT)
            size=DialogSize::Small
            on_close=Callback::new(move |()| ups.decline())
        >
            <Question session ups />
        </Dialog>
    }
}

#[component]
fn Question(session: Session, ups: StepUps) -> impl IntoView {
    let i18n = use_i18n();
    let Some(me) = untrack(|| session.me()) else {
        return ().into_any();
    };
    // Gone together with this form.
    let needed = Signal::derive(move || {
        ups.needed().unwrap_or(StepUpNeeded {
            password: false,
            methods: Vec::new(),
        })
    });
    let form = StepUpForm::new(ups, needed);
    let refusal = form.refusal();
    let refused = move || {
        let text = Signal::derive(move || {
            let refusal = refusal.get();
            refusal.map(|it| it.in_a_line(i18n)).unwrap_or_default()
        });
        let is_refused = refusal.with(Option::is_some);
        is_refused.then(|| view! { <Banner tone=Tone::Danger text /> })
    };
    let warned = move || {
        form.warning()
            .map(|left| view! { <Banner tone=Tone::Warning text=i18n.message(&left) /> })
    };
    let (name, email) = (me.user.name.clone(), me.user.email.clone());
    let username = StoredValue::new(me.user.email.clone());
    let password = Memo::new(move |_| needed.with(|needed| needed.password) && !form.is_by_passkey());
    let confirm = move || {
        i18n.text(if form.is_by_passkey() {
            passkey_words::BEGIN
        } else {
            words::STEP_UP_CONFIRM
        })
    };
    // Without one that could be shown nothing can be sent.
    let useless =
        Signal::derive(move || (form.is_by_passkey() && !passkeys::is_possible()) || form.is_before_code());
    view! {
        <Form state=form.state label=t(words::STEP_UP_TITLE) on_submit=Callback::new(move |()| form.send())>
            <div class="again">
                {refused}
                {move || form.pause().map(|seconds| view! { <Countdown seconds /> })}
                {warned}
                <p class="again__person">{tm(move || words::ended_person(email.clone(), name.clone()))}</p>
                // For password managers, which look for whose password or code it is.
                <KnownUsername value=username.get_value() />
                <Show when=move || password.get()>
                    <PasswordField
                        label=t(auth::PASSWORD)
                        value=form.password
                        name=PASSWORD
                        required=true
                        // It was there from the beginning, or comes with another method.
                        autofocus=form.is_chosen()
                        error=form.state.error(PASSWORD)
                        mask=form.sent
                    />
                </Show>
                {move || form.method.get().map(|method| view! { <Factor form method /> })}
            </div>
            <DialogActions>
                <Button
                    label=t(common::CANCEL)
                    on_click=Callback::new(move |()| ups.decline())
                />
                <Button
                    label=Signal::derive(confirm)
                    variant=ButtonVariant::Primary
                    kind=ButtonKind::Submit
                    disabled=useless
                    pending=form.submission.pending
                />
            </DialogActions>
        </Form>
    }
    .into_any()
}

/// The second factor, and the ways to another one.
#[component]
fn Factor(form: StepUpForm, method: FactorMethod) -> impl IntoView {
    let shown = match method {
        FactorMethod::Passkey => view! { <Passkey form /> }.into_any(),
        FactorMethod::Totp | FactorMethod::RecoveryCode => view! { <Code form method /> }.into_any(),
        FactorMethod::Sms | FactorMethod::Mail => {
            let sent = channel_of(method).map(|channel| view! { <Sent form channel /> });
            sent.into_any()
        }
    };
    let others = move || {
        let turn = |other| {
            view! {
                <Button
                    label=t(use_text(other))
                    variant=ButtonVariant::Ghost
                    size=ButtonSize::Small
                    disabled=form.submission.pending
                    on_click=move |()| form.choose(other)
                />
            }
        };
        let others = form.other_methods();
        let is_any = !others.is_empty();
        is_any.then(|| view! { <div class="again__ways">{others.into_iter().map(turn).collect_view()}</div> })
    };
    view! {
        {shown}
        {others}
    }
}

#[component]
fn Code(form: StepUpForm, method: FactorMethod) -> impl IntoView {
    let (label, hint) = match method {
        FactorMethod::RecoveryCode => (words::STEP_UP_RECOVERY, words::STEP_UP_RECOVERY_HINT),
        FactorMethod::Sms | FactorMethod::Mail => (second_factor::CODE, second_factor::SENT_CODE_HINT),
        FactorMethod::Totp | FactorMethod::Passkey => (words::STEP_UP_CODE, words::STEP_UP_CODE_HINT),
    };
    let value = form.codes.of(method);
    // Whoever has asked for this method goes on in its field.
    let autofocus = form.goes_on_with_code();
    let error = form.state.error(CODE);
    view! { <FactorCode method value label hint error pending=form.submission.pending autofocus /> }
}

/// Has a code sent, and takes it once one may be there.
#[component]
fn Sent(form: StepUpForm, channel: CodeChannel) -> impl IntoView {
    let post = form.post(channel);
    let method = channel.method();
    let (intro, weaker) = about(channel);
    let is_awaited = Memo::new(move |_| post.is_awaited());
    fill_in(channel, post, form.codes.of(method));
    view! {
        <p>{t(intro)}</p>
        <p class="meta">{t(weaker)}</p>
        <FailureBanner failure=post.failure() />
        <SendCode
            to=post.to()
            count=post.count()
            until_ms=post.until_ms()
            pending=post.submission.pending
            autofocus=form.goes_on_with_code()
            on_send=move |()| form.send_code(channel)
        />
        <Show when=move || is_awaited.get()>
            <Code form method />
        </Show>
    }
}

/// What a passkey does here, and what became of the last one.
#[component]
fn Passkey(form: StepUpForm) -> impl IntoView {
    // The browser's own question goes with this one.
    on_cleanup(passkeys::stop);
    // There is no field that could have the focus, and what had it may be gone.
    task::scoped(async {
        clock::sleep(0).await;
        document::focus(".again + .dialog__actions [type=submit]");
    });
    let text = if passkeys::is_possible() {
        passkey_words::NEEDED_NO_PASSWORD
    } else {
        passkey_words::UNUSABLE
    };
    view! {
        <p>{t(text)}</p>
        <Judged judged=Signal::derive(move || form.passkey_told()) />
    }
}

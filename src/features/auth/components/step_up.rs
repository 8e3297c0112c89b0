//! The question over the page before something is done that a session alone does not allow.

use leptos::prelude::*;
use portico_contract::second_factor::{CODE_DIGITS, FactorMethod, StepUpNeeded};

use super::super::step_up::{CODE, PASSWORD, StepUpForm};
use super::Countdown;
use crate::i18n::texts::{auth, common, session as words};
use crate::i18n::{t, tm, use_i18n};
use crate::session::{Session, StepUps, use_session};
use crate::ui::{
    Banner, Button, ButtonKind, ButtonSize, ButtonVariant, CodeField, Dialog, DialogActions, DialogSize,
    Form, KnownUsername, PasswordField, TextField, Tone,
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
    let password = Memo::new(move |_| needed.with(|needed| needed.password));
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
                        error=form.state.error(PASSWORD)
                        mask=form.sent
                    />
                </Show>
                {move || form.method.get().map(|method| view! { <Code form method /> })}
            </div>
            <DialogActions>
                <Button
                    label=t(common::CANCEL)
                    on_click=Callback::new(move |()| ups.decline())
                />
                <Button
                    label=t(words::STEP_UP_CONFIRM)
                    variant=ButtonVariant::Primary
                    kind=ButtonKind::Submit
                    pending=form.submission.pending
                />
            </DialogActions>
        </Form>
    }
    .into_any()
}

/// The second factor, and the way to another one.
#[component]
fn Code(form: StepUpForm, method: FactorMethod) -> impl IntoView {
    let error = form.state.error(CODE);
    // Whoever has asked for this method goes on in its field.
    let autofocus = untrack(|| form.is_chosen());
    let field = match method {
        FactorMethod::Totp => view! {
            <CodeField
                label=t(words::STEP_UP_CODE)
                value=form.totp
                name=CODE
                length=CODE_DIGITS
                hint=t(words::STEP_UP_CODE_HINT)
                required=true
                autofocus
                error
            />
        }
        .into_any(),
        FactorMethod::RecoveryCode => view! {
            <TextField
                label=t(words::STEP_UP_RECOVERY)
                value=form.recovery
                name=CODE
                autocomplete="off"
                verbatim=true
                hint=t(words::STEP_UP_RECOVERY_HINT)
                required=true
                autofocus
                error
            />
        }
        .into_any(),
    };
    let other = move || {
        form.other_method().map(|other| {
            let label = match other {
                FactorMethod::Totp => words::STEP_UP_USE_APP,
                FactorMethod::RecoveryCode => words::STEP_UP_USE_RECOVERY,
            };
            view! {
                <p>
                    <Button
                        label=t(label)
                        variant=ButtonVariant::Ghost
                        size=ButtonSize::Small
                        on_click=move |()| form.choose(other)
                    />
                </p>
            }
        })
    };
    view! {
        {field}
        {other}
    }
}

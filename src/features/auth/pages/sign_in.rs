//! `/login`: signing in with a password; and, once the rest of it is here, with a passkey.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::super::components::{Countdown, Help, MaintenanceNotice, Preferences};
use super::super::door::WayOn;
use super::super::later::fetched_later;
use super::super::model::{farewell, page_of};
use super::super::soon::PasskeyWayIn;
use super::super::state::SignInForm;
use crate::app::routes::Route;
use crate::i18n::texts::auth as words;
use crate::i18n::{t, tm, use_i18n};
use crate::platform::early_form::EarlyForm;
use crate::platform::{browser, location, network};
use crate::session::{EndReason, SessionState, use_doorway, use_policy, use_session};
use crate::ui::{
    Banner, Button, ButtonKind, ButtonSize, ButtonVariant, Mark, PageTitle, PasswordField, ProductName,
    TextField, Tone,
};

/// The sign-in page. Somebody who is signed in already is sent on.
#[component]
pub fn SignInPage() -> impl IntoView {
    go_on_when_signed_in();
    let help = RwSignal::new(false);
    let later = fetched_later(help);
    let ProductName(product) = expect_context();
    let heading = tm(move || words::heading(product.clone()));
    // Whoever types a password should see where it goes.
    let host = tm(|| words::host(location::host()));
    view! {
        <main class="signin">
            <div class="signin__card">
                <div class="signin__brand"><Mark /></div>
                <PageTitle title=heading document_title=t(words::TITLE) class="signin__title" />
                <p class="signin__host">{host}</p>
                <Offline />
                <Unsafe />
                <MaintenanceNotice />
                <Farewell />
                <Form />
                <Help opened=help later />
                <DemoNotice />
            </div>
            <footer class="signin__footer">
                <Preferences />
                {move || later.get().map(|later| (later.regions)())}
            </footer>
        </main>
    }
    .into_any()
}

/// Leaves as soon as somebody is signed in, here or in another tab, for the page that was asked for; and for the page of
/// what the sign-in waits for, if it does.
fn go_on_when_signed_in() {
    let (session, doorway, way_on) = (use_session(), use_doorway(), WayOn::from_here());
    Effect::new(move |_| {
        if session.me().is_some() {
            way_on.arrive();
        } else if let Some(page) = doorway.step.with(|step| step.as_ref().map(page_of)) {
            way_on.go(page);
        }
    });
}

#[component]
fn Form() -> impl IntoView {
    let early = expect_context::<EarlyForm>().claim();
    let (at_password, submitted) = (early.at_password, early.submitted);
    let identifier = use_doorway().identifier;
    if !early.identifier.is_empty() {
        identifier.set(early.identifier);
    }
    let form = SignInForm::new(identifier, early.password);
    if submitted {
        // Once the fields are there that may turn out to be wrong.
        Effect::new(move |_| form.submit());
    }
    let (i18n, policy) = (use_i18n(), use_policy());
    let refusal = form.refusal();
    let refusal_text = Signal::derive(move || {
        let refusal = refusal.get();
        refusal.map(|it| it.in_a_line(i18n)).unwrap_or_default()
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.submit();
    };
    view! {
        <form class="signin__form" method="post" novalidate on:submit=submit>
            <Show when=move || refusal.with(Option::is_some)>
                <Banner tone=Tone::Danger text=refusal_text />
            </Show>
            {move || form.wait().get().map(|seconds| view! { <Countdown seconds /> })}
            <TextField
                label=t(words::IDENTIFIER)
                value=form.identifier
                name="identifier"
                autocomplete="username webauthn"
                verbatim=true
                required=true
                autofocus=!at_password
                error=form.problem("identifier")
            />
            <PasswordField
                label=t(words::PASSWORD)
                value=form.password
                name="password"
                required=true
                autofocus=at_password
                error=form.problem("password")
                mask=form.sent
            />
            // What the backend has to allow first comes into a line that is there anyway: the button stays where it is.
            <div class="signin__aside">
                <Show when=move || policy.may_remember()>
                    <label class="signin__remember">
                        <input
                            type="checkbox"
                            name="remember"
                            prop:checked=move || form.remember.get()
                            on:change=move |event| form.remember.set(event_target_checked(&event))
                        />
                        <span>{t(words::REMEMBER)}</span>
                    </label>
                </Show>
                <p class="signin__forgot"><a href=Route::ForgotPassword.path()>{t(words::FORGOT)}</a></p>
            </div>
            <Button
                label=t(words::SUBMIT)
                variant=ButtonVariant::Primary
                size=ButtonSize::Large
                kind=ButtonKind::Submit
                pending=form.pending
            />
        </form>
        <PasskeyWayIn form />
    }
}

/// Says that there is no network: the page itself may well have started without one.
#[component]
fn Offline() -> impl IntoView {
    let online = network::online();
    view! {
        <Show when=move || !online.get()>
            <Banner tone=Tone::Warning text=t(words::OFFLINE) />
        </Show>
    }
}

/// Says what would make a sign-in fail or give the password away.
#[component]
fn Unsafe() -> impl IntoView {
    let insecure =
        (!location::is_secure()).then(|| view! { <Banner tone=Tone::Danger text=t(words::INSECURE) /> });
    let blocked = (!browser::keeps_cookies())
        .then(|| view! { <Banner tone=Tone::Danger text=t(words::COOKIES_BLOCKED) /> });
    view! { {insecure} {blocked} }
}

/// Says that the data is invented, when the backend says so.
#[component]
fn DemoNotice() -> impl IntoView {
    let policy = use_policy();
    view! {
        <Show when=move || policy.is_demo()>
            <p class="signin__demo">{t(words::DEMO)}</p>
        </Show>
    }
}

/// Says why one is here, after a session.
#[component]
fn Farewell() -> impl IntoView {
    let session = use_session();
    let i18n = use_i18n();
    let reason = Memo::new(move |_| match session.state() {
        SessionState::SignedOut(reason) => reason,
        _ => None,
    });
    let tone = move |reason| {
        if reason == EndReason::Unfinished {
            Tone::Warning
        } else {
            Tone::Info
        }
    };
    move || {
        reason.get().map(|reason| {
            let text = Signal::derive(move || i18n.text(farewell(reason)));
            view! { <Banner tone=tone(reason) text /> }
        })
    }
}

//! What all these pages have around them: the look of the front door, the notice that there is no network, the language.

use leptos::prelude::*;

use super::super::components::Preferences;
use crate::app::routes::Route;
use crate::i18n::explain::Explanation;
use crate::i18n::texts::{auth, recovery as words};
use crate::i18n::{Message, Text, t, use_i18n};
use crate::platform::network;
use crate::ui::{
    Banner, Button, ButtonKind, ButtonSize, ButtonVariant, ErrorState, LinkButton, LiveRegion, Mark,
    PageTitle, Skeleton, Tone,
};

/// One page of the front door.
#[component]
pub fn Frame(
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// What the document is called, where the heading names a person.
    #[prop(optional, into)]
    document_title: Option<Signal<String>>,
    /// What is on it.
    children: Children,
) -> impl IntoView {
    let online = network::online();
    let document_title = document_title.unwrap_or(title);
    view! {
        <main class="signin">
            <div class="signin__card">
                <div class="signin__brand"><Mark /></div>
                <PageTitle title document_title class="signin__title" />
                <Show when=move || !online.get()>
                    <Banner tone=Tone::Warning text=t(auth::OFFLINE) />
                </Show>
                {children()}
            </div>
            <footer class="signin__footer"><Preferences /></footer>
            <LiveRegion />
        </main>
    }
}

/// The button that sends a step.
#[component]
pub fn Send(
    /// What it does.
    label: Text,
    /// Whether an answer is awaited.
    #[prop(into)]
    pending: Signal<bool>,
) -> impl IntoView {
    view! {
        <Button
            label=t(label)
            variant=ButtonVariant::Primary
            size=ButtonSize::Large
            kind=ButtonKind::Submit
            pending
        />
    }
}

/// What became of the last code or answer.
#[component]
pub fn Judged(#[prop(into)] judged: Signal<Option<Message>>) -> impl IntoView {
    let i18n = use_i18n();
    let text = Signal::derive(move || judged.get().map(|it| i18n.message(&it)).unwrap_or_default());
    view! {
        <Show when=move || judged.with(Option::is_some)>
            <Banner tone=Tone::Danger text />
        </Show>
    }
}

/// The way back.
#[component]
pub fn ToSignIn() -> impl IntoView {
    view! {
        <p class="recovery__way"><a href=Route::SignIn.path()>{t(words::TO_SIGN_IN)}</a></p>
    }
}

/// Something is over or done: what it is, and the one way on.
#[component]
pub fn Ending(
    /// What to do.
    #[prop(into)]
    hint: Signal<String>,
    /// Where it goes on, in words.
    #[prop(into)]
    label: Signal<String>,
    /// And as an address.
    href: Route,
) -> impl IntoView {
    view! {
        <p>{hint}</p>
        <div class="recovery__actions">
            <LinkButton label href=href.path() variant=ButtonVariant::Primary />
        </div>
    }
}

/// Something that is being looked at, or could not be.
#[component]
pub fn Checking(
    /// What is being done, if it is not a link that is looked at.
    #[prop(optional, into)]
    text: Option<Signal<String>>,
    /// Why it could not.
    problem: Signal<Option<Explanation>>,
    /// Tries again.
    on_retry: Callback<()>,
) -> impl IntoView {
    let text = text.unwrap_or_else(|| t(words::CHECKING));
    let has_failed = Memo::new(move |_| problem.with(Option::is_some));
    // Gone between two readings, it is never seen.
    let shown = move || {
        problem
            .get()
            .map(|explanation| view! { <ErrorState explanation on_retry /> })
    };
    move || {
        if has_failed.get() {
            return shown.into_any();
        }
        view! {
            <p role="status">{text}</p>
            <Skeleton lines=3 />
        }
        .into_any()
    }
}

//! The way in with a passkey on the screen.

use leptos::prelude::*;

use super::super::components::Countdown;
use super::super::state::SignInForm;
use super::model::Trouble;
use super::state::WayIn;
use crate::i18n::texts::Namespace;
use crate::i18n::texts::passkeys as words;
use crate::i18n::{t, use_i18n};
use crate::platform::task;
use crate::ui::{Banner, Button, ButtonSize, Tone};

/// The button, and beside it what became of the last passkey. Nothing where passkeys are no way in.
#[component]
pub fn PasskeySignIn(
    /// The form beside it.
    form: SignInForm,
) -> impl IntoView {
    let i18n = use_i18n();
    task::detached(async move { i18n.ensure(&[Namespace::Passkeys]).await });
    let way = WayIn::beside(form);
    let is_shown = Memo::new(move |_| way.is_offered.get() && i18n.has(&[Namespace::Passkeys]));
    let refused = move || {
        let explanation = way.trouble.with(|trouble| trouble.as_ref()?.explain(i18n))?;
        let text = explanation.in_a_line(i18n);
        Some(view! { <Banner tone=Tone::Danger text /> })
    };
    let wait = move || {
        way.trouble
            .with(|trouble| trouble.as_ref().and_then(Trouble::wait))
    };
    view! {
        <Show when=move || is_shown.get()>
            {refused}
            {move || wait().map(|seconds| view! { <Countdown seconds /> })}
            <Button
                label=t(words::SIGN_IN)
                size=ButtonSize::Large
                pending=way.pending
                disabled=form.pending
                on_click=Callback::new(move |()| way.press())
            />
        </Show>
    }
}

//! `/account/security`: the password.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::super::password::{CURRENT, NEW, PasswordChange};
use crate::app::routes::Route;
use crate::i18n::explain::Explanation;
use crate::i18n::texts::{account as words, passwords};
use crate::i18n::{t, use_i18n};
use crate::ui::{
    Banner, Button, ButtonKind, ButtonVariant, Checkbox, Form, FormActions, FormSection, LinkButton,
    NewPasswordField, PageTitle, PasswordField, Tone,
};

/// The part of the address that says that the password was changed. By it managers know that the form was sent.
const CHANGED: &str = "changed";

/// The page about how one signs in.
#[component]
pub fn SecurityPage() -> impl IntoView {
    // What was done here, and whether other sessions ended with it; the address alone could be anybody's claim.
    let changed = RwSignal::new(None::<bool>);
    let query = use_query_map();
    let shown = Memo::new(move |_| {
        let is_told = query.with(|query| query.get(CHANGED).is_some());
        changed.get().filter(|_| is_told)
    });
    let body = move || match shown.get() {
        Some(others_ended) => view! { <Changed others_ended /> }.into_any(),
        None => view! { <ChangeForm changed /> }.into_any(),
    };
    view! {
        <section class="page">
            <header class="page__header"><PageTitle title=t(words::SECURITY) /></header>
            {body}
        </section>
    }
    .into_any()
}

#[component]
fn Changed(others_ended: bool) -> impl IntoView {
    let text = if others_ended {
        words::CHANGED_AND_ENDED
    } else {
        words::CHANGED
    };
    view! {
        <Banner tone=Tone::Success text=t(text) />
        <p><LinkButton label=t(words::CHANGE_AGAIN) href=Route::Security.path() /></p>
    }
}

#[component]
fn ChangeForm(changed: RwSignal<Option<bool>>) -> impl IntoView {
    let change = PasswordChange::new();
    let navigate = StoredValue::new_local(use_navigate());
    let submit = Callback::new(move |()| {
        let others_ended = change.end_others.get_untracked();
        change.send(move || {
            // The page may be left already; then nobody needs to be told.
            if changed.try_set(Some(others_ended)).is_none() {
                let address = format!("{}?{CHANGED}=1", Route::Security.path());
                let options = NavigateOptions {
                    replace: true,
                    ..NavigateOptions::default()
                };
                navigate.try_with_value(|navigate| navigate(&address, options));
            }
        });
    });
    view! {
        <Failure failure=change.failure() />
        <Form state=change.state label=t(words::CHANGE) on_submit=submit>
            <FormSection title=t(words::PASSWORD)>
                <div class="form__wide account__password"><Fields change /></div>
            </FormSection>
            <FormActions>
                <Button
                    label=t(words::CHANGE)
                    variant=ButtonVariant::Primary
                    kind=ButtonKind::Submit
                    pending=change.pending
                />
            </FormActions>
        </Form>
    }
}

/// Managers find whose password it is in a field that nobody sees.
#[component]
fn Fields(change: PasswordChange) -> impl IntoView {
    let PasswordChange {
        current,
        choice,
        end_others,
        state,
        sent,
        ..
    } = change;
    view! {
        <input
            class="visually-hidden"
            type="text"
            name="username"
            autocomplete="username"
            tabindex="-1"
            aria-hidden="true"
            readonly
            prop:value=move || change.username()
        />
        <PasswordField
            label=t(passwords::CURRENT)
            value=current
            name=CURRENT
            required=true
            error=state.error(CURRENT)
            mask=sent
            on_blur=state.leave(CURRENT)
        />
        <NewPasswordField
            label=t(passwords::NEW)
            choice
            name=NEW
            error=state.error(NEW)
            mask=sent
            on_blur=state.leave(NEW)
        />
        <Checkbox
            label=t(words::END_OTHERS)
            value=end_others
            name="end-others"
            hint=t(words::END_OTHERS_HINT)
        />
    }
}

#[component]
fn Failure(failure: Signal<Option<Explanation>>) -> impl IntoView {
    let i18n = use_i18n();
    let text = Signal::derive(move || {
        let said = |it: &Explanation| it.in_a_line(i18n);
        failure
            .with(|failure| failure.as_ref().map(said))
            .unwrap_or_default()
    });
    view! {
        <Show when=move || failure.with(Option::is_some)>
            <Banner tone=Tone::Danger text />
        </Show>
    }
}

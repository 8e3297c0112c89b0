//! Changing the password.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use portico_contract::auth::AuthPolicy;

use super::super::password::{CURRENT, NEW, PasswordChange};
use crate::api::query::Query;
use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::{account as words, passwords};
use crate::ui::{
    Button, ButtonKind, ButtonVariant, Checkbox, FailureBanner, Form, FormActions, FormSection,
    KnownUsername, NewPasswordField, PasswordField,
};

/// The part of the address that says that the password was changed. By it managers know that the form was sent.
pub(in super::super) const CHANGED: &str = "changed";

/// The form; `changed` hears whether the other sessions have ended with the change.
#[component]
pub(in super::super) fn PasswordForm(
    /// What a password has to be.
    policy: Query<AuthPolicy>,
    /// What is told.
    changed: RwSignal<Option<bool>>,
) -> impl IntoView {
    let change = PasswordChange::new(policy);
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
        <FailureBanner failure=change.submission.failure() />
        <Form state=change.state label=t(words::CHANGE) on_submit=submit>
            <FormSection title=t(words::PASSWORD)>
                <div class="form__wide account__password"><Fields change /></div>
            </FormSection>
            <FormActions>
                <Button
                    label=t(words::CHANGE)
                    variant=ButtonVariant::Primary
                    kind=ButtonKind::Submit
                    pending=change.submission.pending
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
        <KnownUsername value=Signal::derive(move || change.username()) />
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

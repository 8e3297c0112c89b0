//! The question for another mail address of an account.

use leptos::prelude::*;
use portico_contract::admin::{AdminUser, UserStatus};

use super::super::address::AddressForm;
use super::super::users::use_users;
use crate::i18n::texts::{admin as words, common};
use crate::i18n::{t, tm};
use crate::ui::{
    Banner, Button, ButtonKind, ButtonVariant, Dialog, DialogActions, DialogSize, Form, TextField, Tone,
};

/// Asks for another address of the account that was chosen.
#[component]
pub fn AddressDialog() -> impl IntoView {
    let users = use_users();
    move || {
        let user = users.readdressed.get()?;
        Some(view! { <Question user /> })
    }
}

#[component]
fn Question(user: AdminUser) -> impl IntoView {
    let (users, form) = (use_users(), AddressForm::new(&user));
    let text = match user.status {
        UserStatus::Invited => words::CHANGE_EMAIL_INVITED,
        UserStatus::Active | UserStatus::Deactivated => words::CHANGE_EMAIL_TEXT,
    };
    let name = user.name;
    let title = tm(move || words::change_email_title(name.clone()));
    let close = Callback::new(move |()| users.readdressed.set(None));
    view! {
        <Dialog
            open=true
            title=title
            description=t(text)
            size=DialogSize::Small
            dirty=form.is_dirty()
            on_close=close
        >
            <Form state=form.state label=title on_submit=Callback::new(move |()| form.send())>
                {move || form.failure.get().map(|text| view! { <Banner tone=Tone::Danger text /> })}
                <TextField
                    label=t(words::FIELD_EMAIL)
                    value=form.typed
                    name="email"
                    kind="email"
                    inputmode="email"
                    autocomplete="off"
                    verbatim=true
                    required=true
                    error=form.state.error("email")
                    on_blur=form.state.leave("email")
                />
                <DialogActions>
                    <Button label=t(common::CANCEL) on_click=close />
                    <Button
                        label=t(words::CHANGE_EMAIL)
                        variant=ButtonVariant::Primary
                        kind=ButtonKind::Submit
                        pending=form.pending
                    />
                </DialogActions>
            </Form>
        </Dialog>
    }
}

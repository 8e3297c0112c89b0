//! Another name for a factor.

use leptos::prelude::*;
use portico_contract::second_factor::Factor;

use super::super::renaming::{NAME, Renaming};
use super::super::second_factor::{Doing, SecondFactor};
use crate::i18n::texts::{account as words, common};
use crate::i18n::{t, tm};
use crate::ui::{
    Button, ButtonKind, ButtonVariant, Dialog, DialogActions, DialogSize, FailureBanner, Form, TextField,
};

/// Asks for the name while one is to be changed.
#[component]
pub(super) fn RenameDialog(
    /// What the person has.
    factor: SecondFactor,
) -> impl IntoView {
    move || {
        let renamed = factor.doing.with(|doing| match doing {
            Doing::Renaming(renamed) => Some(renamed.clone()),
            _ => None,
        })?;
        Some(view! { <Name factor renamed /> })
    }
}

#[component]
fn Name(factor: SecondFactor, renamed: Factor) -> impl IntoView {
    let renaming = Renaming::new(factor, &renamed);
    let name = factor.name(&renamed);
    let title = tm(move || words::factor_rename_title(name.clone()));
    let close = Callback::new(move |()| factor.turn_to(Doing::Nothing));
    let submit = Callback::new(move |()| renaming.send(&renamed));
    view! {
        <Dialog open=true title size=DialogSize::Small dirty=renaming.is_dirty() on_close=close>
            <Form state=renaming.state label=title on_submit=submit>
                <FailureBanner failure=renaming.submission.failure() />
                <TextField
                    label=t(words::FACTOR_NAME)
                    value=renaming.name
                    name=NAME
                    autocomplete="off"
                    hint=t(words::FACTOR_NAME_HINT)
                    required=true
                    error=renaming.state.error(NAME)
                    on_blur=renaming.state.leave(NAME)
                />
                <DialogActions>
                    <Button label=t(common::CANCEL) on_click=close />
                    <Button
                        label=t(words::FACTOR_RENAME_SAVE)
                        variant=ButtonVariant::Primary
                        kind=ButtonKind::Submit
                        pending=renaming.submission.pending
                    />
                </DialogActions>
            </Form>
        </Dialog>
    }
}

//! The question before something that cannot be taken back.

use leptos::prelude::*;

use super::DialogActions;
use super::frame::{Frame, Shape};
use crate::i18n::t;
use crate::i18n::texts::common;
use crate::ui::button::{Button, ButtonVariant};

/// Asks before something is lost. The focus starts on the way back, and leaving is the same as choosing it.
#[component]
pub fn ConfirmDialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What would happen.
    #[prop(into)]
    text: Signal<String>,
    /// The verb that does it.
    #[prop(into)]
    confirm: Signal<String>,
    /// The way back; "Cancel" if left out.
    #[prop(optional, into)]
    cancel: Option<Signal<String>>,
    /// It cannot be taken back.
    #[prop(optional)]
    dangerous: bool,
    /// It is being done.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// The person wants it done.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// The person wants it left.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let cancel = cancel.unwrap_or_else(|| t(common::CANCEL));
    let variant = if dangerous {
        ButtonVariant::Danger
    } else {
        ButtonVariant::Primary
    };
    let open = Memo::new(move |_| open.get());
    move || {
        open.get().then(|| {
            view! {
                <Frame shape=Shape::Question title description=text.into() dirty=Signal::stored(false) on_close>
                    <DialogActions>
                        <Button label=cancel on_click=on_close/>
                        <Button label=confirm variant pending on_click=on_confirm/>
                    </DialogActions>
                </Frame>
            }
        })
    }
}

//! What is asked before something is done that cannot be taken back.

use leptos::prelude::*;

use super::model::{Asked, Busy};
use super::state::use_sign_ins;
use crate::i18n::texts::sign_ins as words;
use crate::i18n::{t, tm};
use crate::ui::ConfirmDialog;

/// The question, while there is one.
#[component]
pub fn Question() -> impl IntoView {
    let page = use_sign_ins();
    move || {
        let asked = page.asked.get()?;
        let (title, text, confirm) = match asked {
            Asked::EndOthers(count) => (
                t(words::END_OTHERS_TITLE),
                tm(move || words::end_others_text(count)),
                t(words::END_OTHERS),
            ),
            Asked::Disown(_) => (t(words::NOT_ME_TITLE), t(words::NOT_ME_TEXT), t(words::NOT_ME)),
        };
        Some(view! {
            <ConfirmDialog
                open=true
                title
                text
                confirm
                dangerous=true
                pending=page.is_busy(Busy::Question)
                on_confirm=Callback::new(move |()| page.confirm())
                on_close=Callback::new(move |()| page.asked.set(None))
            />
        })
    }
}

//! The field for a code of the second factor.

use leptos::prelude::*;
use portico_contract::second_factor::{CODE_DIGITS, FactorMethod};

use crate::i18n::{Text, t};
use crate::ui::{CodeField, TextField};

/// The name of the field, as the contract calls it.
pub const CODE: &str = "code";

/// The field for a code of `method`: digits of an app or of a message, or else a recovery code. Nothing where the method takes no code.
#[component]
pub fn FactorCode(
    /// What is shown.
    method: FactorMethod,
    /// What is typed.
    value: RwSignal<String>,
    /// What to fill in.
    label: Text,
    /// What it looks like.
    hint: Text,
    /// What is wrong with it.
    error: Signal<Option<String>>,
    /// It is being checked.
    #[prop(into)]
    pending: Signal<bool>,
    /// Takes the focus when it appears.
    autofocus: bool,
) -> impl IntoView {
    match method {
        FactorMethod::Passkey => ().into_any(),
        FactorMethod::Totp | FactorMethod::Sms | FactorMethod::Mail => view! {
            <CodeField
                label=t(label)
                value
                name=CODE
                length=CODE_DIGITS
                hint=t(hint)
                error
                required=true
                pending
                autofocus
            />
        }
        .into_any(),
        FactorMethod::RecoveryCode => view! {
            <TextField
                label=t(label)
                value
                name=CODE
                autocomplete="off"
                verbatim=true
                hint=t(hint)
                error
                required=true
                readonly=pending
                autofocus
            />
        }
        .into_any(),
    }
}

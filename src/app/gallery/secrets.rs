//! What is shown once and kept elsewhere.

use leptos::prelude::*;
use portico_contract::second_factor::RecoveryCodes;

use super::frame::{part, wide};
use crate::platform::clock;
use crate::ui::{QrCode, RecoveryCodeSheet, SecretKey, SendCode};

/// A key that opens nothing.
const KEY: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

pub(super) fn parts() -> Vec<AnyView> {
    let address = format!("otpauth://totp/Portico:zhang.san?secret={KEY}&issuer=Portico");
    let too_long = "x".repeat(3_000);
    vec![
        part("QrCode", vec![picture(address), picture(too_long)]),
        part("SecretKey", vec![key(KEY), key("JBSWY3")]),
        wide("RecoveryCodeSheet", vec![codes()]),
        part("SendCode", vec![sending(None), sending(Some("+49 ••• 78"))]),
    ]
}

fn picture(text: String) -> AnyView {
    view! { <QrCode text=Signal::stored(text) label="A picture for a camera"/> }.into_any()
}

fn key(value: &'static str) -> AnyView {
    view! { <SecretKey label="A key to type" value/> }.into_any()
}

fn codes() -> AnyView {
    let codes = (0..10).map(|index| format!("ABCDEFGH0111234{index}")).collect();
    view! { <RecoveryCodeSheet codes=RecoveryCodes::new(codes) on_done=|()| {}/> }.into_any()
}

fn sending(to: Option<&str>) -> AnyView {
    let until_ms = to.map(|_| clock::now_ms() + 30_000.0);
    let to = to.map(str::to_owned);
    view! { <SendCode to=Signal::stored(to) count=1 until_ms=Signal::stored(until_ms) pending=false on_send=|()| {}/> }
        .into_any()
}

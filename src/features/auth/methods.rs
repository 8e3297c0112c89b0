//! The methods of the second factor: in which order they are offered, and by what words one turns to them. No browser, no
//! Leptos.

use portico_contract::second_factor::FactorMethod;

use crate::i18n::Text;
use crate::i18n::texts::second_factor as words;

/// `methods` in the order in which they are offered: passkeys come last where none can be used.
pub fn in_order(mut methods: Vec<FactorMethod>, has_passkeys: bool) -> Vec<FactorMethod> {
    methods.sort_by_key(|method| *method == FactorMethod::Passkey && !has_passkeys);
    methods
}

/// The methods but for `now`, those first that come after it.
pub fn others(methods: &[FactorMethod], now: FactorMethod) -> Vec<FactorMethod> {
    let place = methods.iter().position(|method| *method == now);
    let (before, after) = methods.split_at(place.unwrap_or_default());
    let turned = after.iter().chain(before);
    turned.copied().filter(|method| *method != now).collect()
}

/// Turns to `method`, in words.
pub const fn use_text(method: FactorMethod) -> Text {
    match method {
        FactorMethod::Passkey => words::USE_PASSKEY,
        FactorMethod::Totp => words::USE_APP,
        FactorMethod::Sms => words::USE_SMS,
        FactorMethod::Mail => words::USE_MAIL,
        FactorMethod::RecoveryCode => words::USE_RECOVERY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [FactorMethod; 3] = [
        FactorMethod::Passkey,
        FactorMethod::Totp,
        FactorMethod::RecoveryCode,
    ];
    const CODES: [FactorMethod; 2] = [FactorMethod::Totp, FactorMethod::RecoveryCode];

    #[test]
    fn what_can_be_used_comes_first() {
        assert_eq!(in_order(ALL.to_vec(), true), ALL);
        let without = [ALL[1], ALL[2], ALL[0]];
        assert_eq!(in_order(ALL.to_vec(), false), without);
        assert_eq!(
            in_order(vec![FactorMethod::Passkey], false),
            [FactorMethod::Passkey]
        );
    }

    #[test]
    fn methods_take_turns() {
        assert_eq!(others(&CODES, CODES[0]), [CODES[1]]);
        assert_eq!(others(&CODES, CODES[1]), [CODES[0]]);
        assert_eq!(others(&ALL, ALL[1]), [ALL[2], ALL[0]]);
        assert_eq!(others(&CODES[..1], CODES[0]), []);
        assert_eq!(others(&CODES[..1], CODES[1]), [CODES[0]]);
        assert_eq!(others(&[], CODES[0]), []);
    }
}

//! Changing the language from anywhere in the frame.

use portico_contract::locale::Locale;

use crate::i18n::I18n;
use crate::i18n::texts::common;
use crate::platform::task;
use crate::ui::{Toast, Toasts, Tone};

/// Changes the language to `locale`; says so if its texts cannot be had.
pub fn speak(i18n: I18n, toasts: Toasts, locale: Locale) {
    task::detached(async move {
        if i18n.switch_to(locale).await.is_err() {
            toasts.show(Toast::new(Tone::Danger, i18n.text(common::LANGUAGE_FAILED)));
        }
    });
}

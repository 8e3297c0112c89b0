//! The screen for the case that the program itself fails. It is drawn beforehand and hidden: after a panic nothing can
//! be drawn any more, only uncovered (see `platform::crash`), and its link works without the program.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::common;
use crate::ui::{ButtonVariant, LinkButton};

/// The id of the crash screen's element.
pub const CRASH_SCREEN: &str = "crash";

/// The hidden crash screen.
#[component]
pub fn CrashScreen() -> impl IntoView {
    view! {
        <section id=CRASH_SCREEN class="fault" role="alert" hidden>
            <h1 class="fault__title">{t(common::APP_CRASHED)}</h1>
            <p class="fault__hint">{t(common::APP_CRASHED_HINT)}</p>
            // An empty address is this page: the browser itself loads it anew.
            <LinkButton variant=ButtonVariant::Primary label=t(common::RELOAD) href="" external=true />
        </section>
    }
}

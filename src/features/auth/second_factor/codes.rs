//! The recovery codes, which are shown once: nothing goes on before the person has kept them.

use leptos::prelude::*;

use super::super::door::Frame;
use super::way::Way;
use crate::i18n::t;
use crate::i18n::texts::second_factor as words;
use crate::ui::RecoveryCodeSheet;

/// The codes, and the way on once they are kept.
#[component]
pub(super) fn Codes(way: Way) -> impl IntoView {
    let kept = Callback::new(move |()| way.codes.set(None));
    let sheet = way
        .codes
        .get_untracked()
        .map(|codes| view! { <RecoveryCodeSheet codes on_done=kept /> });
    view! {
        <Frame title=t(words::CODES_HEADING)>
            <p>{t(words::CODES_INTRO)}</p>
            {sheet}
        </Frame>
    }
}

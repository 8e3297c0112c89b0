//! The way to the palette for those who do not know its keys.

use leptos::prelude::*;

use crate::app::palette::PaletteOpen;
use crate::app::shortcuts::PALETTE_KEYS;
use crate::i18n::t;
use crate::i18n::texts::shell;
use crate::ui::{Icon, IconName, KeyHint};

/// Opens the palette.
#[component]
pub fn SearchButton() -> impl IntoView {
    let PaletteOpen(open) = expect_context();
    view! {
        <button
            class="shell__search"
            type="button"
            aria-haspopup="dialog"
            aria-keyshortcuts="Control+K Meta+K"
            on:click=move |_| open.set(true)
        >
            <Icon name=IconName::Search />
            <span class="shell__search-label">{t(shell::PALETTE)}</span>
            <span class="shell__search-keys" aria-hidden="true"><KeyHint keys=PALETTE_KEYS /></span>
        </button>
    }
}

//! What everybody must know: no network, invented data.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::{auth as words, common};
use crate::platform::network;
use crate::session::use_demo;
use crate::ui::{Banner, Tone};

/// Banners above every page.
#[component]
pub fn Notices() -> impl IntoView {
    let online = network::online();
    let demo = use_demo();
    view! {
        <div class="shell__notices">
            <Show when=move || !online.get()>
                <Banner tone=Tone::Warning text=t(common::OFFLINE) />
            </Show>
            <Show when=move || demo.get()>
                <Banner tone=Tone::Info text=t(words::DEMO) />
            </Show>
        </div>
    }
}

//! What everybody must know: no network, invented data, a newer version.

use leptos::prelude::*;

use super::updates::newer_build;
use crate::features::auth::MaintenanceNotice;
use crate::i18n::t;
use crate::i18n::texts::{auth as words, common, shell};
use crate::platform::{location, network};
use crate::session::use_policy;
use crate::ui::{Banner, BannerAction, Tone};

/// Banners above every page.
#[component]
pub fn Notices() -> impl IntoView {
    let online = network::online();
    let policy = use_policy();
    view! {
        <div class="shell__notices">
            <Show when=move || !online.get()>
                <Banner tone=Tone::Warning text=t(common::OFFLINE) />
            </Show>
            <NewVersion />
            <MaintenanceNotice />
            <Show when=move || policy.is_demo()>
                <Banner tone=Tone::Info text=t(words::DEMO) />
            </Show>
        </div>
    }
}

/// Offers a newer version. It is taken only by the person's own hand, and a page with something unsaved asks first.
#[component]
fn NewVersion() -> impl IntoView {
    let found = newer_build();
    let declined = RwSignal::new(false);
    let (text, label) = (t(shell::NEW_VERSION), t(common::RELOAD));
    view! {
        <Show when=move || found.get() && !declined.get()>
            <Banner
                tone=Tone::Info
                text
                action=BannerAction::new(label, Callback::new(|()| location::reload()))
                on_dismiss=Callback::new(move |()| declined.set(true))
            />
        </Show>
    }
}

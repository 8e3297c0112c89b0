//! What everybody must know: no network, invented data.

use leptos::prelude::*;
use portico_contract::auth::AuthPolicy;

use crate::api::query::Query;
use crate::api::{auth, use_client};
use crate::i18n::t;
use crate::i18n::texts::{auth as words, common};
use crate::platform::network;
use crate::ui::{Banner, Tone};

/// Banners above every page.
#[component]
pub fn Notices() -> impl IntoView {
    let online = network::online();
    let client = use_client();
    let policy: Query<AuthPolicy> = Query::new(|| (), move |()| auth::policy(client));
    let demo = Memo::new(move |_| policy.with(|policy| policy.demo) == Some(true));
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

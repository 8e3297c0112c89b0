//! `/account/security`: the password, the second factor, and what is asked when the
//! password is reset.

use leptos::html::Div;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use portico_contract::password::PolicyProfile;

use super::super::components::{CHANGED, PasswordForm, QuestionForm, TwoStep};
use crate::api::query::Query;
use crate::api::{passwords, use_client};
use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::account as words;
use crate::platform::document;
use crate::ui::{Awaited, Banner, LinkButton, PageTitle, Tone, TopDown};

/// The page about how one signs in.
#[component]
pub fn SecurityPage() -> impl IntoView {
    let client = use_client();
    let policy = Query::new(|| (), move |()| passwords::auth_policy(client));
    // What was done here, and whether other sessions ended with it; the address alone could be anybody's claim.
    let changed = RwSignal::new(None::<bool>);
    let query = use_query_map();
    let shown = Memo::new(move |_| {
        let is_told = query.with(|query| query.get(CHANGED).is_some());
        changed.get().filter(|_| is_told)
    });
    let password = move || match shown.get() {
        Some(others_ended) => view! { <Changed others_ended /> }.into_any(),
        None => view! { <PasswordForm policy changed /> }.into_any(),
    };
    let asks = Memo::new(move |_| {
        let asks = policy.with(|policy| policy.password.profile == PolicyProfile::Classic);
        asks.unwrap_or_default()
    });
    view! {
        <section class="page">
            <header class="page__header"><PageTitle title=t(words::SECURITY) /></header>
            <TopDown>
                // With the rules of a new password from the start.
                <Awaited settled=policy.settled() lines=10>{password}</Awaited>
                <TwoStep />
                <Show when=move || asks.get()>
                    <QuestionForm />
                </Show>
            </TopDown>
        </section>
    }
    .into_any()
}

#[component]
fn Changed(others_ended: bool) -> impl IntoView {
    let text = if others_ended {
        words::CHANGED_AND_ENDED
    } else {
        words::CHANGED
    };
    // The form that had the focus is gone; where it goes is read.
    let told = NodeRef::<Div>::new();
    told.on_load(|element| document::focus_in_place(&element));
    view! {
        <div tabindex="-1" node_ref=told><Banner tone=Tone::Success text=t(text) /></div>
        <p><LinkButton label=t(words::CHANGE_AGAIN) href=Route::Security.path() /></p>
    }
}

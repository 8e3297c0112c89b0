//! `/customers/new`: entering a customer.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use portico_contract::capability::{Resource, Verb};
use portico_contract::user::UserRef;

use super::super::components::CustomerForm;
use super::super::editor::CustomerEditor;
use crate::app::routes::Route;
use crate::i18n::texts::customers as words;
use crate::i18n::{t, use_i18n};
use crate::session::use_session;
use crate::ui::{Banner, Breadcrumbs, Crumb, PageTitle, Tone};

/// The form about a customer that is not known yet.
#[component]
pub fn NewCustomerPage() -> impl IntoView {
    let session = use_session();
    let above = vec![Crumb::new(t(words::TITLE), Route::Customers.path())];
    let may = untrack(|| session.can(Verb::Create, Resource::Customers).is_some());
    let me = untrack(|| session.me()).filter(|_| may);
    let body = match me {
        Some(me) => {
            let owner = UserRef {
                id: me.user.id,
                name: me.user.name.clone(),
            };
            provide_context(CustomerEditor::create(owner, use_i18n().locale_untracked()));
            let navigate = use_navigate();
            let leave =
                Callback::new(move |()| navigate(&Route::Customers.path(), NavigateOptions::default()));
            view! { <CustomerForm label=t(words::NEW) on_cancel=leave /> }.into_any()
        }
        None => view! { <Banner tone=Tone::Warning text=t(words::CREATE_FORBIDDEN) /> }.into_any(),
    };
    view! {
        <section class="page">
            <Breadcrumbs above current=t(words::NEW) />
            <header class="page__header"><PageTitle title=t(words::NEW) /></header>
            {body}
        </section>
    }
    .into_any()
}

//! `/customers`: finding a customer.

use leptos::prelude::*;
use portico_contract::capability::{Resource, Verb};

use super::super::components::{CustomerTable, Toolbar};
use super::super::model::ListFilter;
use super::super::state::CustomerList;
use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::customers as words;
use crate::session::use_session;
use crate::ui::{
    AllowedLink, ButtonVariant, IconName, LoadView, NothingFound, PageTitle, ResultCount, Skeleton,
};

/// The list of customers.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let list = CustomerList::new();
    let total = Memo::new(move |_| list.found.rows.with(|page| page.total));
    // The table is drawn anew only when it has to make room for the empty state, not with each search.
    let is_empty = Memo::new(move |_| total.get() == Some(0));
    view! {
        <section class="page page--fill">
            <header class="page__header">
                <PageTitle title=t(words::TITLE) />
                <ResultCount total words=words::count />
                <NewCustomer />
            </header>
            <Toolbar list />
            <LoadView
                ready=list.found.rows.ready()
                problem=list.found.rows.problem()
                on_retry=list.found.rows.on_retry()
                skeleton=|| view! { <Skeleton lines=12 /> }
            >
                {move || if is_empty.get() {
                    view! { <Nothing list /> }.into_any()
                } else {
                    view! { <CustomerTable list /> }.into_any()
                }}
            </LoadView>
        </section>
    }
    .into_any()
}

/// Why the list is empty, and the way out.
#[component]
fn Nothing(list: CustomerList) -> impl IntoView {
    view! {
        <NothingFound
            narrow=Signal::derive(move || list.found.filter.with(ListFilter::is_narrow))
            nothing=(t(words::NOTHING_TITLE), t(words::NOTHING_HINT))
            empty=(t(words::EMPTY_TITLE), t(words::EMPTY_HINT))
            clear=t(words::CLEAR_FILTERS)
            on_clear=move |()| list.found.clear()
        />
    }
}

/// The way to enter a customer, or why there is none.
#[component]
fn NewCustomer() -> impl IntoView {
    let session = use_session();
    view! {
        <AllowedLink
            label=t(words::NEW)
            href=Route::NewCustomer.path()
            variant=ButtonVariant::Primary
            icon=IconName::Plus
            allowed=Signal::derive(move || session.can(Verb::Create, Resource::Customers).is_some())
            reason=t(words::CREATE_FORBIDDEN)
        />
    }
}

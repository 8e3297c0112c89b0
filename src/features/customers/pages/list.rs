//! `/customers`: finding a customer.

use leptos::prelude::*;

use portico_contract::capability::{Resource, Verb};

use super::super::components::{CustomerTable, Toolbar};
use super::super::state::CustomerList;
use crate::app::routes::Route;
use crate::i18n::texts::customers as words;
use crate::i18n::{t, tm, use_i18n};
use crate::session::use_session;
use crate::ui::{Button, ButtonVariant, EmptyState, IconName, LinkButton, LoadView, PageTitle, Skeleton};

/// The list of customers.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let list = CustomerList::new();
    let total = Memo::new(move |_| list.found.rows.with(|page| page.total));
    // The table is drawn anew only when it has to make room for the empty state, not with each search.
    let is_empty = Memo::new(move |_| total.get() == Some(0));
    let count = tm(move || words::count(total.get().unwrap_or_default()));
    view! {
        <section class="page page--fill">
            <header class="page__header">
                <PageTitle title=t(words::TITLE) />
                // Always there, so that a screen reader hears the count change with the search.
                <p class="page__count" role="status">{move || total.get().map(|_| count.get())}</p>
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
                    view! { <NothingFound list /> }.into_any()
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
fn NothingFound(list: CustomerList) -> impl IntoView {
    let i18n = use_i18n();
    let narrow = Memo::new(move |_| list.found.filter.with(super::super::model::ListFilter::is_narrow));
    let text =
        move |searched, empty| Signal::derive(move || i18n.text(if narrow.get() { searched } else { empty }));
    view! {
        <EmptyState
            icon=IconName::Search
            title=text(words::NOTHING_TITLE, words::EMPTY_TITLE)
            hint=text(words::NOTHING_HINT, words::EMPTY_HINT)
        >
            <Show when=move || narrow.get()>
                <Button
                    variant=ButtonVariant::Secondary
                    label=t(words::CLEAR_FILTERS)
                    on_click=Callback::new(move |()| list.found.clear())
                />
            </Show>
        </EmptyState>
    }
}

/// The way to enter a customer, or why there is none.
#[component]
fn NewCustomer() -> impl IntoView {
    let session = use_session();
    let may = Memo::new(move |_| session.can(Verb::Create, Resource::Customers).is_some());
    move || {
        let label = t(words::NEW);
        if may.get() {
            view! { <LinkButton label href=Route::NewCustomer.path() variant=ButtonVariant::Primary icon=IconName::Plus /> }
                .into_any()
        } else {
            view! { <Button label disabled=true /> <p class="meta">{t(words::CREATE_FORBIDDEN)}</p> }
                .into_any()
        }
    }
}

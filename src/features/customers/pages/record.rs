//! `/customers/:id`: all there is to know about one customer.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portico_contract::ids::CustomerId;

use super::super::components::{Contacts, CustomerFacts, CustomerTimeline, Deals, Orders};
use crate::api::query::Query;
use crate::api::{ApiError, customers, use_client};
use crate::app::routes::Route;
use crate::i18n::texts::customers as words;
use crate::i18n::{Text, t, use_i18n};
use crate::ui::{AllowedLink, Breadcrumbs, Crumb, ErrorState, LoadView, PageTitle, Skeleton, TopDown};

/// A customer's record.
#[component]
pub fn CustomerPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<CustomerId>().ok()));
    let i18n = use_i18n();
    view! {
        <section class="page">
            {move || if let Some(id) = id.get() {
                view! { <Record id=Signal::stored(id) /> }.into_any()
            } else {
                let explanation = ApiError::NotFound.explain(i18n);
                view! {
                    <Breadcrumbs above=above() current=t(words::COLUMN_NAME) />
                    <PageTitle title=t(words::COLUMN_NAME) />
                    <ErrorState explanation />
                }
                .into_any()
            }}
        </section>
    }
    .into_any()
}

/// The pages above a record.
fn above() -> Vec<Crumb> {
    vec![Crumb::new(t(words::TITLE), Route::Customers.path())]
}

#[component]
fn Record(id: Signal<CustomerId>) -> impl IntoView {
    let client = use_client();
    let i18n = use_i18n();
    let customer = Query::new(move || id.get(), move |id| customers::get_customer(client, id));
    let name = Signal::derive(move || {
        customer
            .with(|customer| customer.name.clone())
            .unwrap_or_else(|| i18n.text(words::COLUMN_NAME))
    });
    view! {
        <Breadcrumbs above=above() current=name />
        <header class="page__header">
            <PageTitle title=name document_title=t(words::COLUMN_NAME) />
            {move || customer.with(|customer| edit(customer.id, customer.editable))}
        </header>
        <LoadView
            ready=customer.ready()
            problem=customer.problem()
            on_retry=customer.on_retry()
            skeleton=|| view! { <Skeleton lines=10 /> }
        >
            <div class="record">
                <aside class="record__aside">
                    <Section title=words::FACTS>
                        {move || customer.get().map(|customer| view! { <CustomerFacts customer /> })}
                    </Section>
                </aside>
                <div class="record__main">
                    <Section title=words::CONTACTS>
                        {move || customer.get().map(|customer| view! { <Contacts contacts=customer.contacts /> })}
                    </Section>
                    <TopDown>
                        <Section title=words::DEALS><Deals id /></Section>
                        <Section title=words::ORDERS><Orders id /></Section>
                        <Section title=words::TIMELINE><CustomerTimeline id /></Section>
                    </TopDown>
                </div>
            </div>
        </LoadView>
    }
}

/// The way to change the customer, or why there is none.
fn edit(id: CustomerId, editable: bool) -> AnyView {
    let href = Route::EditCustomer(id).path();
    let allowed = Signal::stored(editable);
    view! { <AllowedLink label=t(words::EDIT) href allowed reason=t(words::EDIT_FORBIDDEN) /> }.into_any()
}

#[component]
fn Section(title: Text, children: ChildrenFn) -> impl IntoView {
    view! {
        <section class="record__section">
            <h2>{t(title)}</h2>
            {children()}
        </section>
    }
}

//! `/customers/:id/edit`: changing a customer.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use portico_contract::customer::Customer;
use portico_contract::ids::CustomerId;

use super::super::components::CustomerForm;
use super::super::editor::CustomerEditor;
use crate::api::query::Query;
use crate::api::{ApiError, customers, use_client};
use crate::app::routes::Route;
use crate::i18n::texts::customers as words;
use crate::i18n::{t, use_i18n};
use crate::ui::{Banner, Breadcrumbs, Crumb, ErrorState, LoadView, PageTitle, Skeleton, Tone};

/// The form about a customer that is known.
#[component]
pub fn EditCustomerPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<CustomerId>().ok()));
    let i18n = use_i18n();
    view! {
        <section class="page">
            {move || if let Some(id) = id.get() {
                view! { <Known id /> }.into_any()
            } else {
                let explanation = ApiError::NotFound.explain(i18n);
                view! { <PageTitle title=t(words::EDIT_TITLE) /> <ErrorState explanation /> }.into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Known(id: CustomerId) -> impl IntoView {
    let client = use_client();
    let i18n = use_i18n();
    let customer = Query::new(move || id, move |id| customers::get_customer(client, id));
    let name = Signal::derive(move || {
        customer
            .with(|customer| customer.name.clone())
            .unwrap_or_else(|| i18n.text(words::COLUMN_NAME))
    });
    let above = vec![
        Crumb::new(t(words::TITLE), Route::Customers.path()),
        Crumb::new(name, Route::Customer(id).path()),
    ];
    view! {
        <Breadcrumbs above current=t(words::EDIT) />
        <header class="page__header"><PageTitle title=t(words::EDIT_TITLE) /></header>
        <LoadView
            ready=customer.ready()
            problem=customer.problem()
            on_retry=customer.on_retry()
            skeleton=|| view! { <Skeleton lines=10 /> }
        >
            {move || customer.get().map(|customer| form(&customer))}
        </LoadView>
    }
}

fn form(customer: &Customer) -> AnyView {
    if !customer.editable {
        return view! { <Banner tone=Tone::Warning text=t(words::EDIT_FORBIDDEN) /> }.into_any();
    }
    provide_context(CustomerEditor::edit(customer));
    let (navigate, record) = (use_navigate(), Route::Customer(customer.id).path());
    let leave = Callback::new(move |()| navigate(&record, leptos_router::NavigateOptions::default()));
    view! { <CustomerForm label=t(words::EDIT_TITLE) on_cancel=leave /> }.into_any()
}

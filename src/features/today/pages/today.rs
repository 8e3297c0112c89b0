//! `/`: what needs the person today.

use leptos::prelude::*;
use portico_contract::customer::CustomerSummary;
use portico_contract::deal::Deal;

use crate::api::query::Query;
use crate::api::{today, use_client};
use crate::app::routes::Route;
use crate::i18n::texts::today as words;
use crate::i18n::{format, t, tm, use_i18n};
use crate::session::use_session;
use crate::ui::{EmptyState, IconName, LoadView, PageTitle, Skeleton};

/// The person's day: deals that wait, customers that moved.
#[component]
pub fn TodayPage() -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let day = Query::new(|| (), move |()| today::get_today(client));
    let name = move || session.me().map(|me| me.user.name.clone()).unwrap_or_default();
    view! {
        <section class="page">
            <header class="page__header"><PageTitle title=t(words::TITLE) /></header>
            <p class="page__count">{tm(move || words::greeting(name()))}</p>
            <LoadView
                ready=day.ready()
                problem=day.problem()
                on_retry=day.on_retry()
                skeleton=|| view! { <Skeleton lines=8 /> }
            >
                <div class="today">
                    <section aria-labelledby="today-deals">
                        <h2 id="today-deals">{t(words::DEALS)}</h2>
                        {move || day.get().map(|day| view! { <Deals deals=day.deals /> })}
                    </section>
                    <section aria-labelledby="today-customers">
                        <h2 id="today-customers">{t(words::CUSTOMERS)}</h2>
                        {move || day.get().map(|day| view! { <Customers customers=day.customers /> })}
                    </section>
                </div>
            </LoadView>
        </section>
    }
    .into_any()
}

#[component]
fn Deals(deals: Vec<Deal>) -> impl IntoView {
    if deals.is_empty() {
        let (title, hint) = (t(words::DEALS_EMPTY_TITLE), t(words::DEALS_EMPTY_HINT));
        return view! { <EmptyState icon=IconName::Check title hint /> }.into_any();
    }
    let items = deals
        .into_iter()
        .map(|deal| view! { <WaitingDeal deal /> })
        .collect_view();
    view! { <ul class="today__list">{items}</ul> }.into_any()
}

#[component]
fn WaitingDeal(deal: Deal) -> impl IntoView {
    let i18n = use_i18n();
    let (amount, close, step) = (deal.amount, deal.expected_close, deal.next_step);
    let what = step.as_ref().map(|step| step.text.clone());
    let when = tm(move || match &step {
        // A step planned for later does not wait; then it is the expected close that has passed.
        Some(step) if step.due.as_str() <= format::today(&i18n.zone()).as_str() => {
            words::due(format::date(i18n.locale(), &step.due))
        }
        _ => words::closes(format::date(i18n.locale(), &close)),
    });
    view! {
        <li class="today__item">
            <a href=Route::Deal(deal.id).path()>{deal.name}</a>
            <span>{deal.customer.name}</span>
            <span>{move || format::money(i18n.locale(), amount)}</span>
            {what.map(|what| view! { <span>{what}</span> })}
            <span class="meta">{when}</span>
        </li>
    }
}

#[component]
fn Customers(customers: Vec<CustomerSummary>) -> impl IntoView {
    if customers.is_empty() {
        return view! { <p>{t(words::CUSTOMERS_EMPTY)}</p> }.into_any();
    }
    let i18n = use_i18n();
    let item = move |customer: CustomerSummary| {
        let at = customer.last_activity_at;
        view! {
            <li class="today__item">
                <a href=Route::Customer(customer.id).path()>{customer.name}</a>
                <span>{customer.city}</span>
                {at.map(|at| view! {
                    <span class="meta">{move || format::relative(i18n.locale(), &at)}</span>
                })}
            </li>
        }
    };
    view! { <ul class="today__list">{customers.into_iter().map(item).collect_view()}</ul> }.into_any()
}

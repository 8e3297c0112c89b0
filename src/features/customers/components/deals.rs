//! The deals with a customer.

use leptos::prelude::*;
use portico_contract::deal::Deal;
use portico_contract::ids::CustomerId;

use super::paged::{lines, paged};
use crate::api::customers::list_customer_deals;
use crate::app::routes::Route;
use crate::i18n::texts::customers as words;
use crate::i18n::{format, tm, use_i18n};

/// The deals with a customer.
#[component]
pub fn Deals(
    /// With whom.
    id: Signal<CustomerId>,
) -> impl IntoView {
    paged(
        id,
        words::DEALS_EMPTY,
        |client, id, page| async move { list_customer_deals(client, id, &page).await },
        |deals: Vec<Deal>| {
            let deals = deals
                .into_iter()
                .map(|deal| view! { <OneDeal deal /> })
                .collect_view();
            view! { <ul class="deals-list">{deals}</ul> }.into_any()
        },
        lines,
    )
}

#[component]
fn OneDeal(deal: Deal) -> impl IntoView {
    let i18n = use_i18n();
    let (amount, close) = (deal.amount, deal.expected_close);
    let closes = tm(move || words::closes(format::date(i18n.locale(), &close)));
    view! {
        <li class="deals-list__item">
            <a href=Route::Deal(deal.id).path()>{deal.name}</a>
            <span>{move || format::money(i18n.locale(), amount)}</span>
            <span class="meta">{closes}</span>
        </li>
    }
}

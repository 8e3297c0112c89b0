//! What a customer bought.

use leptos::prelude::*;
use portico_contract::customer::{Order, OrderLine};
use portico_contract::ids::CustomerId;

use super::paged::{lines, paged};
use crate::api::customers::list_orders;
use crate::i18n::texts::customers as words;
use crate::i18n::{format, tm, use_i18n};

/// The orders, newest first.
#[component]
pub fn Orders(
    /// Whose.
    id: Signal<CustomerId>,
) -> impl IntoView {
    paged(
        id,
        words::ORDERS_EMPTY,
        |client, id, page| async move { list_orders(client, id, &page).await },
        |orders: Vec<Order>| {
            let orders = orders
                .into_iter()
                .map(|order| view! { <OneOrder order /> })
                .collect_view();
            view! { <ul class="orders">{orders}</ul> }.into_any()
        },
        lines,
    )
}

#[component]
fn OneOrder(order: Order) -> impl IntoView {
    let i18n = use_i18n();
    let (date, total) = (order.date, order.total);
    let lines = order
        .lines
        .into_iter()
        .map(|line| view! { <Line line /> })
        .collect_view();
    view! {
        <li class="order">
            <details>
                <summary>
                    <strong>{order.number}</strong>
                    <span>{move || format::date(i18n.locale(), &date)}</span>
                    <span>{move || format::money(i18n.locale(), total)}</span>
                </summary>
                <ul class="order__lines">{lines}</ul>
            </details>
        </li>
    }
}

#[component]
fn Line(line: OrderLine) -> impl IntoView {
    let i18n = use_i18n();
    let amount = tm(move || {
        let quantity = format::number(i18n.locale(), u64::from(line.quantity));
        words::order_quantity(format::money(i18n.locale(), line.unit_price), quantity)
    });
    view! { <li><span>{line.description}</span><span>{amount}</span></li> }
}

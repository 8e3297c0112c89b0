//! What is known about a customer.

use leptos::prelude::*;
use portico_contract::customer::{Address, Customer};

use super::super::model::{channel_text, kind_text, safe_link};
use super::StatusBadge;
use crate::i18n::texts::customers as words;
use crate::i18n::{Text, format, t, use_i18n};
use crate::ui::{Fact, Facts, Moment, Tag};

/// What is known about a customer, as a list of names and values. What is unknown is left out.
#[component]
pub fn CustomerFacts(
    /// The customer.
    customer: Customer,
) -> impl IntoView {
    let i18n = use_i18n();
    let employees = customer
        .employees
        .map(|count| move || format::number(i18n.locale(), u64::from(count)));
    let address = one_line(&customer.address);
    let tags = customer.tags;
    view! {
        <Facts>
            <Fact name=t(words::COLUMN_STATUS)><StatusBadge status=customer.status /></Fact>
            <Fact name=t(words::FACT_OWNER)>{customer.owner.name}</Fact>
            <Fact name=t(words::FACT_TEAM)>{customer.team.name}</Fact>
            <Fact name=t(words::FACT_KIND)>{t(kind_text(customer.kind))}</Fact>
            {text_fact(words::FACT_INDUSTRY, customer.industry)}
            {employees.map(|count| view! { <Fact name=t(words::FACT_EMPLOYEES)>{count}</Fact> })}
            {text_fact(words::FACT_ADDRESS, address)}
            {customer.website.map(|website| view! {
                <Fact name=t(words::FACT_WEBSITE)><Website website /></Fact>
            })}
            <Fact name=t(words::FACT_LANGUAGE)>{customer.preferences.language.native_name()}</Fact>
            <Fact name=t(words::FACT_CHANNEL)>{t(channel_text(customer.preferences.channel))}</Fact>
            {(!tags.is_empty()).then(|| view! {
                <Fact name=t(words::FACT_TAGS)>
                    {tags.into_iter().map(|tag| view! { <Tag label=tag /> }).collect_view()}
                </Fact>
            })}
            {customer.custom_fields.into_iter().map(|field| view! {
                <Fact name=field.name>{field.value}</Fact>
            }).collect_view()}
            <Fact name=t(words::FACT_CREATED)><Moment at=customer.created_at /></Fact>
        </Facts>
    }
}

fn text_fact(name: Text, value: String) -> Option<impl IntoView> {
    (!value.is_empty()).then(|| view! { <Fact name=t(name)>{value}</Fact> })
}

/// A web address: a link only if it is one.
#[component]
fn Website(website: String) -> impl IntoView {
    match safe_link(&website).map(str::to_owned) {
        Some(href) => {
            view! { <a href=href target="_blank" rel="noopener noreferrer external">{website}</a> }.into_any()
        }
        None => website.into_any(),
    }
}

fn one_line(address: &Address) -> String {
    let town = [address.postal_code.as_str(), address.city.as_str()].join(" ");
    let parts = [address.street.as_str(), town.trim(), address.country.as_str()];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}
